import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { openDatabase } from '../../../bot/database/connection.ts';
import { startQueue } from '../../../bot/scheduler/queue.ts';
import { untilEnd } from '../../support/clean-up.ts';
import { eventually } from '../../support/engines.ts';
import { startPostgres, type Postgres } from '../../support/postgres.ts';

/** A PostgreSQL that lets the account in with one token at a time, as one in Azure does. */
let postgres: Postgres;
let administrator: pg.Client;
let address: string;
beforeAll(async () => {
  postgres = await startPostgres();
  administrator = new pg.Client({ connectionString: await postgres.database() });
  await administrator.connect();
  untilEnd(() => administrator.end());
  await administrator.query('CREATE ROLE "cop-companion" LOGIN SUPERUSER');
});
beforeEach(async () => {
  const url = new URL(await postgres.database());
  url.username = 'cop-companion';
  url.password = '';
  url.searchParams.set('sslmode', 'disable');
  address = url.href;
});

async function letIn(token: string): Promise<void> {
  await administrator.query(`ALTER ROLE "cop-companion" PASSWORD '${token}'`);
}

test('each new connection shows the token of the moment, and so do those of the queue', async () => {
  let token = 'first token';
  await letIn(token);
  const place = { databaseUrl: address, dataDir: null, password: async () => token };
  const database = await openDatabase(place);

  await letIn((token = 'second token'));
  await administrator.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cop-companion'`);
  // The pool may hand out connections that have just ended.
  const { rows } = await eventually('a new connection', () =>
    sql<{ who: string }>`SELECT current_user AS who`.execute(database.db).catch(() => undefined),
  );
  const queue = await startQueue(database, pino({ level: 'silent' }));

  expect(rows).toEqual([{ who: 'cop-companion' }]);
  await queue.stop();
  await database.close();
});

test('a token that is not good is told of by the name of its variable', async () => {
  await letIn('another token');

  await expect(
    openDatabase({ databaseUrl: address, dataDir: null, password: async () => 'an old token' }),
  ).rejects.toThrow(
    'account cop-companion: it refuses this account with the token of DATABASE_IDENTITY. Let the identity in',
  );
});

test('where Azure gives no token, that is the reason', async () => {
  const password = async () => Promise.reject(new Error('no identity here'));

  await expect(openDatabase({ databaseUrl: address, dataDir: null, password })).rejects.toThrow(
    'DATABASE_IDENTITY: Azure gives no token for PostgreSQL to this identity here.',
  );
});

test('a token goes to nobody without TLS, unless the address says so', async () => {
  let asked = 0;
  const password = async () => {
    asked++;
    return 'a token';
  };
  const secure = new URL(address);
  secure.searchParams.delete('sslmode');

  await expect(openDatabase({ databaseUrl: secure.href, dataDir: null, password })).rejects.toThrow(/SSL/);
  expect(asked).toBe(0);
});
