import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { chosenSeed, killsOf, chaos } from '../support/chaos.ts';
import { faultless } from '../support/ledger.ts';

/**
 * Real servers on one PostgreSQL, killed at moments nobody chose, while weeks begin, people join and Teams has
 * troubles.
 */
let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test.each([
  { servers: 1, share: 0.25 },
  { servers: 3, share: 0.5 },
])(
  '$servers: nothing is lost, and nothing comes twice but what nobody can know',
  async ({ servers, share }) => {
    const seed = chosenSeed();
    const kills = killsOf(share);

    const found = await chaos({ seed, servers, kills, databaseUrl: await postgres.database() });

    expect(found).toEqual({
      seed,
      kills,
      verdict: faultless,
      open: [],
      crashes: [],
      blocked: expect.any(Number),
      unheeded: [],
      messages: expect.any(Number),
      copies: expect.any(Number),
    });
    expect(Math.min(found.blocked, found.copies)).toBeGreaterThan(0);
  },
  3_600_000,
);
