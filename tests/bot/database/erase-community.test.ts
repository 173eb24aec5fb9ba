import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createCommunities } from '../../../bot/database/communities.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';
import { settings } from '../../support/feature-parts.ts';
import { knownCommunity } from '../../support/known-community.ts';

// What docs/moving.md tells whoever wants nothing to be left of a community, as it stands there.

const guide = readFileSync(join(import.meta.dirname, '../../../docs/moving.md'), 'utf8');
const statements =
  /```sql\n([^`]+)```/
    .exec(guide)?.[1]
    ?.split(';')
    .filter(statement => statement.trim() !== '') ?? [];
const all = createEngines();
let opened: OpenedEngine;
beforeAll(async () => {
  opened = await all.open('PostgreSQL');
});
afterAll(async () => {
  await opened.close();
  await all.stop();
});

interface Column {
  readonly table: string;
  readonly name: string;
}

/** Columns that name a community. */
async function columns(): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    SELECT table_name AS "table", column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND (column_name = 'community' OR (table_name, column_name) IN (('communities', 'id'), ('calendar_links', 'subject')))
    ORDER BY table_name LIKE '%items', 1, 2`.execute(opened.database.db);
  return rows;
}

/** One row in each table, with something in every column that must not be empty. */
async function fill({ table, name }: Column, community: string): Promise<void> {
  const { rows } = await sql<{ column: string; type: string }>`
    SELECT column_name AS column, data_type AS type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${table} AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND column_name <> ${name}`.execute(
    opened.database.db,
  );
  const of: Readonly<Record<string, string>> = { jsonb: '{}', integer: '1', bigint: '1', boolean: 'true', ARRAY: '{}' };
  const values = rows.map(({ column, type }) =>
    type.startsWith('timestamp')
      ? '2026-11-22'
      : column === 'kind'
        ? 'community'
        : (of[type] ?? `${column} ${community}`),
  );
  const names = [name, ...rows.map(({ column }) => column)].map(each => sql.id(each));
  await sql`
    INSERT INTO ${sql.table(table)} (${sql.join(names)}) VALUES (${sql.join([community, ...values])})`.execute(
    opened.database.db,
  );
}

async function erase(community: string): Promise<void> {
  for (const statement of statements)
    await sql.raw(statement.replaceAll('<group id>', community)).execute(opened.database.db);
}

test('erases a community that lost the app, but for the audit trail, and no other', async () => {
  const { db } = opened.database;
  const named = await columns();
  for (const community of ['gone', 'here']) {
    await knownCommunity(db, community, settings());
    for (const column of named) if (column.table !== 'communities') await fill(column, community);
  }
  const communities = createCommunities(
    db,
    () => new Date(),
    async () => {},
    async () => {},
  );
  await erase('here');
  await db.updateTable('communities').set({ removed_at: new Date() }).where('id', '=', 'gone').execute();

  await erase('gone');

  async function tablesOf(community: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { table, name } of named) {
      const { rows } = await sql`
        SELECT FROM ${sql.table(table)} WHERE ${sql.ref(name)} = ${community} LIMIT 1`.execute(db);
      if (rows.length > 0) found.push(table);
    }
    return found;
  }
  expect(statements).toHaveLength(2);
  expect(await tablesOf('gone')).toEqual(['audit']);
  expect(named.length).toBeGreaterThan(15);
  // One that still has the app stays, whatever somebody typed.
  expect(await tablesOf('here')).toEqual(named.map(({ table }) => table));
  expect(await communities.find('here')).toMatchObject({ id: 'here' });
});
