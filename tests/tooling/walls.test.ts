import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(import.meta.dirname, '../..');
let eslint: ESLint;

beforeAll(() => {
  // The files below exist only here, so there are no types for them.
  const withoutTypes = {
    languageOptions: { parserOptions: { projectService: false } },
    rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/no-misused-promises': 'off' },
  } as const;
  eslint = new ESLint({ cwd: root, overrideConfig: withoutTypes });
});

/** What the linter says about this line in this file. */
async function complaints(file: string, line: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(`${line}\n`, { filePath: join(root, file) });
  return (result?.messages ?? []).map(({ message }) => message);
}

interface Wall {
  readonly wall: string;
  readonly file: string;
  readonly forbidden: string;
  readonly says: string;
  /** Where the line, or one much like it, is welcome. */
  readonly allowed: readonly [file: string, line: string];
}

const environment = 'process.env is read once, in bot/config.ts';
const clock = 'The rules have no clock: take `now` as a parameter';
const acts = 'Nothing acts when imported';
const state = 'No state at module level';

const walls: readonly Wall[] = [
  ...[
    ['a value', "import { renderCard } from '../../bot/cards.ts'; export const made = renderCard;"],
    ['a value handed on', "export { renderCard } from '../../bot/cards.ts';"],
    ['everything handed on', "export * from '../../bot/cards.ts';"],
    ['a type', "import type { Card } from '../../bot/cards.ts'; export type Sent = Card;"],
    ['a type handed on', "export type { Card } from '../../bot/cards.ts';"],
    ['a type in place', "export type Card = import('../../bot/cards.ts').Card;"],
    ['a file loaded late', "export const late = () => import('../../bot/cards.ts');"],
  ].map(
    ([what, forbidden = '']): Wall => ({
      wall: `a room, for ${what}`,
      file: 'domain/plan/plan.ts',
      forbidden,
      says: 'domain imports nothing of ours, not bot/feature.ts and bot/ports.ts',
      allowed: ['bot/features/plan/plan.ts', forbidden.replace('../../bot/', '../../')],
    }),
  ),
  {
    wall: 'a package',
    file: 'domain/plan/plan.ts',
    forbidden: "export { pino } from 'pino';",
    says: 'domain imports of all packages only zod',
    allowed: ['domain/plan/plan.ts', "export { z } from 'zod';"],
  },
  {
    wall: 'a part of a package',
    file: 'domain/plan/plan.ts',
    forbidden: "export { utc } from 'date-fns/utc';",
    says: 'not date-fns',
    allowed: ['domain/plan/plan.ts', "export { Temporal } from 'temporal-polyfill';"],
  },
  {
    wall: 'Node without its prefix',
    file: 'domain/plan/plan.ts',
    forbidden: "export { join } from 'path';",
    says: 'domain knows no machine, so no node:path',
    allowed: ['bot/app.ts', "export { join } from 'path';"],
  },
  {
    wall: 'domain and the clock',
    file: 'domain/plan/plan.ts',
    forbidden: 'export const today = () => Date.now();',
    says: clock,
    allowed: ['domain/plan/plan.ts', 'export const today = (now: Date) => now.getTime();'],
  },
  {
    wall: 'domain and the present date',
    file: 'domain/plan/plan.ts',
    forbidden: 'export const today = () => new Date();',
    says: clock,
    allowed: ['domain/plan/plan.ts', 'export const copy = (now: Date) => new Date(now);'],
  },
  {
    wall: 'domain and the present instant',
    file: 'domain/plan/plan.ts',
    forbidden: 'export const today = () => Temporal.Now.instant();',
    says: clock,
    allowed: ['domain/plan/plan.ts', 'export const day = (text: string) => Temporal.PlainDate.from(text);'],
  },
  {
    wall: 'domain and chance',
    file: 'domain/plan/plan.ts',
    forbidden: 'export const pick = () => Math.random();',
    says: 'take random values as parameters',
    allowed: ['domain/plan/plan.ts', 'export const round = (value: number) => Math.round(value);'],
  },
  {
    wall: 'the environment',
    file: 'bot/app.ts',
    forbidden: "export const port = process.env['PORT'];",
    says: environment,
    allowed: ['bot/config.ts', "export const port = process.env['PORT'];"],
  },
  {
    wall: 'the environment by another door',
    file: 'bot/app.ts',
    forbidden: "import { env } from 'node:process'; export const port = env['PORT'];",
    says: environment,
    allowed: ['infra/local/settings.ts', "export const port = process.env['LOCAL_PORT'];"],
  },
  {
    wall: 'limits of what is typed',
    file: 'tabs/features/plan/action-form.tsx',
    forbidden: 'export const field = <input maxLength={80} />;',
    says: 'Limits stand once, in domain/',
    allowed: ['tabs/features/plan/action-form.tsx', 'export const field = <input maxLength={longestTitle} />;'],
  },
  {
    wall: 'the environment in the browser',
    file: 'tabs/app.tsx',
    forbidden: "export const port = process.env['PORT'];",
    says: environment,
    allowed: ['tabs/app.tsx', 'export const production = import.meta.env.PROD;'],
  },
  {
    wall: 'work on import, a call',
    file: 'bot/app.ts',
    forbidden: 'declare function start(): void; start();',
    says: acts,
    allowed: ['bot/index.ts', 'declare function start(): void; start();'],
  },
  {
    wall: 'work on import, a wait',
    file: 'tabs/lib/api.ts',
    forbidden: "export const config = await fetch('/tabs/config.json');",
    says: acts,
    allowed: ['tabs/lib/api.ts', "export const config = () => fetch('/tabs/config.json');"],
  },
  {
    wall: 'work on import, a door of local Microsoft 365',
    file: 'infra/local/graph/index.ts',
    forbidden: 'declare function open(): void; open();',
    says: acts,
    allowed: ['infra/local/start.ts', 'declare function open(): void; open();'],
  },
  {
    wall: 'work on import, a condition',
    file: 'domain/plan/plan.ts',
    forbidden: 'declare const late: boolean; if (late) { throw new Error(); }',
    says: acts,
    allowed: ['tabs/main.tsx', 'declare const late: boolean; if (late) { throw new Error(); }'],
  },
  {
    wall: 'state in a module',
    file: 'bot/text.ts',
    forbidden: 'let count = 0; export const add = () => (count += 1);',
    says: state,
    allowed: ['bot/text.ts', 'export const limit = 60;'],
  },
  {
    wall: 'state in a constant',
    file: 'bot/text.ts',
    forbidden: 'const seen = new Map<string, Date>(); export const has = (id: string) => seen.has(id);',
    says: state,
    allowed: ['bot/text.ts', "const zones = new Set(['UTC']); export const knows = (zone: string) => zones.has(zone);"],
  },
  {
    wall: 'default exports',
    file: 'bot/text.ts',
    forbidden: 'export default function createTexts() {}',
    says: 'No default exports',
    allowed: ['tabs/vite.config.ts', 'export default {};'],
  },
  {
    wall: 'default exports in the browser',
    file: 'tabs/lib/api.ts',
    forbidden: 'export default function ask() {}',
    says: 'No default exports',
    allowed: ['tabs/features/charter/charter-screen.tsx', 'export default function CharterScreen() { return null; }'],
  },
  {
    wall: 'default exports by renaming',
    file: 'bot/text.ts',
    forbidden: 'const texts = 1; export { texts as default };',
    says: 'No default exports',
    allowed: ['bot/text.ts', 'const texts = 1; export { texts };'],
  },
  {
    wall: 'enums',
    file: 'domain/plan/plan.ts',
    forbidden: 'export enum Stage { Start, Close }',
    says: 'No enums',
    allowed: ['domain/plan/plan.ts', "export type Stage = 'start' | 'close';"],
  },
  {
    wall: 'enums in the browser',
    file: 'tabs/app.tsx',
    forbidden: 'export enum Screen { Charter }',
    says: 'No enums',
    allowed: ['tabs/app.tsx', "export type Screen = 'charter';"],
  },
  {
    wall: 'any',
    file: 'domain/plan/plan.ts',
    forbidden: 'export type Anything = any;',
    says: 'Unexpected any',
    allowed: ['domain/plan/plan.ts', 'export type Anything = unknown;'],
  },
  {
    wall: 'the console in bot',
    file: 'bot/app.ts',
    forbidden: "export const hello = () => console.log('hello');",
    says: 'No console here',
    allowed: ['infra/local/start.ts', "export const hello = () => console.log('hello');"],
  },
  {
    wall: 'the console in domain',
    file: 'domain/plan/plan.ts',
    forbidden: "export const hello = () => console.log('hello');",
    says: 'No console here',
    allowed: ['tests/domain/plan/plan.test.ts', "export const hello = () => console.log('hello');"],
  },
  {
    wall: 'names of files',
    file: 'bot/data/sharePointList.ts',
    forbidden: 'export {};',
    says: 'File names are kebab-case: rename sharePointList.ts to share-point-list.ts',
    allowed: ['bot/data/sharepoint-list.test.ts', 'export {};'],
  },
];

