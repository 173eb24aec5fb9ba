import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { facilitationWeek } from '../../domain/facilitation/method.ts';
import { startPostgres, type Postgres } from '../../tests/support/postgres.ts';
import type { User } from '../local/directory.ts';
import type { Microsoft365 } from '../local/microsoft365.ts';
import { answered, pressOf, tokenOfTeams } from './press.ts';
import { atOnce, spread, withRig, type Line, type Rig } from './rig.ts';
import { copyCommunities, knowChats, monday, people, setUp, team } from './tenant.ts';

/** Communities of one facilitator each, and how many tasks each of them ticks in a round; a week has twenty. */
const communities = 20;
const ticksOfRound = 3;
const rounds = 5;
const turns = communities * ticksOfRound;
/** How many presses wait for their answers at once. */
const clients = 4;
/** Before anything is counted: Node has compiled what is often asked for by then. */
const warmUps = 3;
/** How long copies of the cards have to follow, and to be counted, in milliseconds. */
const settling = 2_000;

/**
 * Presses on a task of the week, answered by a server and by a bare bot, in turn: signed, over HTTP. Each answers in a
 * process of its own; whoever presses and plays Microsoft 365 has another, and PostgreSQL its own. All share the machine:
 * a second's turns say something of all of them, the processor time of the process that answers of that alone.
 */
export async function measureTurns(): Promise<readonly Line[]> {
  const postgres = await startPostgres();
  try {
    return [...(await measure(null)), ...(await measure(postgres))];
  } finally {
    await postgres.stop();
  }
}

function measure(postgres: Postgres | null): Promise<readonly Line[]> {
  return withRig(postgres, rig => pressing(rig, postgres ? 'PostgreSQL' : 'its embedded database'), {
    graphUnitsAMinute: 100_000,
  });
}

interface Figures {
  /** Turns a second. */
  readonly rate: number[];
  /** Milliseconds of processor a turn, of the process that answers. */
  readonly cost: number[];
  /** The same of this process, which presses and plays Microsoft 365. */
  readonly beside: number[];
  /** Answers that came in time, and said no more than that the card follows. */
  deferred: number;
}

async function pressing({ microsoft365, instances, where }: Rig, database: string): Promise<readonly Line[]> {
  const [first, ...owners] = people(microsoft365, 1, communities);
  const facilitators = [first!, ...owners];
  await knowChats(where, microsoft365, facilitators);
  const pattern = team(microsoft365, 0, [first!]);
  await instances.start(0);
  await setUp(microsoft365, instances.url(), pattern, first!);
  await instances.stop(0);
  await copyCommunities(where, microsoft365, pattern, owners);
  await instances.start(0);
  microsoft365.clock.moveTo(monday);
  await instances.check();
  // Each has a card by then, which follows what they tick.
  for (let times = 0; microsoft365.connector.tally.copies().length < communities && times < 240; times++)
    await wait(250);

  const echo = await startEcho(microsoft365.url);
  const token = await tokenOfTeams(microsoft365);
  const ours: Figures = { rate: [], cost: [], beside: [], deferred: 0 };
  const bare: Figures = { rate: [], cost: [], beside: [], deferred: 0 };
  try {
    for (let round = 0; round < warmUps + rounds; round++) {
      const presses = pressesOf(microsoft365, facilitators, round);
      for (const { url, figures, processor } of [
        { url: instances.url(), figures: ours, processor: () => instances.processor(0) },
        { url: echo.url, figures: bare, processor: echo.processor },
      ]) {
        const before = await processor();
        const besideBefore = ownProcessor();
        const began = performance.now();
        let deferred = 0;
        await atOnce(clients, presses, async press => void (deferred += (await answered(url, token, press)) ? 0 : 1));
        const rate = turns / ((performance.now() - began) / 1000);
        await wait(settling);
        if (round < warmUps) continue;
        figures.rate.push(rate);
        figures.cost.push((1000 * ((await processor()) - before)) / turns);
        figures.beside.push((1000 * (ownProcessor() - besideBefore)) / turns);
        figures.deferred += deferred;
      }
    }
  } finally {
    echo.stop();
  }
  return [
    [`ticks answered a second, ${clients} at once, by one server with ${database}`, spread(ours.rate, 0), rounds],
    ['… by a bot of botbuilder and restify that says back what was pressed', spread(bare.rate, 0), rounds],
    [
      '… the first as a ratio to the second',
      spread(
        ours.rate.map((rate, index) => rate / bare.rate[index]!),
        2,
      ),
      rounds,
    ],
    ['… answers of the first that the card takes a little longer', String(ours.deferred), turns * rounds],
    [
      '… milliseconds of processor a turn, the first with all that follows, and the second',
      `${spread(ours.cost, 1)}; ${spread(bare.cost, 1)}`,
      rounds,
    ],
    [
      '… the second as a ratio to the first',
      spread(
        ours.cost.map((cost, index) => bare.cost[index]! / cost),
        2,
      ),
      rounds,
    ],
    [
      '… the same of the process that presses and plays Microsoft 365, which is in neither',
      `${spread(ours.beside, 1)}; ${spread(bare.beside, 1)}`,
      rounds,
    ],
  ];
}

/** In seconds. */
function ownProcessor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Everybody ticks some of their tasks in one round, and takes that back in the next. */
function pressesOf(microsoft365: Microsoft365, facilitators: readonly User[], round: number): readonly string[] {
  const teams = new Map(microsoft365.directory.teams().map(({ id, members }) => [members[0]?.userId, id]));
  const first = Math.floor(round / 2) * ticksOfRound;
  const verb = round % 2 === 0 ? 'facilitation.tick' : 'facilitation.untick';
  return Array.from({ length: ticksOfRound }, (_none, index) => facilitationWeek[first + index]!)
    .flatMap(task => facilitators.map(user => ({ task, user })))
    .map(({ task, user }) => pressOf(microsoft365, { verb, user, community: teams.get(user.id)!, task: task.id }));
}

/** The bare bot, in a process of its own. */
async function startEcho(microsoft365Url: string) {
  const child = fork(join(import.meta.dirname, 'echo.ts'), [microsoft365Url], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  return {
    url: `http://localhost:${port}`,
    async processor(): Promise<number> {
      const answer = once(child, 'message');
      child.send('processor');
      return ((await answer) as [{ readonly processor: number }])[0].processor;
    },
    stop: () => child.disconnect(),
  };
}
