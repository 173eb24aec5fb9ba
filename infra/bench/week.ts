import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { pino } from 'pino';
import { startApp, type App } from '../../bot/app.ts';
import { startMicrosoft365, type Microsoft365 } from '../local/microsoft365.ts';
import { localConfig, localOutside } from '../local/product.ts';
import type { Line } from './rig.ts';
import { people, setUp, team } from './tenant.ts';

const begins = new Date('2026-11-22T12:00:00Z').getTime();
const hour = 3_600_000;
const week = 7 * 24 * hour;
/** A month's look at a list counts with what a week of it is. */
const weeks = 4;

/**
 * What a community costs of SharePoint's resource units while nobody opens a tab: the weekly prompt, the days after it,
 * and what is looked at by night. Four weeks after the first, in which everything is made; the clock goes by hours.
 */
export async function measureWeek(): Promise<readonly Line[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cop-bench-'));
  const port = await getPort();
  const publicUrl = `http://localhost:${port}`;
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => publicUrl });
  microsoft365.clock.moveTo(new Date(begins));
  const environment = { GRAPH_UNITS_A_MINUTE: '100000' };
  const config = localConfig({ microsoft365Url: microsoft365.url, port, publicUrl, dataDir, environment });
  const app = await startApp(config, { ...localOutside(microsoft365), log: pino({ level: 'silent' }) });
  try {
    const members = people(microsoft365, 1, 10);
    await setUp(microsoft365, publicUrl, team(microsoft365, 0, members), members[0]!);
    await spentIn(app, microsoft365, { from: begins, to: begins + week });
    const costs = await spentIn(app, microsoft365, { from: begins + week, to: begins + (1 + weeks) * week });
    const all = costs.reduce((sum, { units }) => sum + units, 0) / weeks;
    return [
      [
        'SharePoint’s units that a community’s week costs while nobody opens a tab, nights included',
        all.toFixed(2),
        weeks,
      ],
      ...aWeek(costs, ({ call }) => call).map(([call, units]): Line => [`… of them ${call}`, units, weeks]),
      ...aWeek(costs, ({ at, call }) => `${momentOf(at)}, ${call}`).map(
        ([moment, units]): Line => [`… of them ${moment}`, units, weeks],
      ),
    ];
  } finally {
    await app.close();
    await microsoft365.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Cost {
  /** The hour in which it was spent, which tells the job: each has its own in the sample settings. */
  readonly at: Date;
  /** The method and the path without ids. */
  readonly call: string;
  readonly units: number;
}

const hourOf = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

function momentOf(at: Date): string {
  return `${hourOf.format(at)} UTC`;
}

/** Units a week by what tells them apart, the greatest first. */
function aWeek(costs: readonly Cost[], by: (cost: Cost) => string): readonly (readonly [string, string])[] {
  return [...Map.groupBy(costs, by)]
    .map(([name, same]) => [name, same.reduce((sum, { units }) => sum + units, 0) / weeks] as const)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, units]) => [name, units.toFixed(2)]);
}

async function spentIn(app: App, { clock, graph }: Microsoft365, { from, to }: Span): Promise<readonly Cost[]> {
  const sumOf = (): number => Object.values(graph.throttle.costs()).reduce((sum, units) => sum + units, 0);
  const costs: Cost[] = [];
  for (let time = from; time < to; time += hour) {
    const at = new Date(time);
    const before = graph.throttle.costs();
    clock.moveTo(at);
    await app.checkCalendar();
    // As the queue does once a night.
    if (at.getUTCHours() === 4) await app.forget();
    // Jobs of this hour run behind; the next one begins once they are done.
    for (let quiet = 0, last = -1; quiet < 3; last = sumOf()) {
      await new Promise(resolve => setTimeout(resolve, 60));
      quiet = sumOf() === last ? quiet + 1 : 0;
    }
    for (const [call, units] of Object.entries(graph.throttle.costs()))
      if (units > (before[call] ?? 0)) costs.push({ at, call, units: units - (before[call] ?? 0) });
  }
  return costs;
}
