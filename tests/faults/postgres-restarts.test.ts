import { expect, test } from '@jest/globals';
import { eventually } from '../support/engines.ts';
import { startPostgres } from '../support/postgres.ts';
import { nine, rest, startCluster } from '../support/cluster.ts';
import { chosenSeed } from '../support/chaos.ts';
import { faultless } from '../support/ledger.ts';

/** PostgreSQL goes away again and again under two servers, while weeks begin and people join; no server is killed. */
test('PostgreSQL restarts under load: nothing is lost, and nothing comes twice', async () => {
  const seed = chosenSeed();
  const restarts = 8;
  const postgres = await startPostgres();
  const cluster = await startCluster({
    seed,
    servers: 2,
    communities: 2 * restarts,
    databaseUrl: await postgres.database(),
  });
  try {
    const { chance, instances } = cluster;
    const underWay: Promise<unknown>[] = [];
    for (let restart = 0; restart < restarts; restart++) {
      underWay.push(
        cluster.join(chance.pick(cluster.communities), cluster.people(chance.between(5, 25))),
        // Whoever looks at the calendar while PostgreSQL is away looks again.
        eventually('a look at the calendar', () =>
          cluster.moveTo(new Date(nine.getTime() + 2 * restart * 60_000)).then(
            () => true,
            () => false,
          ),
        ),
      );
      await rest(chance.between(0, 600));
      await postgres.down();
      await rest(chance.between(0, 4000));
      await postgres.up();
      await rest(chance.between(0, 1500));
    }
    await cluster.moveTo(new Date(nine.getTime() + 3_600_000));
    await Promise.all(underWay);

    const { verdict, open, kept, copies } = await cluster.settle();

    expect({ seed, verdict, open, crashes: instances.crashes }).toEqual({
      seed,
      verdict: faultless,
      open: [],
      crashes: [],
    });
    expect(copies).toBeGreaterThanOrEqual(kept.length);
    expect(kept.length).toBeGreaterThan(3 * 2 * restarts);
  } finally {
    await cluster.stop();
    await postgres.stop();
  }
}, 600_000);
