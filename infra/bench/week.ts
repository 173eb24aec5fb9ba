import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { pino } from 'pino';
import { startApp, type App } from '../../bot/app.ts';
import { startMicrosoft365, type Microsoft365 } from '../local/microsoft365.ts';
import { localConfig, localOutside } from '../local/product.ts';
import type { Line } from './delivery.ts';
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
    const before = await costsAfter(app, microsoft365, { from: begins, to: begins + week });
    const after = await costsAfter(app, microsoft365, { from: begins + week, to: begins + (1 + weeks) * week });
    const spent = Object.entries(after)
      .map(([kind, units]) => [kind, (units - (before[kind] ?? 0)) / weeks] as const)
      .filter(([, units]) => units > 0)
      .toSorted(([, one], [, other]) => other - one);
    const all = spent.reduce((sum, [, units]) => sum + units, 0);
    return [
      [
        'SharePoint’s units that a community’s week costs while nobody opens a tab, nights included',
        all.toFixed(2),
        weeks,
      ],
      ...spent.map(([kind, units]): Line => [`… of them ${kind}`, units.toFixed(2), weeks]),
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

async function costsAfter(
  app: App,
  { clock, graph }: Microsoft365,
  { from, to }: Span,
): Promise<Readonly<Record<string, number>>> {
  const spent = (): number => Object.values(graph.throttle.costs()).reduce((sum, units) => sum + units, 0);
  for (let at = from; at < to; at += hour) {
    clock.moveTo(new Date(at));
    await app.checkCalendar();
    // As the queue does once a night.
    if (new Date(at).getUTCHours() === 4) await app.forget();
    // Jobs of this hour run behind; the next one begins once they are done.
    for (let quiet = 0, last = -1; quiet < 3; last = spent()) {
      await new Promise(resolve => setTimeout(resolve, 60));
      quiet = spent() === last ? quiet + 1 : 0;
    }
  }
  return { ...graph.throttle.costs() };
}
