import { expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { api } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import { createWorld, waysOf, type Way, type World } from '../support/breaking-world.ts';
import { agendaScenes } from './act-and-tell/agenda.ts';
import { charterScenes } from './act-and-tell/charter.ts';
import { digestScenes } from './act-and-tell/digest.ts';
import { eventsScenes } from './act-and-tell/events.ts';
import { libraryScenes } from './act-and-tell/library.ts';
import { otherScenes } from './act-and-tell/others.ts';
import { planScenes } from './act-and-tell/plan.ts';
import { rolesScenes } from './act-and-tell/roles.ts';
import type { Scene } from './act-and-tell/scene.ts';
import { surveysScenes } from './act-and-tell/surveys.ts';

const scenes: readonly Scene[] = [
  ...surveysScenes,
  ...rolesScenes,
  ...digestScenes,
  ...planScenes,
  ...eventsScenes,
  ...agendaScenes,
  ...libraryScenes,
  ...charterScenes,
  ...otherScenes,
];

/** What is not done here, and why. */
const others: Readonly<Record<string, string>> = {
  'ask seeTab': 'keeps where the tab is, in one row, and tells nobody',
  'ask removeTab': 'forgets where the tab is, in one row, and tells nobody',
  'press facilitation.planning': 'shows four questions, asks nothing and changes nothing',
  'press facilitation.pause': 'shows days to choose from, asks nothing and changes nothing',
  'press plan.assign': 'shows whose an action would be, asks nothing and changes nothing',
  'ask previewSurvey': 'shows the card of what is being written, asks nothing and changes nothing',
  'press surveys.tried': 'says that it was a trial, asks nothing and changes nothing',
  'ask useResource': 'counts that something was opened, which once more does no harm, and tells nobody',
  'ask checkServer': 'looks, keeps nothing and tells nobody',
  'ask checkCommunity': 'keeps what was found, in one row, and tells nobody',
  'ask readReport': 'reads a file and shows what is in it; what is noted of it is asked for next',
  'ask publishCharter': 'reads the charter, then puts a file there, whole, and tells nobody',
};

/** The second attempt comes a second later; its moment then reads like that of the first. */
const second = 1000;
function at(first: Date, state: object): unknown {
  const later = new Date(first.getTime() + second);
  return JSON.parse(JSON.stringify(state, shown).replaceAll(later.toISOString(), first.toISOString()));
}
function shown(_name: string, value: unknown): unknown {
  return value instanceof Set ? [...value] : value;
}

async function endOf({ later, matters }: Scene, world: World): Promise<object> {
  await later?.(world);
  return (matters ?? stateOf)(world);
}

function stateOf(world: World): Promise<object> {
  return world.state();
}

async function undisturbed(scene: Scene): Promise<{ readonly state: unknown; readonly changed: boolean }> {
  const world = await createWorld();
  const act = await scene.prepare(world);
  const first = world.clock.now();
  const before = JSON.stringify(await (scene.matters ?? stateOf)(world), shown);
  await act();
  const changed = JSON.stringify(await (scene.matters ?? stateOf)(world), shown) !== before;
  return { state: at(first, await endOf(scene, world)), changed };
}

/** What becomes of it when a call breaks, and it is done again; undefined when there is no such call. */
async function disturbed(scene: Scene, call: number, way: Way): Promise<{ name: string; state: unknown } | undefined> {
  const world = await createWorld();
  const act = await scene.prepare(world);
  const first = world.clock.now();

  world.breakAt(call, way);
  const failed = (await problemOf(act)) !== null;
  await world.settled();
  const name = world.mend();
  if (name === undefined) return undefined;

  world.clock.moveTo(new Date(first.getTime() + second).toISOString());
  // Whoever was told that all is well does not press again.
  const again = failed ? await problemOf(act) : null;
  return { name, state: again ?? at(first, await endOf(scene, world)) };
}

async function problemOf(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return String(error);
  }
}

/** Where the two are not the same: a line for each message and each row, with the first place in it. */
function differences(expected: unknown, found: unknown, places: readonly string[] = []): readonly string[] {
  if (isDeepStrictEqual(expected, found)) return [];
  if (!isRecord(expected) || !isRecord(found))
    return [`${places.join(' / ') || 'all'} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`];
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  const all = [...names].flatMap(name => differences(expected[name], found[name], [...places, name]));
  return places.length < 2 ? all : all.slice(0, 1);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

test.each(scenes.map(scene => [scene.of, scene.when, scene] as const))(
  '%s, when %s: broken anywhere and done again, it tells everybody once',
  async (_of, _when, scene) => {
    const { state: expected, changed } = await undisturbed(scene);
    expect(changed).toBe(!scene.onlyShows);

    const wrong: string[] = [];
    let call = 1;
    for (
      let broken = await disturbed(scene, call, 'refused');
      broken;
      broken = await disturbed(scene, call, 'refused')
    ) {
      const { name } = broken;
      for (const way of waysOf(name)) {
        const after = way === 'refused' ? broken : await disturbed(scene, call, way);
        const found = differences(expected, after?.state);
        wrong.push(...found.map(difference => `call ${call}, ${name}, ${way}: ${difference}`));
      }
      call += 1;
    }

    expect(call).toBeGreaterThan(1);
    expect(wrong).toEqual([]);
  },
);

test('every job, button, dialog, event and change has its scene', async () => {
  const world = await createWorld();
  const changing = Object.entries(api).filter(([, { method }]: [string, AnyEndpoint]) => method !== 'GET');
  const existing = [
    ...world.features.flatMap(({ name, jobs = [], actions = {}, messageActions = {}, events = {} }) => [
      ...jobs.map(job => `job ${job.name}`),
      ...Object.keys(actions).map(verb => `press ${name}.${verb}`),
      ...Object.keys(messageActions).map(dialog => `submit ${name}.${dialog}`),
      ...Object.keys(events).map(event => `event ${event}`),
    ]),
    ...changing.map(([name]) => `ask ${name}`),
  ];

  const covered = [...scenes.map(({ of }) => of), ...Object.keys(others)];

  expect([...new Set(covered)].toSorted()).toEqual([...new Set(existing)].toSorted());
});
