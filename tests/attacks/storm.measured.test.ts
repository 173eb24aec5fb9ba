import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import type { User } from '../../infra/local/directory.ts';
import { howMany, rest } from './support/intensity.ts';
import { addressAt, type Answer } from './support/send.ts';
import { pressOf, startTarget, troublesIn, type Target } from './support/target.ts';
import { percentile } from './support/percentile.ts';
import { startWork, type Noticed, type Worker } from './support/work.ts';

/**
 * One member of one community has a loop in their tab, and another presses a button without end: twenty times a second
 * each, with SharePoint's limits as they are. Five others in two communities work on.
 */
let target: Target;
let readers: readonly Answer[];
let pressers: readonly Answer[];
let undisturbed: readonly Noticed[];
let noticed: readonly Noticed[];
const seconds = howMany({ short: 10, long: 120 });
const aSecond = 20;

beforeAll(async () => {
  target = await startTarget({ graphUnitsAMinute: 1250, others: 2 });
  const [first, second] = target.communities;
  const [another, colleague] = first.others as [User, User];
  const workers: readonly Worker[] = [
    ...[first.coordinator, colleague, first.owner].map((who, index) => ({
      who,
      community: first,
      from: addressAt(index),
    })),
    ...[second.member, second.coordinator].map((who, index) => ({
      who,
      community: second,
      from: addressAt(10 + index),
    })),
  ];
  undisturbed = await Promise.all(workers.map(worker => startWork(target, worker, 50).stop()));
  const works = workers.map(worker => startWork(target, worker, 500));

  [readers, pressers] = await Promise.all([
    storm(first.member, (from, turn) =>
      turn % 2 === 0
        ? target.ask(first.member, api.overview, { community: first, from })
        : target.ask(first.member, api.stepDown, { community: first, params: { role: 'critical-friends' }, from }),
    ),
    storm(another, from =>
      target.deliver(another, pressOf('facilitation.refresh', { community: first.team.id, week: '2026-11-16' }), {
        community: first,
        from,
      }),
    ),
  ]);
  noticed = await Promise.all(works.map(work => work.stop()));
}, 240_000);
afterAll(() => target?.stop());

/** Asks so often a second whatever comes back, as a loop does; on a slow machine until it has asked as much. */
async function storm({ id }: User, ask: (from: string, turn: number) => Promise<Answer>): Promise<readonly Answer[]> {
  const from = addressAt(2000 + Number(id.slice(-6)));
  const answers: Promise<Answer>[] = [];
  const began = Date.now();
  while (Date.now() - began < seconds * 1000 || answers.length < seconds * aSecond * 0.9) {
    answers.push(ask(from, answers.length));
    await rest(1000 / aSecond - ((Date.now() - began) % (1000 / aSecond)));
  }
  return Promise.all(answers);
}

const p95 = (all: readonly Noticed[]): number =>
  percentile(
    all.flatMap(({ took }) => took),
    95,
  );

test('five others in two communities notice nothing', () => {
  expect(noticed.map(({ refusals }) => refusals)).toEqual([[], [], [], [], []]);
  // What a machine that does other things besides takes without a storm is not the storm's.
  const slowed = Math.max(...noticed.map(one => one.slowed));
  expect(p95(noticed) / slowed).toBeLessThan(Math.max(300, 3 * p95(undisturbed)));
});

test('the member whose tab has a loop is told when to come back, and answered until then', () => {
  // A machine that is busy with other things loses a connection now and then.
  const lost = readers.filter(({ status }) => status === 0);
  const refused = readers.filter(({ status }) => status !== 200 && status !== 0);

  expect(lost.length).toBeLessThanOrEqual(readers.length / 100);
  expect([...new Set(refused.map(({ status }) => status))]).toEqual([429]);
  expect(refused.filter(({ headers }) => !(Number(headers['retry-after']) >= 1)).length).toBe(0);
  expect(readers.filter(({ status }) => status === 200).length).toBeGreaterThan(50);
});

test('whoever presses without end reads that it is too much, and is answered until then', () => {
  const bodies = pressers.map(({ body }) => JSON.parse(body) as { statusCode: number; type: string; value: unknown });

  expect([...new Set(pressers.map(({ status }) => status))]).toEqual([200]);
  expect([...new Set(bodies.map(({ statusCode }) => statusCode))]).toEqual([200]);
  const tooMuch = bodies.filter(
    ({ value }) =>
      typeof value === 'string' && /too (many|much|often|quick)|slow down|\d+ seconds|a moment|a minute/i.test(value),
  );
  expect({ some: tooMuch.length > 0, all: tooMuch.length === bodies.length }).toEqual({ some: true, all: false });
});

test('and the log says so in a few lines, not in one for each request', () => {
  expect({ crashes: target.crashes, troubles: troublesIn(target.log) }).toEqual({ crashes: [], troubles: [] });
  // On a machine that does other things besides, presses that were answered took long, and each says so.
  const lines = target.log.filter(({ msg }) => msg !== 'a pressed button takes long');
  expect(lines.length).toBeLessThan(20);
});
