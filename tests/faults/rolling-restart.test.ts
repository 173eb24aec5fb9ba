import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { lookIntoDatabase } from '../../bot/database/connection.ts';
import { chosenSeed } from '../support/chaos.ts';
import { nine, rest, startCluster } from '../support/cluster.ts';
import { laterMigration, laterServer } from '../support/later-version.ts';
import { faultless } from '../support/ledger.ts';
import { startPostgres } from '../support/postgres.ts';
import { bundledServer } from '../support/prepared.ts';

/**
 * Two servers on one PostgreSQL are replaced one after the other by those of the next version, which changes the tables,
 * while weeks begin and people join. The earlier version goes on meanwhile.
 */
test('a new version takes over under load: nothing is refused, lost, or sent twice', async () => {
  const seed = chosenSeed();
  const [now, later] = [await bundledServer(), await laterServer()];
  const renewed = new Set<number>();
  const postgres = await startPostgres();
  const databaseUrl = await postgres.database();
  const cluster = await startCluster({
    ...{ seed, servers: 2, communities: 12, databaseUrl },
    program: place => (renewed.has(place) ? later : now),
  });
  const database = lookIntoDatabase(databaseUrl, null);
  try {
    const { chance, instances, microsoft365 } = cluster;
    const { deliver } = microsoft365.connector;
    const answers: number[] = [];
    microsoft365.connector.deliver = async activity => {
      const delivery = await deliver(activity);
      answers.push(delivery.status);
      return delivery;
    };
    const underWay: Promise<unknown>[] = [];
    let minutes = 0;
    async function loadFor(milliseconds: number): Promise<void> {
      for (const end = Date.now() + milliseconds; Date.now() < end; await rest(chance.between(50, 250))) {
        underWay.push(cluster.join(chance.pick(cluster.communities), cluster.people(chance.between(1, 4))));
        if (minutes < 12) await cluster.moveTo(new Date(nine.getTime() + minutes++ * 60_000));
      }
    }
    async function renew(place: number): Promise<void> {
      await instances.stop(place);
      renewed.add(place);
      await instances.start(place);
    }
    const count = async () =>
      (
        await sql<{ later: string; count: number }>`
        SELECT later, count(*)::integer AS count FROM messages GROUP BY later ORDER BY later`.execute(database.db)
      ).rows;

    await loadFor(2000);
    await Promise.all([renew(0), loadFor(3000)]);
    const migrated = await count();
    // The later one is away for a moment: what is done now, the earlier one does, with tables it does not know.
    await instances.stop(0);
    await loadFor(2000);
    const byEarlier = await count();
    await instances.start(0);
    const errors = errorsIn(instances.said(1));
    await Promise.all([renew(1), loadFor(3000)]);
    await cluster.moveTo(new Date(nine.getTime() + 3_600_000));
    await Promise.all(underWay);
    errors.push(...[0, 1].flatMap(place => errorsIn(instances.said(place))));
    const { verdict, open, kept } = await cluster.settle();

    expect({ seed, verdict, open, crashes: instances.crashes }).toEqual({
      seed,
      verdict: faultless,
      open: [],
      crashes: [],
    });
    expect({ refused: answers.filter(status => status !== 200), errors }).toEqual({ refused: [], errors: [] });
    expect(answers.length).toBeGreaterThan(20);
    const names = await sql<{ name: string }>`SELECT name FROM cop_migrations ORDER BY name DESC LIMIT 1`.execute(
      database.db,
    );
    expect(names.rows).toEqual([{ name: laterMigration }]);
    expect(migrated.map(({ later: value }) => value)).toContain('before');
    const sum = (rows: typeof migrated) => rows.reduce((total, { count: some }) => total + some, 0);
    expect(sum(byEarlier)).toBeGreaterThan(sum(migrated));
    expect(kept.length).toBeGreaterThan(sum(byEarlier));
  } finally {
    await database.close();
    await cluster.stop();
    await postgres.stop();
  }
}, 600_000);

function errorsIn(lines: readonly string[]): string[] {
  return lines.filter(line => /"level":(50|60)\b/.test(line));
}
