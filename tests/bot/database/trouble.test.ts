import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { openDatabase } from '../../../bot/database/connection.ts';
import { databaseTrouble } from '../../../bot/database/trouble.ts';
import getPort from 'get-port';
import { startPostgres, type Postgres } from '../../support/postgres.ts';

/** What whoever runs the server reads when its database cannot be opened. */
let postgres: Postgres;
/** Somebody who takes connections and never says a word. */
let deaf: Server;
const callers: Socket[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
  deaf = createServer(caller => void callers.push(caller));
  await new Promise<void>(resolve => deaf.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  for (const caller of callers) caller.destroy();
  await new Promise(resolve => deaf.close(resolve));
});

async function changed(change: (url: URL) => void): Promise<string> {
  const url = new URL(await postgres.database());
  change(url);
  return url.href;
}

test.each<[string, () => Promise<string>, RegExp]>([
  [
    'nobody listens',
    async () => `postgres://cop:secret@127.0.0.1:${await getPort()}/cop`,
    /^DATABASE_URL leads to PostgreSQL at 127\.0\.0\.1:\d+, database cop, account cop: nobody listens there\. Start it, or correct host and port in DATABASE_URL; /,
  ],
  [
    'nobody listens at any address of the name',
    async () => `postgres://cop:secret@localhost:${await getPort()}/cop`,
    /nobody listens there\./,
  ],
  [
    'the name of the host is wrong',
    async () => 'postgres://cop:secret@nowhere.invalid/cop',
    /at nowhere\.invalid:5432, .*: (no host has this name|the name of the host could not be looked up)\. /,
  ],
  [
    'what listens there does not answer',
    async () => `postgres://cop:secret@127.0.0.1:${(deaf.address() as AddressInfo).port}/cop`,
    /nobody answers there as PostgreSQL does\./,
  ],
  [
    'the password is wrong',
    () => changed(url => (url.password = 'secret')),
    /account postgres: it refuses this account or its password\. Correct them in DATABASE_URL\./,
  ],
  [
    'there is no such database',
    () => changed(url => (url.pathname = '/nothing')),
    /database nothing, account postgres: there is no database of this name\. /,
  ],
  [
    'it can only be read',
    () => changed(url => url.searchParams.set('options', '-c default_transaction_read_only=on')),
    /it can only be read\. /,
  ],
])('PostgreSQL: %s', async (_what, address, says) => {
  const opening = openDatabase({ databaseUrl: await address(), dataDir: null });

  const message = await opening.then(
    () => 'opened',
    (error: Error) => error.message,
  );

  expect(message).toMatch(says);
  expect(message).not.toContain('secret');
});

describe('what nobody foresaw is said with its reasons', () => {
  test.each([
    [
      { databaseUrl: 'postgres://cop:secret@db/cop', dataDir: null },
      new Error('no', { cause: new Error('really no') }),
      'DATABASE_URL leads to PostgreSQL at db:5432, database cop, account cop: no: really no. Whoever looks after the database mends that, or corrects DATABASE_URL.',
    ],
    [
      { databaseUrl: null, dataDir: '/srv/cop' },
      { name: 'ErrnoError', errno: 51 },
      'DATA_DIR is /srv/cop: its disk is full. Whoever runs the server makes room there, and starts it again.',
    ],
    [
      { databaseUrl: null, dataDir: '/srv/cop' },
      new Error('no'),
      'DATA_DIR is /srv/cop: the embedded database cannot be opened (no). Whoever runs the server looks for a full disk or another server on the same folder, and else brings its backup back.',
    ],
  ])('%p', (where, error, says) => {
    expect(databaseTrouble(error, where).message).toBe(says);
  });
});
