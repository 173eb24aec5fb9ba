import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block of a page: its language, and what is in it. */
interface Block {
  readonly language: string;
  readonly text: string;
}

/** What stands below a heading of a page for administrators. */
export interface Section {
  readonly title: string;
  /** Of a step of the guide. */
  readonly number: number | null;
  readonly blocks: readonly Block[];
  /** How many things are clicked, as `A › B › C` names them one after the other. */
  readonly clicks: number;
}

interface Page {
  readonly head: string;
  readonly sections: readonly Section[];
}

/** A page by its headings of the second order. */
export function readPage(file: string): Page {
  const [head = '', ...sections] = readFileSync(join(import.meta.dirname, '../..', file), 'utf8').split(/^## /m);
  return {
    head,
    sections: sections.map(section => {
      const [heading = ''] = section.split('\n');
      const [, number, name] = /^(\d+)\. (.+)$/.exec(heading) ?? [];
      return {
        title: name ?? heading,
        number: number === undefined ? null : Number(number),
        blocks: blocksIn(section),
        clicks: section.replace(/^```[^]*?^```$/gm, '').split('›').length - 1,
      };
    }),
  };
}

/** Blocks may stand in a list, and are indented there. */
function blocksIn(text: string): readonly Block[] {
  return [...text.matchAll(/^( *)```(\w+)\n([^]*?)\n *```$/gm)].map(([, indent = '', language = '', inside = '']) => ({
    language,
    text: inside.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** The steps of the guide, one after the other, and what whoever looks after it runs later. */
export function administratorsWay(): { readonly steps: readonly Section[]; readonly later: readonly Section[] } {
  const { sections } = readPage('docs/deploying.md');
  return {
    steps: sections.filter(({ number }) => number !== null),
    later: [...sections.filter(({ number }) => number === null), ...readPage('docs/operating.md').sections].filter(
      ({ blocks }) => blocks.length > 0,
    ),
  };
}

/** Commands of these pages that are not run by `tests/stories/afternoon.test.ts`, and why. */
export const notRun: Readonly<Record<string, string>> = {
  'npm ci': 'fetches 900 packages: those of the same package-lock.json are linked instead',
  'git fetch --tags': 'the copy is no clone with a place to fetch from',
  'git checkout v<version>': 'there is no version to go to yet',
};
