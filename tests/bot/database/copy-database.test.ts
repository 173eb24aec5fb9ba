import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { copyDatabase } from '../../../bot/database/copy-database.ts';
import { refuseServers } from '../../../bot/database/running-servers.ts';
import type { Db } from '../../../bot/database/tables.ts';
import { runQueue, startQueue } from '../../../bot/scheduler/queue.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';

const all = createEngines();
let source: OpenedEngine;
let target: OpenedEngine;
beforeEach(async () => {
  await Promise.all([source?.close(), target?.close()]);
  [source, target] = [await all.open('the embedded database'), await all.open('PostgreSQL')];
  await fill(source.database.db);
});
afterAll(async () => {
  await Promise.all([source.close(), target.close()]);
  await all.stop();
});

/** Values that lose something on a less careful way. */
async function fill(db: Db): Promise<void> {
  await sql`
    INSERT INTO communities (id, name, thread_id, channel_id, service_url, installed_by, installed_at, settings)
    VALUES ('b', 'Zweite "Gruppe" \\ ☂', 't', 'c', 'https://x', NULL, '2026-11-01T10:00:00.123456Z', '{"a": 1.10, "b": "\\u2028"}'),
      ('a', 'First', 't', 'c', 'https://x', '{"id": "p", "name": "P"}', 'infinity', NULL)`.execute(db);
  await sql`
    INSERT INTO rows (community, list, key, value, marks, changed_at, changed_by)
    VALUES ('a', 'answers', 'z', '{"text":"\\u0000 and \\ud800"}', ARRAY['survey="s1"', 'with, comma', NULL, ''], now(), NULL),
      ('a', 'answers', 'y', '{}', '{}', now(), 'p'), ('a', 'answers', 'gone', '{}', '{}', now(), 'p')`.execute(db);
  await sql`DELETE FROM rows WHERE key = 'gone'`.execute(db);
  await sql`INSERT INTO mirrored_lists (community, list, source, link) VALUES ('a', 'plan', '/sites/s/lists/l', '')`.execute(
    db,
  );
  await sql`INSERT INTO threads VALUES ('chat', ARRAY[1790000000000.125, 'Infinity'], 0.1)`.execute(db);
  await sql`INSERT INTO handed_files VALUES ('f', '\\x00ff', decode(repeat('00', 70000), 'hex'), now())`.execute(db);
  await sql`
    INSERT INTO messages (id, community, kind, period, recipient, card, summary, state, thread, next_at, created_at, changed_at, sent_version)
    SELECT 'm' || n, 'a', 'welcome', 'once', 'p' || n, '{"body": [1.50, "\\t"]}', 'Hello', CASE WHEN n % 2 = 0 THEN 'sent' ELSE 'waiting' END, 'p' || n,
      CASE WHEN n % 2 = 0 THEN NULL ELSE now() END, now(), now(), 1 FROM generate_series(1, 350) n`.execute(db);
  await sql`INSERT INTO inbox (id, conversation, activity, next_at) VALUES ('i', 'c', '{"text":"\\u0000"}', now())`.execute(
    db,
  );
}

async function rowsOf(db: Db, table: string): Promise<readonly unknown[]> {
  const { rows } = await sql<{ row: string }>`
    SELECT to_jsonb(t)::text AS row FROM ${sql.table(table)} t ORDER BY to_jsonb(t)::text COLLATE "C"`.execute(db);
  return rows.map(({ row }) => row);
}

test('every value arrives as it was, and what was counted up goes on from there', async () => {
  for (const { db } of [source.database, target.database]) await sql`SET TIME ZONE 'Pacific/Chatham'`.execute(db);

  const copied = await copyDatabase(source.database.db, target.database.db);

  const counts = Object.fromEntries(copied.map(({ name, rows }) => [name, rows]));
  expect(counts).toMatchObject({
    'public.communities': 2,
    'public.messages': 350,
    'public.rows': 2,
    'public.inbox': 1,
  });
  await sql`SET TIME ZONE 'UTC'`.execute(source.database.db);
  const utc = target.database.db.connection();
  await utc.execute(async one => {
    await sql`SET TIME ZONE 'UTC'`.execute(one);
    for (const name of ['communities', 'rows', 'threads', 'handed_files', 'messages', 'inbox', 'pace'])
      expect([name, await rowsOf(one, name)]).toEqual([name, await rowsOf(source.database.db, name)]);
  });
  expect([await rowsOf(target.database.db, 'mirrored_lists'), copied.map(({ name }) => name)]).toEqual([
    [],
    expect.not.arrayContaining(['public.mirrored_lists']),
  ]);
  const { rows } = await sql<{ id: string }>`
    INSERT INTO rows (community, list, key, value, marks, changed_at) VALUES ('a', 'answers', 'next', '{}', '{}', now()) RETURNING id`.execute(
    target.database.db,
  );
  // The third was given away and deleted; it is not given again.
  expect(Number(rows[0]?.id)).toBe(4);
});

