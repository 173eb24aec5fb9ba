import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The pages as `npm run build` made them: what a tab loads before it shows a screen. */
const built = join(import.meta.dirname, '../../dist/tabs');

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
const chunks = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>;

/** With all that they import, and what that imports. */
function withImports(...names: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  const add = (name: string): void => {
    if (all.has(name)) return;
    all.add(name);
    for (const next of chunks[name]?.imports ?? []) add(next);
  };
  for (const name of names) add(name);
  return all;
}

function kilobytes(names: Iterable<string>): number {
  const bytes = [...names].map(name => gzipSync(readFileSync(join(built, chunks[name]!.file)), { level: 9 }).length);
  return bytes.reduce((sum, size) => sum + size, 0) / 1024;
}

const theme = 'components/themes/light.ts';
const screenOf = (name: string): string => `features/${name}/${name}-screen.tsx`;

describe('gzipped JavaScript before the first view', () => {
  test.each([
    ['overview', 200],
    ['welcome', 200],
    // What people change in place: fields, dialogs, the board with its menus.
    ['charter', 210],
    ['delivery', 210],
    ['audit', 210],
    ['roles', 220],
    ['surveys', 220],
    ['digest', 225],
    ['privacy', 230],
    ['settings', 280],
    ['plan', 295],
  ])('of the %s is at most %d KB', (name, most) => {
    expect(kilobytes(withImports('index.html', theme, screenOf(name)))).toBeLessThanOrEqual(most);
  });
});

test('one theme comes, and nothing that the screen does not use', () => {
  const loaded = [...withImports('index.html', screenOf('overview'), screenOf('charter'), screenOf('plan'))].map(
    name => chunks[name]!.file,
  );
  const text = loaded.map(file => readFileSync(join(built, file), 'utf8')).join('\n');

  // Words that only these have: the renderer of cards, the polyfill for time zones, high contrast, JSON Schema.
  expect(['AdaptiveCard', 'PlainDateTime', '#1aebff', 'draft-2020-12'].filter(word => text.includes(word))).toEqual([]);
});
