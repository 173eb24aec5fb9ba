import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../../bot/database/connection.ts';
import type { DatabasePlace } from '../../../bot/database/trouble.ts';
import { startPostgres, type Postgres } from '../../support/postgres.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const engines: readonly {
  engine: string;
  where: () => Promise<DatabasePlace>;
}[] = [
  {
    engine: 'the embedded database',
    where: async () => ({ databaseUrl: null, dataDir: await mkdtemp(join(tmpdir(), 'cop-database-')) }),
  },
  { engine: 'PostgreSQL', where: async () => ({ databaseUrl: await postgres.database(), dataDir: null }) },
];

describe.each(engines)('$engine', ({ where }) => {
  let place: DatabasePlace;
  let database: Database;
  beforeAll(async () => {
    place = await where();
    database = await openDatabase(place);
  });
  afterAll(async () => {
    await database.close();
    if (place.dataDir) await rm(place.dataDir, { recursive: true, force: true });
  });

  function community(id: string) {
    return {
      id,
      name: 'Data Storytellers',
      thread_id: `19:${id}`,
      channel_id: `19:${id}`,
      service_url: 'http://localhost',
      installed_by: { id: 'p', name: 'Priya' },
      installed_at: new Date('2026-11-02T09:00:00Z'),
      settings: null,
      removed_at: null,
    };
  }

  test('keeps JSON and moments as they were', async () => {
    await database.db.insertInto('communities').values(community('one')).execute();

    const row = await database.db
      .selectFrom('communities')
      .select(['installed_by', 'installed_at', 'settings'])
      .where('id', '=', 'one')
      .executeTakeFirstOrThrow();

    expect(row).toEqual({
      installed_by: { id: 'p', name: 'Priya' },
      installed_at: new Date('2026-11-02T09:00:00Z'),
      settings: null,
    });
  });

  test('takes nothing of a transaction that fails', async () => {
    const failing = database.db.transaction().execute(async transaction => {
      await transaction.insertInto('communities').values(community('half')).execute();
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await database.db.selectFrom('communities').select('id').where('id', '=', 'half').execute()).toEqual([]);
  });

  test('keeps queries out of somebody else’s open transaction', async () => {
    const gate = Promise.withResolvers<void>();
    const failing = database.db.transaction().execute(async transaction => {
      await transaction.insertInto('communities').values(community('rolled-back')).execute();
      await gate.promise;
      throw new Error('rolled back');
    });
    const outside = database.db.insertInto('communities').values(community('outside')).execute();
    const other = database.db
      .transaction()
      .execute(transaction => transaction.insertInto('communities').values(community('other')).execute());
    gate.resolve();

    await expect(failing).rejects.toThrow('rolled back');
    await Promise.all([outside, other]);
    const ids = await database.db
      .selectFrom('communities')
      .select('id')
      .where('id', 'in', ['rolled-back', 'outside', 'other'])
      .orderBy('id')
      .execute();
    expect(ids).toEqual([{ id: 'other' }, { id: 'outside' }]);
  });

  test('is opened again with what it held, and migrates once', async () => {
    await database.db.insertInto('communities').values(community('kept')).execute();
    await database.close();

    database = await openDatabase(place);

    expect(await database.db.selectFrom('communities').select('id').where('id', '=', 'kept').execute()).toEqual([
      { id: 'kept' },
    ]);
  });

  test('is refused after a later version has changed its tables', async () => {
    const other = await where();
    const later = await openDatabase(other);
    await sql`INSERT INTO cop_migrations (name, timestamp) VALUES ('999-later', '2030-01-01')`.execute(later.db);
    await later.close();

    // Closed, as jest would print all of an open one.
    const again = openDatabase(other).then(({ close }) => close());
    await expect(again).rejects.toThrow('999-later');

    if (other.dataDir) await rm(other.dataDir, { recursive: true, force: true });
  });
});

test('several servers that start at once on one PostgreSQL migrate it once', async () => {
  const databaseUrl = await postgres.database();

  const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl, dataDir: null })));

  for (const database of opened) expect(await database.db.selectFrom('communities').select('id').execute()).toEqual([]);
  await Promise.all(opened.map(database => database.close()));
});