test('work that waits in the queue, or was begun, comes along; what is done does not', async () => {
  const log = pino({ level: 'silent' });
  const queue = await startQueue(source.database, log);
  const works = ['waits', 'begun', 'done'].map(key => ({ key, data: { key }, urgent: key === 'waits' }));
  await queue.add(source.database.db, runQueue, works);
  await queue.stop();
  for (const [key, state] of [
    ['begun', 'active'],
    ['done', 'completed'],
  ])
    await sql`UPDATE pgboss.job SET state = ${state}::pgboss.job_state WHERE singleton_key = ${key}`.execute(
      source.database.db,
    );

  await copyDatabase(source.database.db, target.database.db);

  const jobs = (db: Db) =>
    sql`SELECT * FROM pgboss.job WHERE name = 'occasion' AND singleton_key <> 'done' ORDER BY singleton_key`.execute(
      db,
    );
  const [before, after] = [await jobs(source.database.db), await jobs(target.database.db)];
  expect(after.rows).toEqual(before.rows);
  expect(after.rows).toMatchObject([
    { singleton_key: 'begun', state: 'active' },
    { singleton_key: 'waits', state: 'created', data: { key: 'waits' }, priority: 1 },
  ]);
});

test('rows lie in the order of their keys, which tells nothing of who came or changed when', async () => {
  await sql`UPDATE messages SET reason = 'late' WHERE id = 'm1'`.execute(source.database.db);

  await copyDatabase(source.database.db, target.database.db);

  const { rows } = await sql<{ id: string }>`SELECT id FROM messages ORDER BY ctid`.execute(target.database.db);
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
});

test('what breaks off leaves nothing behind, and can be repeated', async () => {
  const { db } = target.database;
  await sql`ALTER TABLE inbox ADD CONSTRAINT broken CHECK (id <> 'i')`.execute(db);

  await expect(copyDatabase(source.database.db, db)).rejects.toThrow('broken');

  expect(await rowsOf(db, 'communities')).toEqual([]);
  await sql`ALTER TABLE inbox DROP CONSTRAINT broken`.execute(db);
  await copyDatabase(source.database.db, db);
  expect(await rowsOf(db, 'messages')).toHaveLength(350);
});

test('a copy that is not the same is none', async () => {
  const { db } = target.database;
  await sql`
    CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := NEW.name || ' '; RETURN NEW; END $$`.execute(
    db,
  );
  await sql`CREATE TRIGGER spoil BEFORE INSERT ON communities FOR EACH ROW EXECUTE FUNCTION spoil()`.execute(db);

  await expect(copyDatabase(source.database.db, db)).rejects.toThrow(
    'public.communities has 2 rows, and its copy 2, or others',
  );

  expect(await rowsOf(db, 'communities')).toEqual([]);
});

test.each([
  [
    'has a community already',
    `INSERT INTO opt_outs SELECT 'a', 'p', now() FROM communities`,
    /something already \(public\.communities\)/,
  ],
  ['has another column', 'ALTER TABLE wishes ADD COLUMN later text', /not of the same version: public\.wishes/],
  ['lacks a table', 'DROP TABLE mornings', /not of the same version: public\.mornings/],
])('a target that %s is refused, and not touched', async (_what, change, refusal) => {
  const { db } = target.database;
  if (change.startsWith('INSERT'))
    await sql`INSERT INTO communities (id, name, thread_id, channel_id, service_url, installed_at) VALUES ('a', '', '', '', '', now())`.execute(
      db,
    );
  await sql.raw(change).execute(db);
  const before = await rowsOf(db, 'communities');

  await expect(copyDatabase(source.database.db, db)).rejects.toThrow(refusal);

  expect(await rowsOf(db, 'communities')).toEqual(before);
});

test('a server that runs on the target is noticed, for as long as it runs', async () => {
  const { db } = target.database;
  await refuseServers(db);
  const queue = await startQueue(target.database, pino({ level: 'silent' }));

  await expect(refuseServers(db)).rejects.toThrow('A server runs on the database of DATABASE_URL.');

  await queue.stop();
  await refuseServers(db);
});
