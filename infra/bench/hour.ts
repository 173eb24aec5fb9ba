import { setTimeout as wait } from 'node:timers/promises';
import { api } from '../../domain/api.ts';
import { facilitationWeek } from '../../domain/facilitation/method.ts';
import { fillPlan } from './fill.ts';
import { answered, pressOf, tokenOfTeams } from './press.ts';
import { bodyOf, spread, withRig, type Line, type Rig } from './rig.ts';
import { monday, people, setUp, team } from './tenant.ts';

/** Each tenth of the time has opens in its first half and presses in its second, so that either is told by itself. */
const tenths = 10;
/** How often somebody does something, in milliseconds. */
const pace = 600;
const screens = ['overview', 'plan', 'charter', 'roles', 'digest'] as const;

interface Tenth {
  /** Seconds of processor for a thousand. */
  readonly opens: number;
  readonly turns: number;
  /** Megabytes, once garbage is gone. */
  readonly heap: number;
  readonly occupied: number;
}

/** Whether one server takes as much for the same work after an hour as in the beginning, and holds as much. */
export async function measureHour({ minutes }: { readonly minutes: number }): Promise<readonly Line[]> {
  return withRig(null, rig => living(rig, minutes), { graphUnitsAMinute: 100_000 });
}

async function living({ microsoft365, instances }: Rig, minutes: number): Promise<readonly Line[]> {
  const members = people(microsoft365, 1, 10);
  const owner = members[0]!;
  const community = team(microsoft365, 0, members);
  await instances.start(0);
  await setUp(microsoft365, instances.url(), community, owner);
  fillPlan(microsoft365, community.id, 200);
  microsoft365.clock.moveTo(monday);
  await instances.check();
  const token = await tokenOfTeams(microsoft365);
  const half = (minutes * 60_000) / tenths / 2;

  async function processorOf(work: (number: number) => Promise<unknown>): Promise<number> {
    const before = await instances.processor(0);
    const end = performance.now() + half;
    let count = 0;
    for (; performance.now() < end; count++) {
      const next = wait(pace);
      await work(count);
      await next;
    }
    return (1000 * ((await instances.processor(0)) - before)) / count;
  }
  const open = async (number: number): Promise<unknown> => {
    const screen = api[screens[number % screens.length]!];
    const { id } = members[number % members.length]!;
    const address = instances.url() + screen.path.replace('{community}', community.id);
    return bodyOf(address, await microsoft365.entra.issueTabToken(id));
  };
  const press = (number: number): Promise<unknown> => {
    const verb = number % 2 === 0 ? 'facilitation.tick' : 'facilitation.untick';
    const task = facilitationWeek[Math.floor(number / 2) % facilitationWeek.length]!.id;
    return answered(
      instances.url(),
      token,
      pressOf(microsoft365, { verb, user: owner, community: community.id, task }),
    );
  };

  // What is read and compiled for the first time is no part of it.
  for (let number = 0; number < 40; number++) await Promise.all([open(number), press(number)]);
  const all: Tenth[] = [];
  for (let tenth = 0; tenth < tenths; tenth++) {
    const opens = await processorOf(open);
    const turns = await processorOf(press);
    const { held, occupied } = await instances.memory(0);
    all.push({ opens, turns, heap: held / 1e6, occupied: occupied / 1e6 });
  }
  const line = (what: string, of: keyof Tenth): Line => {
    const figures = all.map(one => one[of]);
    const each = figures.map(figure => figure.toFixed(1)).join(', ');
    return [what, `${spread(figures, 1)}; by tenths ${each}; ${slope(figures)}`, tenths];
  };
  return [
    line(`seconds of processor of one server for 1,000 opens of screens, over ${minutes} minutes`, 'opens'),
    line('… for 1,000 presses on a task, with what follows', 'turns'),
    line('… megabytes it holds once garbage is gone', 'heap'),
    line('… megabytes the system has given it', 'occupied'),
  ];
}

/** How much it grows from tenth to tenth, in a hundredth of the mean, with the standard error of that. */
function slope(figures: readonly number[]): string {
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [middle, mid] = [mean(figures), (figures.length - 1) / 2];
  const square = figures.reduce((sum, _one, index) => sum + (index - mid) ** 2, 0);
  const rise = figures.reduce((sum, one, index) => sum + (index - mid) * (one - middle), 0) / square;
  const rest = figures.reduce((sum, one, index) => sum + (one - middle - rise * (index - mid)) ** 2, 0);
  const error = Math.sqrt(rest / (figures.length - 2) / square);
  const percent = (figure: number): string => ((100 * figure) / middle).toFixed(1);
  return `${percent(rise)} % a tenth, give or take ${percent(error)}`;
}