describe.each(walls)('the wall around $wall', ({ file, forbidden, says, allowed }) => {
  test(`stands in ${file}`, async () => {
    const said = await complaints(file, forbidden);

    expect(said).toEqual([expect.stringContaining(says)]);
  });

  test(`has a door in ${allowed[0]}`, async () => {
    const said = await complaints(...allowed);

    expect(said).toEqual([]);
  });
});

describe('the compiler, with the settings of domain/, knows no machine and no browser', () => {
  const lines = {
    fetch: "export const answer = fetch('https://example.org');",
    process: 'export const platform = process.platform;',
    setTimeout: 'setTimeout(() => undefined, 1);',
    console: "console.log('hello');",
    document: 'export const title = document.title;',
    crypto: 'export const id = crypto.randomUUID();',
    toUpperCase: 'export const upper = (text: string) => text.toUpperCase();',
  };
  let complaints: readonly string[] = [];

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'compiler-wall-'));
    try {
      for (const [name, line] of Object.entries(lines))
        writeFileSync(join(folder, `${name}.ts`), `export {};\n${line}\n`);
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ extends: join(root, 'domain/tsconfig.json'), include: ['*.ts'] }),
      );
      const { stdout } = spawnSync(
        process.execPath,
        [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'],
        { encoding: 'utf8' },
      );
      complaints = stdout.trim().split('\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each(['fetch', 'process', 'setTimeout', 'console', 'document', 'crypto'])('%s is refused', name => {
    const said = complaints.filter(complaint => complaint.includes(`${name}.ts(2,`));

    expect(said).toEqual([expect.stringContaining(`Cannot find name '${name}'`)]);
  });

  test('what belongs to the language is not, and nothing else was found', () => {
    expect(complaints.map(complaint => /(\w+)\.ts\(2,/.exec(complaint)?.[1]).sort()).toEqual([
      'console',
      'crypto',
      'document',
      'fetch',
      'process',
      'setTimeout',
    ]);
  });
});
