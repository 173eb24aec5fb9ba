import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import {
  callsThatCount,
  clock,
  createPace,
  isBusyThread,
  tenantLimit,
  threadFreeAt,
  threadWindows,
} from '../../../bot/messages/rate-limiter.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';

const database = createEngines();
afterAll(() => database.stop());

/** The most moments that any window of this length holds. */
function mostIn(moments: readonly number[], milliseconds: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let [most, first] = [0, 0];
  sorted.forEach((moment, index) => {
    while (moment - (sorted[first] ?? 0) >= milliseconds) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

describe.each(engines)('the pace on %s', engine => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await database.open(engine);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.database.db.updateTable('pace').set({ free_at: 0, slower: 0, slowed_at: 0 }).execute();
  });

  test.each([[1], [2], [3]])(
    'keeps to the pace that Teams allows with %i servers, also when one stalls',
    async servers => {
      const paces = Array.from({ length: servers }, () => createPace({ db: opened.database.db }));
      const left: number[] = [];
      async function call(index: number): Promise<void> {
        await paces[index % servers]?.turn();
        left.push(performance.now());
        // Now and then a server stalls, as servers do.
        if (index % 40 === 39) for (const end = performance.now() + 60; performance.now() < end; );
      }

      const began = performance.now();
      await Promise.all(Array.from({ length: 150 }, (_, index) => call(index)));
      const seconds = (performance.now() - began) / 1000;

      // Each server guesses the shared clock to some milliseconds, on a busy machine to more, so two neighbouring
      // seconds may share their calls unevenly; all of them together are never faster than Teams allows, whatever the
      // machine does.
      expect(seconds).toBeGreaterThan((left.length - 1) / tenantLimit.calls);
      expect(mostIn(left, tenantLimit.seconds * 1000)).toBeLessThanOrEqual(tenantLimit.calls * 1.5);
      // Three seconds at Teams' own limit. How little is wasted is for the benchmark; here nothing may hang.
      expect(seconds).toBeLessThan(30);
    },
  );

  test('answers to people leave at once, and the others make room', async () => {
    const pace = createPace({ db: opened.database.db, perSecond: 20 });
    await pace.turn();

    const began = performance.now();
    for (let answers = 0; answers < 10; answers++) pace.answering();
    const answered = performance.now() - began;
    await eventually(
      'the room they need',
      async () =>
        (
          await opened.database.db
            .selectFrom('pace')
            .select(sql<boolean>`free_at > ${sql.raw(clock)} + 200`.as('room'))
            .executeTakeFirst()
        )?.room,
    );
    await pace.turn();

    expect(answered).toBeLessThan(300);
    expect(performance.now() - began).toBeGreaterThan(300);
  });

  test('when Teams asks to wait, everybody waits so long, on every server', async () => {
    const [one, other] = [createPace({ db: opened.database.db }), createPace({ db: opened.database.db })];
    await one.turn();

    const began = performance.now();
    await one.pause(700);
    await Promise.all([one.turn(), other.turn()]);

    expect(performance.now() - began).toBeGreaterThanOrEqual(690);
    expect(one.ahead()).toBeLessThan(100);
  });

  test('when Teams said "too many", calls stand further apart; what is heard in one moment counts once', async () => {
    const pace = createPace({ db: opened.database.db, perSecond: 20 });

    await Promise.all([pace.pause(0), pace.pause(0), pace.pause(0)]);

    expect(await opened.database.db.selectFrom('pace').select('slower').executeTakeFirst()).toEqual({ slower: 0.01 });
  });

  test('without a limit nobody waits', async () => {
    const pace = createPace({ db: opened.database.db, perSecond: Infinity });

    const began = performance.now();
    await Promise.all(Array.from({ length: 1000 }, () => pace.turn()));

    expect([performance.now() - began < 500, pace.ahead()]).toEqual([true, 0]);
  });
});

describe('a thread', () => {
  /** Calls so many milliseconds ago, oldest first. */
  const ago = (...milliseconds: number[]): number[] => milliseconds.map(each => -each);
  const times = (count: number, every: number, last: number): number[] =>
    Array.from({ length: count }, (_, index) => -last - (count - 1 - index) * every);

  test.each<[string, readonly number[], number]>([
    ['nobody has called', [], -Infinity],
    ['six in a second leave room for one', times(6, 10, 0), -Infinity],
    ['seven in a second do not, until the first is a second old', times(7, 10, 0), 940],
    ['eight in two seconds do not either', times(8, 200, 0), 600],
    ['sixty in half a minute', times(60, 490, 0), 1090],
    ['the slowest window decides', [...times(53, 400, 2000), ...times(7, 10, 0)], 7200],
  ])('is free again: %s', (_reason, calls, expected) => {
    expect(threadFreeAt(calls)).toBe(expected);
  });

  test('never holds more calls in any window than Teams allows, and waits no longer than it must', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 150 }), pauses => {
        const made: number[] = [];
        let [now, kept] = [0, [] as number[]];
        for (const pause of pauses) {
          const wanted = now + pause;
          now = Math.max(wanted, threadFreeAt(kept));
          // Whoever had to wait could not have gone a moment earlier.
          if (now > wanted)
            expect(
              threadWindows.some(
                window => made.filter(call => call > now - 1 - window.milliseconds).length >= window.calls,
              ),
            ).toBe(true);
          made.push(now);
          kept = callsThatCount([...kept, now], now);
        }
        for (const window of threadWindows) expect(mostIn(made, window.milliseconds)).toBeLessThanOrEqual(window.calls);
      }),
    );
  });

  test.each<[string, readonly number[], boolean]>([
    ['a card a day is not what Teams means', [], false],
    ['one call a moment ago neither', ago(10), false],
    ['half of what two seconds allow may be', times(4, 100, 0), true],
    ['half of what half a minute allows', times(30, 500, 0), true],
  ])('may be what Teams finds too busy: %s', (_reason, calls, expected) => {
    expect(isBusyThread(calls, 0)).toBe(expected);
  });

  test('forgets what counts no more', () => {
    expect(callsThatCount([-3_600_001, -3_599_999, -1], 0)).toEqual([-3_599_999, -1]);
  });
});
