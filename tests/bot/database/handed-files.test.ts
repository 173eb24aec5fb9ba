import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHandedFiles } from '../../../bot/database/handed-files.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';

let engine: OpenedEngine;
let now = new Date('2026-11-26T09:00:00Z');
beforeAll(async () => {
  engine = await createEngines().open('the embedded database');
});
afterAll(() => engine.close());

const file = { name: 'Zürich & co.csv', type: 'text/csv', bytes: new TextEncoder().encode('who,when\nAnn,today\n') };
const files = () => createHandedFiles(engine.database.db, () => now);
const rows = () => engine.database.db.selectFrom('handed_files').selectAll().execute();

test('a file is given to whoever has its token, as often as they ask', async () => {
  const token = await files().keep(file);

  expect([await files().take(token), await files().take(token)]).toEqual([file, file]);
});

test('what lies in the database tells neither the file, nor its name, nor its token', async () => {
  const token = await files().keep(file);

  const stored = (await rows()).map(({ id, label, content }) => id + [label, content].map(Buffer.from).join(''));

  expect(stored.length).toBeGreaterThan(0);
  for (const told of ['Ann', 'csv', token]) expect(stored.join('\n')).not.toContain(told);
});

test('another token opens nothing', async () => {
  const token = await files().keep(file);
  const other = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);

  expect([await files().take(other), await files().take('')]).toEqual([undefined, undefined]);
});

test('after five minutes it is over, and what is over is thrown away', async () => {
  const token = await files().keep(file);

  now = new Date(now.getTime() + 5 * 60_000 + 1);

  expect(await files().take(token)).toBeUndefined();
  await files().keep(file);
  expect(await rows()).toHaveLength(1);
});
