import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createRateLimiter, tenantLimit } from '../../../bot/messages/rate-limiter.ts';
import { databaseClock } from '../../../bot/messages/slot-line.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';
import { mostIn } from '../../support/windows.ts';

const database = createEngines();
afterAll(() => database.stop());

describe.each(engines)('the rate limiter on %s', engine => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await database.open(engine);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.database.db.updateTable('pace').set({ free_at: 0, slower: 0, slowed_at: 0 }).execute();
  });

  test.each([[1], [2], [3]])(
    'keeps to the rate that Teams allows with %i servers, also when one stalls',
    async servers => {
      const limiters = Array.from({ length: servers }, () => createRateLimiter({ db: opened.database.db }));
      const left: number[] = [];
      async function call(index: number): Promise<void> {
        await limiters[index % servers]?.waitForSlot();
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
    const limiter = createRateLimiter({ db: opened.database.db, perSecond: 20 });
    async function line() {
      return opened.database.db
        .selectFrom('pace')
        .select(['free_at', sql<number>`${sql.raw(databaseClock)}`.as('now')])
        .executeTakeFirstOrThrow();
    }
    await limiter.waitForSlot();
    const before = await line();

    const began = performance.now();
    for (let answers = 0; answers < 10; answers++) limiter.countAnswer();
    const answered = performance.now() - began;
    const room = await eventually('the room that ten need', async () => {
      const { free_at } = await line();
      return free_at >= before.free_at + 10 * 50 && free_at;
    });
    await limiter.waitForSlot();

    expect(answered).toBeLessThan(300);
    // What the guess of the shared clock may be wrong by.
    expect((await line()).now).toBeGreaterThan(room - 50);
  });

  test('when Teams asks to wait, every call waits so long, on every server', async () => {
    const [one, other] = [createRateLimiter({ db: opened.database.db }), createRateLimiter({ db: opened.database.db })];
    await one.waitForSlot();

    const began = performance.now();
    await one.pause(700);
    await Promise.all([one.waitForSlot(), other.waitForSlot()]);

    expect(performance.now() - began).toBeGreaterThanOrEqual(690);
    expect(one.expectedWait()).toBeLessThan(100);
  });

  test('when Teams said "too many", calls stand further apart; what is heard in one moment counts once', async () => {
    const limiter = createRateLimiter({ db: opened.database.db, perSecond: 20 });

    await Promise.all([limiter.pause(0), limiter.pause(0), limiter.pause(0)]);

    expect(await opened.database.db.selectFrom('pace').select('slower').executeTakeFirst()).toEqual({ slower: 0.01 });
  });

  test('without a limit no call waits', async () => {
    const limiter = createRateLimiter({ db: opened.database.db, perSecond: Infinity });

    const began = performance.now();
    await Promise.all(Array.from({ length: 1000 }, () => limiter.waitForSlot()));

    expect([performance.now() - began < 500, limiter.expectedWait()]).toEqual([true, 0]);
  });
});
