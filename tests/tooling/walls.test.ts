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

const domainOurs = 'domain/ imports nothing of ours';
const domainPure = 'domain/ is pure: of all packages only zod, temporal-polyfill, node-diff3 may come in';
const meet = 'they meet in domain/api.ts, over HTTP';
const featureAlone = 'A feature never imports another feature';
const featureKnows = 'what else it needs is a parameter of its factory';
const handedIn = 'The product never imports infra/ or tests/';
const tokens = 'Tokens are got only in bot/graph/ (for Graph) and bot/teams/ (for the bot)';
const botFramework = 'Bot Framework stays in bot/teams/';
const database = 'The database is behind bot/database/';
const environment = 'process.env is read once, in bot/config.ts';
const clock = 'The rules have no clock: take `now` as a parameter';
const acts = 'Nothing acts when imported';
const state = 'No state at module level';
const domainImport = ['domain/plan/plan.ts', "export { api } from './api.ts';"] as const;

const walls: readonly Wall[] = [
  {
    wall: 'domain and bot',
    file: 'domain/plan/plan.ts',
    forbidden: "export { renderCard } from '../../bot/cards.ts';",
    says: domainOurs,
    allowed: domainImport,
  },
  {
    wall: 'domain and bot, types too',
    file: 'domain/plan/plan.ts',
    forbidden: "export type { Card } from '../../bot/cards.ts';",
    says: domainOurs,
    allowed: domainImport,
  },
  {
    wall: 'domain and bot, a type in place',
    file: 'domain/plan/plan.ts',
    forbidden: "export type Card = import('../../bot/cards.ts').Card;",
    says: domainOurs,
    allowed: ['bot/plan.ts', "export type Card = import('./cards.ts').Card;"],
  },
  {
    wall: 'domain and tabs',
    file: 'domain/method/stages.ts',
    forbidden: "export * from '../../tabs/app.tsx';",
    says: domainOurs,
    allowed: ['domain/method/stages.ts', "export * from '../plan.ts';"],
  },
  {
    wall: 'domain and packages',
    file: 'domain/plan/plan.ts',
    forbidden: "export { pino } from 'pino';",
    says: domainPure,
    allowed: ['domain/plan/plan.ts', "export { z } from 'zod';"],
  },
  {
    wall: 'domain and time',
    file: 'domain/plan/plan.ts',
    forbidden: "export { utc } from 'date-fns/utc';",
    says: domainPure,
    allowed: ['domain/plan/plan.ts', "export { Temporal } from 'temporal-polyfill';"],
  },
  {
    wall: 'domain and Node',
    file: 'domain/plan/plan.ts',
    forbidden: "export { readFile } from 'node:fs/promises';",
    says: domainPure,
    allowed: ['bot/plan.ts', "export { readFile } from 'node:fs/promises';"],
  },
  {
    wall: 'domain and Node without its prefix',
    file: 'domain/plan/plan.ts',
    forbidden: "export { join } from 'path';",
    says: domainPure,
    allowed: ['domain/plan/plan.ts', "export { diff3Merge } from 'node-diff3';"],
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
    wall: 'tabs and bot',
    file: 'tabs/lib/api.ts',
    forbidden: "export type { Route } from '../../bot/feature.ts';",
    says: meet,
    allowed: ['tabs/lib/api.ts', "export { api } from '../../domain/api.ts';"],
  },
  {
    wall: 'tabs and bot, loaded late',
    file: 'tabs/app.tsx',
    forbidden: "export const late = () => import('../bot/text.ts');",
    says: meet,
    allowed: ['tabs/app.tsx', "export const late = () => import('./features/charter/index.tsx');"],
  },
  {
    wall: 'bot and tabs',
    file: 'bot/http/server.ts',
    forbidden: "export { App } from '../../tabs/app.tsx';",
    says: meet,
    allowed: ['bot/http/server.ts', "export { api } from '../../domain/api.ts';"],
  },
  {
    wall: 'tabs and Node',
    file: 'tabs/lib/api.ts',
    forbidden: "export { join } from 'node:path';",
    says: 'tabs/ runs in the browser',
    allowed: ['tabs/vite.config.ts', "export { join } from 'node:path';"],
  },
  {
    wall: 'a feature and another',
    file: 'bot/features/digest/index.ts',
    forbidden: "export { charter } from '../charter/index.ts';",
    says: featureAlone,
    allowed: ['bot/features/index.ts', "export { charter } from './charter/index.ts';"],
  },
  {
    wall: 'a screen and another',
    file: 'tabs/features/digest/screen.tsx',
    forbidden: "export { Charter } from '../charter/screen.tsx';",
    says: featureAlone,
    allowed: ['tabs/features/digest/screen.tsx', "export { Page } from '../../components/page.tsx';"],
  },
  {
    wall: 'documents and features',
    file: 'bot/documents/document-worker.ts',
    forbidden: "export type { CharterParts } from '../features/charter/index.ts';",
    says: 'knows only domain/',
    allowed: ['bot/features/charter/export.ts', "export type { Run } from '../../documents/markdown-blocks.ts';"],
  },
  {
    wall: 'documents and data',
    file: 'bot/documents/documents.ts',
    forbidden: "export { pageOf } from '../data/page.ts';",
    says: 'knows only domain/',
    allowed: ['bot/documents/documents.ts', "export { tooComplex } from '../../domain/markdown-complexity.ts';"],
  },
  {
    wall: 'Markdown',
    file: 'bot/features/plan/aims.ts',
    forbidden: "export { fromMarkdown } from 'mdast-util-from-markdown';",
    says: 'Markdown is read, and files are written, in bot/documents/',
    allowed: ['bot/documents/markdown-blocks.ts', "export { fromMarkdown } from 'mdast-util-from-markdown';"],
  },
  {
    wall: 'files',
    file: 'bot/features/charter/export.ts',
    forbidden: "export { Document } from 'docx';",
    says: 'Markdown is read, and files are written, in bot/documents/',
    allowed: ['bot/documents/write-word.ts', "export { Document } from 'docx';"],
  },
  {
    wall: 'a feature and Bot Framework',
    file: 'bot/features/digest/index.ts',
    forbidden: "export { adapter } from '../../teams/adapter.ts';",
    says: featureKnows,
    allowed: ['bot/features/digest/index.ts', "export { route } from '../../feature.ts';"],
  },
  {
    wall: 'a feature and the queue',
    file: 'bot/features/digest/jobs.ts',
    forbidden: "export { outbox } from '../../jobs/outbox.ts';",
    says: featureKnows,
    allowed: ['bot/features/digest/jobs.ts', "export { change } from '../../data/list.ts';"],
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
    wall: 'Graph',
    file: 'bot/lists/sharepoint-list.ts',
    forbidden: "export { Client } from '@microsoft/microsoft-graph-client';",
    says: 'Graph is called only in bot/graph/',
    allowed: ['bot/graph/sending.ts', "export { Client } from '@microsoft/microsoft-graph-client';"],
  },
  {
    wall: 'shapes of Graph',
    file: 'bot/features/charter/routes.ts',
    forbidden: "export type { ListItem } from '@microsoft/microsoft-graph-types';",
    says: 'Shapes of Graph stay in bot/graph/ and bot/lists/',
    allowed: ['bot/lists/sharepoint-list.ts', "export type { ListItem } from '@microsoft/microsoft-graph-types';"],
  },
  {
    wall: 'tokens',
    file: 'bot/http/sign-in.ts',
    forbidden: "export { ConfidentialClientApplication } from '@azure/msal-node';",
    says: tokens,
    allowed: ['bot/graph/entra.ts', "export { ConfidentialClientApplication } from '@azure/msal-node';"],
  },
  {
    wall: "tokens, the bot's own",
    file: 'bot/app.ts',
    forbidden: "export type { INetworkModule } from '@azure/msal-node';",
    says: tokens,
    allowed: ['bot/teams/adapter.ts', "export type { INetworkModule } from '@azure/msal-node';"],
  },
  {
    wall: 'tokens by another package',
    file: 'bot/graph/client.ts',
    forbidden: "export { DefaultAzureCredential } from '@azure/identity';",
    says: tokens,
    allowed: ['bot/graph/client.ts', "export { LogLevel } from '@azure/msal-node';"],
  },
  {
    wall: 'Bot Framework',
    file: 'bot/feature.ts',
    forbidden: "export type { TurnContext } from 'botbuilder';",
    says: botFramework,
    allowed: ['bot/teams/activities.ts', "export type { TurnContext } from 'botbuilder';"],
  },
  {
    wall: "Bot Framework's parts",
    file: 'bot/http/server.ts',
    forbidden: "export { JwtTokenValidation } from 'botframework-connector';",
    says: botFramework,
    allowed: ['tests/bot/http/server.test.ts', "export type { Activity } from 'botframework-schema';"],
  },
  {
    wall: 'Teams JS',
    file: 'tabs/app.tsx',
    forbidden: "export { app } from '@microsoft/teams-js';",
    says: 'Teams JS is imported only in tabs/lib/teams.ts',
    allowed: ['tabs/lib/teams.ts', "export { app } from '@microsoft/teams-js';"],
  },
  {
    wall: 'the queue',
    file: 'bot/app.ts',
    forbidden: "export { PgBoss } from 'pg-boss';",
    says: 'pg-boss stays in bot/scheduler/',
    allowed: ['bot/scheduler/schedule.ts', "export { PgBoss } from 'pg-boss';"],
  },
  {
    wall: 'the query builder',
    file: 'bot/http/health.ts',
    forbidden: "export { sql } from 'kysely';",
    says: database,
    allowed: ['bot/messages/outbox.ts', "export { sql } from 'kysely';"],
  },
  {
    wall: 'the embedded database',
    file: 'bot/app.ts',
    forbidden: "export { PGlite } from '@electric-sql/pglite';",
    says: database,
    allowed: ['bot/database/embedded.ts', "export { PGlite } from '@electric-sql/pglite';"],
  },
  {
    wall: 'PostgreSQL',
    file: 'bot/app.ts',
    forbidden: "export { default as pg } from 'pg';",
    says: database,
    allowed: ['bot/database/connection.ts', "export { default as pg } from 'pg';"],
  },
  {
    wall: 'the product and its local house',
    file: 'bot/app.ts',
    forbidden: "export { startMicrosoft365 } from '../infra/local/microsoft365.ts';",
    says: handedIn,
    allowed: ['infra/local/start.ts', "export { startMicrosoft365 } from './microsoft365.ts';"],
  },
  {
    wall: 'the tabs and the desk',
    file: 'tabs/app.tsx',
    forbidden: "export { Desk } from '../infra/local/desk/web/desk.tsx';",
    says: handedIn,
    allowed: ['infra/local/start.ts', "export { createApp } from '../../bot/app.ts';"],
  },
  {
    wall: 'the product and its tests',
    file: 'bot/app.ts',
    forbidden: "export { inMemoryLists } from '../tests/support/in-memory-lists.ts';",
    says: handedIn,
    allowed: ['tests/bot/app.test.ts', "export { inMemoryLists } from '../support/in-memory-lists.ts';"],
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
