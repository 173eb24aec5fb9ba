import type { ConnectorFault } from '../../infra/local/connector/faults.ts';
import type { Verdict } from './ledger.ts';
import { nine, rest, startCluster, type Cluster } from './cluster.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly servers: number;
  readonly kills: number;
  readonly databaseUrl?: string;
}

export interface Chaos {
  readonly seed: number;
  readonly verdict: Verdict;
  /** Servers that ended without being killed. */
  readonly crashes: readonly string[];
  readonly kills: number;
  /** What is still to be done in the end. */
  readonly open: readonly string[];
  /**
   * Newcomers who had blocked the app, and those of them of whom the outbox does not say so, or who got a card all the
   * same.
   */
  readonly blocked: number;
  readonly unheeded: readonly string[];
  /** Messages that had to arrive, and copies that did. */
  readonly messages: number;
  readonly copies: number;
}

/** Kills in all, over the scenarios of a run: what continuous integration can afford, or what was asked for. */
export function killsOf(share: number): number {
  return Math.ceil(share * Number(process.env['FAULT_KILLS'] ?? 80));
}

/** The seed somebody gave to see a failure again, else a new one. */
export function chosenSeed(): number {
  return Number(process.env['FAULT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
}

/** Kills servers again and again, at random, while there is always something to send. */
export async function chaos({ seed, servers, kills, databaseUrl }: ChaosOptions): Promise<Chaos> {
  // A week begins with every third kill, and all of them on one Monday, so that nothing is too late.
  const cluster = await startCluster({
    seed,
    servers,
    communities: Math.max(2, Math.ceil(Math.min(kills, 600) / 4)),
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  const { chance, instances } = cluster;
  try {
    let minutes = -1;
    let done = 0;
    const joining: Promise<unknown>[] = [];
    const blocked: string[] = [];
    while (done < kills) {
      if (chance.happens(0.35)) await cluster.moveTo(new Date(nine.getTime() + ++minutes * 60_000));
      else {
        const people = cluster.people(chance.between(1, 4));
        const community = chance.pick(cluster.communities);
        for (const person of people) {
          if (blocked.length > 0 && !chance.happens(0.15)) continue;
          cluster.microsoft365.connector.block(person, true);
          blocked.push(`${community.team.id} welcome once ${person}`);
        }
        const told = cluster.join(community, people);
        // Whether it went well is asked in the end.
        told.catch(() => {});
        joining.push(told);
      }
      if (chance.happens(0.3)) trouble(cluster);

      await rest(chance.happens(0.7) ? chance.between(0, 250) : chance.between(250, 1200));
      const place = chance.between(0, servers - 1);
      if (await cluster.kill(place)) done += 1;
      const starting = instances.start(place);
      // Now and then it does not even get to its feet.
      if (done < kills && chance.happens(0.15)) {
        await Promise.all([
          starting.catch(() => {}),
          rest(chance.between(100, 1500))
            .then(() => cluster.kill(place))
            .then(killed => (done += Number(killed))),
        ]);
        await instances.start(place);
      } else await starting;
    }
    // Whatever week has not begun yet begins now.
    await cluster.moveTo(new Date(nine.getTime() + 11 * 3_600_000));
    await cluster.startAll();
    await Promise.all(joining);
    const { verdict, kept, arrived, copies, open } = await cluster.settle();
    const rows = new Map(kept.map(row => [row.key, row]));
    const unheeded = blocked.flatMap(key => {
      const row = rows.get(key);
      return row?.state === 'refused' && row.reason === 'blocked' && !arrived.has(key)
        ? []
        : [`${key} is ${row?.state}, reason ${row?.reason}, copies ${arrived.get(key) ?? 0}`];
    });
    return {
      seed,
      verdict,
      open,
      crashes: [...instances.crashes],
      kills: done,
      blocked: blocked.length,
      unheeded,
      messages: kept.length,
      copies,
    };
  } finally {
    await cluster.stop();
  }
}

/** Teams has a bad moment, of a kind that passes; now and then it takes a message and nobody hears so. */
function trouble({ chance, microsoft365: { connector } }: Cluster): void {
  const count = chance.between(1, 4);
  connector.faults.add(
    chance.pick<ConnectorFault>([
      { count, answer: { status: 412, code: 'PreconditionFailed' } },
      { count, answer: { status: 429, retryAfter: 1 } },
      { count, answer: { status: 500 } },
      { count, answer: { status: 502 } },
      { count, answer: { status: 503 } },
      { count, answer: { status: 504 }, taken: chance.happens(0.5) },
      { count, answer: 'reset', taken: chance.happens(0.5) },
      { count: 1, answer: 'silence', taken: chance.happens(0.5) },
    ]),
  );
}
