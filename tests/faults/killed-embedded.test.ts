import { expect, test } from '@jest/globals';
import { chosenSeed, killsOf, chaos } from '../support/chaos.ts';
import { faultless } from '../support/ledger.ts';

/**
 * The real server with its embedded database, killed at moments nobody chose, while weeks begin, people join and Teams
 * has troubles.
 */
test('nothing is lost, and nothing comes twice but what nobody can know', async () => {
  const seed = chosenSeed();
  const kills = killsOf(0.25);

  const found = await chaos({ seed, servers: 1, kills });

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
}, 3_600_000);
