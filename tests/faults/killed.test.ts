import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { chosenSeed, killsOf, storm } from '../support/storm.ts';
import { faultless } from '../support/tally.ts';

/** Real servers, killed at moments nobody chose, while weeks begin, people join and Teams has its own troubles. */
let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test.each([
  { database: 'the embedded database', servers: 1, share: 0.3 },
  { database: 'PostgreSQL', servers: 1, share: 0.25 },
  { database: 'PostgreSQL', servers: 3, share: 0.45 },
])('$servers on $database: nothing is lost, and nothing comes twice but what nobody can know', async ({ database, servers, share }) => {
  const seed = chosenSeed();
  const databaseUrl = database === 'PostgreSQL' ? await postgres.database() : undefined;

  const { verdict, crashes, kills } = await storm({ seed, servers, kills: killsOf(share), ...(databaseUrl ? { databaseUrl } : {}) });

  expect({ seed, kills, verdict, crashes }).toEqual({ seed, kills: killsOf(share), verdict: faultless, crashes: [] });
}, 3_600_000);
