import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase, type Database } from '../../../bot/database/connection.ts';
import { createRelay, type News, type Relay } from '../../../bot/live/relay.ts';
import { eventually } from '../../support/engines.ts';
import { startPostgres, type Postgres } from '../../support/postgres.ts';

const quiet = { warn() {}, debug() {} } as unknown as Parameters<typeof createRelay>[1];
const news = (community: string): News => ({ community, topics: ['plan'], people: false });

interface Server {
  readonly relay: Relay;
  readonly heard: News[];
  missed: number;
}

let postgres: Postgres;
let database: Database;
let one: Server;
let other: Server;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openDatabase({ databaseUrl: await postgres.database(), dataDir: null });
  one = startServer();
  other = startServer();
  await bothHear();
}, 60_000);
afterAll(async () => {
  await one.relay.stop();
  await other.relay.stop();
  await database.close();
  await postgres.stop();
});

function startServer(): Server {
  const server: Server = { relay: createRelay(database, quiet)!, heard: [], missed: 0 };
  server.relay.listen({ hear: heard => void server.heard.push(heard), missed: () => void server.missed++ });
  return server;
}

/** Waits until each of them hears the other. */
async function bothHear(): Promise<void> {
  await eventually('both to listen', async () => {
    one.relay.send(news('hello'));
    other.relay.send(news('hello'));
    await new Promise(resolve => setTimeout(resolve, 50));
    return one.heard.length > 0 && other.heard.length > 0;
  });
  await new Promise(resolve => setTimeout(resolve, 200));
  one.heard.length = 0;
  other.heard.length = 0;
}

test('what one server tells, the others hear, and not itself', async () => {
  one.relay.send(news('team “A”'));
  await eventually('the news', () => other.heard.length > 0);

  expect(other.heard).toEqual([news('team “A”')]);
  expect(one.heard).toEqual([]);
});

test('what is no news of ours is passed over', async () => {
  const { sql } = await import('kysely');
  for (const odd of ['', '{', '{"community":1}', '{"from":"x","community":"a","topics":["secrets"],"people":false}'])
    await sql`SELECT pg_notify('cop_companion_live', ${odd})`.execute(database.db);
  one.relay.send(news('after'));
  await eventually('what came after', () => other.heard.some(({ community }) => community === 'after'));

  expect(other.heard.map(({ community }) => community).filter(name => name !== 'team “A”')).toEqual(['after']);
});

test('when the database comes back, it is heard again, and known that something was missed', async () => {
  await postgres.down();
  await postgres.up();
  await eventually('both to come back', () => one.missed === 1 && other.missed === 1);
  await bothHear();

  one.relay.send(news('b'));
  await eventually('the news', () => other.heard.length > 0);
  expect(other.heard).toEqual([news('b')]);
});

test('the embedded database has one server, and no others to tell', () => {
  expect(createRelay({ db: database.db, postgres: null }, quiet)).toBeNull();
});
