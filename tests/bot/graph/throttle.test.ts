import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Purchase } from '../../../bot/graph/budget.ts';
import { createGraphThrottle, type GraphThrottle } from '../../../bot/graph/throttle.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const site = 'sites/gardeners';

describe('turns', () => {
  test('at most six calls are under way to one site, and sixteen in all', async () => {
    const { call, started, finish } = underway(createGraphThrottle({ unitsAMinute: 10_000 }));
    for (let index = 0; index < 10; index++) call({ scope: 'sites/a' }, `a${index}`);
    for (const other of ['b', 'c', 'd'])
      for (let index = 0; index < 6; index++) call({ scope: `sites/${other}` }, `${other}${index}`);
    await settled();

    const atFirst = [...started];
    await finish('a0');

    expect(atFirst.filter(name => name.startsWith('a'))).toHaveLength(6);
    expect(atFirst).toHaveLength(16);
    expect(started).toHaveLength(17);
  });

  test('a site with much to do does not keep another one waiting', async () => {
    const { call, started, finish } = underway(createGraphThrottle({ unitsAMinute: 10_000 }));
    for (const busy of ['a', 'b', 'c'])
      for (let index = 0; index < 50; index++) call({ scope: `sites/${busy}` }, `${busy}${index}`);
    await settled();
    call({ scope: 'sites/quiet' }, 'quiet');

    for (const name of started.slice(0, 4)) await finish(name);

    expect(started).toContain('quiet');
  });

  test('people go before background work that came first', async () => {
    const { call, started, finish } = underway(createGraphThrottle({ unitsAMinute: 10_000 }));
    for (let index = 0; index < 9; index++) call({ urgent: false }, `job${index}`);
    call({ urgent: true }, 'person');
    await settled();

    await finish('job0');

    expect(started.indexOf('person')).toBe(6);
  });

  test('background work never takes the last places', async () => {
    const { call, started } = underway(createGraphThrottle({ unitsAMinute: 10_000 }));
    for (let index = 0; index < 30; index++) call({ scope: `sites/${index}`, urgent: false }, `job${index}`);
    await settled();

    call({ scope: 'sites/mine' }, 'person');
    await settled();

    expect(started.filter(name => name.startsWith('job'))).toHaveLength(12);
    expect(started).toContain('person');
  });

  test('a call that fails gives its place back', async () => {
    const throttle = createGraphThrottle({ unitsAMinute: 10_000 });
    const failing = Array.from({ length: 20 }, () =>
      throttle.send(asked({}), () => Promise.reject(new Error('reset'))).catch(() => 'failed'),
    );

    expect(await Promise.all(failing)).toEqual(failing.map(() => 'failed'));
    expect((await throttle.send(asked({}), async () => answer(200))).status).toBe(200);
  });

  test('what runs in the background knows it, and what it starts as well', async () => {
    const throttle = createGraphThrottle({ unitsAMinute: 10_000 });

    const inside = await throttle.inBackground(async () => {
      await Promise.resolve();
      return throttle.isBackground();
    });

    expect([inside, throttle.isBackground()]).toEqual([true, false]);
  });
});

describe('units', () => {
  test('who would have to wait for units longer than for a screen is told at once', async () => {
    const throttle = createGraphThrottle({ unitsAMinute: 10 });
    for (let index = 0; index < 5; index++) await throttle.send(asked({ units: 2 }), async () => answer(200));

    const refused = await throttle.send(asked({ units: 2 }), async () => answer(200)).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(45_000);
    const waits = throttle.send(asked({ units: 2 }), async () => answer(200));
    await jest.advanceTimersByTimeAsync(15_000);

    expect(refused).toMatchObject({ code: 'throttled', details: { retryAfter: 60 } });
    expect((await waits).status).toBe(200);
  });

  test('background work waits for the next minute and leaves a fifth to people', async () => {
    const { call, started, finishAll } = underway(createGraphThrottle({ unitsAMinute: 10 }));
    for (let index = 0; index < 6; index++) call({ units: 2, urgent: false }, `job${index}`);
    await finishAll();
    call({ units: 2 }, 'person');
    await finishAll();
    const before = [...started];

    await jest.advanceTimersByTimeAsync(60_000);
    await finishAll();

    expect(before).toEqual(['job0', 'job1', 'job2', 'job3', 'person']);
    expect(started.slice(5)).toEqual(['job4', 'job5']);
  });

  test('what is spent of a minute is told, as counted or as Microsoft 365 says when that is more', async () => {
    const throttle = createGraphThrottle({ unitsAMinute: 10 });
    const before = throttle.spent();
    for (let index = 0; index < 2; index++) await throttle.send(asked({ units: 2 }), async () => answer(200));
    const counted = throttle.spent();
    throttle.observe(
      'sites/a',
      answer(200, { 'ratelimit-limit': '100', 'ratelimit-remaining': '30', 'ratelimit-reset': '30' }),
    );
    const told = throttle.spent();
    await jest.advanceTimersByTimeAsync(30_000);
    const afterwards = throttle.spent();
    await jest.advanceTimersByTimeAsync(30_000);

    expect([before, counted, told, afterwards, throttle.spent()]).toEqual([0, 0.4, 0.7, 0.4, 0]);
  });

  test('Teams’ own calls cost none', async () => {
    const { call, started, finishAll } = underway(createGraphThrottle({ unitsAMinute: 2 }));
    call({ units: 2 }, 'list');
    for (let index = 0; index < 5; index++) call({ units: 0, scope: 'teams/t' }, `member${index}`);
    await finishAll();

    expect(started).toHaveLength(6);
  });

  test('nobody is overlooked, however much time passes between two looks at the clock', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
        async (passes, apart) => {
          let passed = 0;
          const { call, started, finishAll } = underway(
            createGraphThrottle({ unitsAMinute: 10, now: () => performance.now() + (passed += passes) }),
          );
          for (const [index, gap] of apart.entries()) {
            passed += gap;
            call({ units: 2, urgent: false }, `first${index}`);
          }
          await finishAll();
          for (let index = 0; index < 4; index++)
            call({ units: 2, urgent: false, scope: `sites/${index}` }, `second${index}`);

          for (let second = 0; second < 61; second++) await jest.advanceTimersByTimeAsync(1000);

          expect(started).toHaveLength(8);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('whatever is asked in whatever order, no minute costs more than is allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            units: fc.constantFrom(1, 2, 5),
            urgent: fc.boolean(),
            after: fc.integer({ min: 0, max: 9_000 }),
            scope: fc.constantFrom('sites/a', 'sites/b'),
          }),
          { maxLength: 60 },
        ),
        async calls => {
          const throttle = createGraphThrottle({ unitsAMinute: 20 });
          const spent: { at: number; units: number }[] = [];
          const all = [];
          for (const { after, ...call } of calls) {
            await jest.advanceTimersByTimeAsync(after);
            all.push(
              throttle
                .send(call, async () => {
                  spent.push({ at: performance.now(), units: call.units });
                  return answer(200);
                })
                .catch(() => undefined),
            );
          }
          await jest.advanceTimersByTimeAsync(300_000);
          await Promise.all(all);

          for (const { at } of spent)
            expect(
              spent
                .filter(other => other.at > at - 60_000 && other.at <= at)
                .reduce((sum, { units }) => sum + units, 0),
            ).toBeLessThanOrEqual(20);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('what Microsoft 365 says', () => {
  test.each([
    { headers: { 'retry-after': '10' }, elsewhere: true, reason: 'a limit of the site holds up that site' },
    {
      headers: { 'retry-after': '3', 'ratelimit-limit': '1250', 'ratelimit-remaining': '0', 'ratelimit-reset': '10' },
      elsewhere: false,
      reason: 'the app’s own limit holds up everything; the longer wait counts',
    },
  ])('429 with $headers: $reason', async ({ headers, elsewhere }) => {
    const throttle = createGraphThrottle({ unitsAMinute: 10_000 });
    await throttle.send(asked({}), async () => answer(429, headers));
    const { call, started } = underway(throttle);
    call({}, 'here');
    call({ scope: 'sites/other' }, 'there');

    await jest.advanceTimersByTimeAsync(9_900);
    const before = [...started];
    await jest.advanceTimersByTimeAsync(200);

    expect(before).toEqual(elsewhere ? ['there'] : []);
    expect(started.toSorted()).toEqual(['here', 'there']);
  });

  test('who cannot be served in time is told at once how long it takes', async () => {
    const throttle = createGraphThrottle({ unitsAMinute: 10_000 });
    await throttle.send(asked({}), async () => answer(503, { 'retry-after': '90' }));

    const person = await throttle.send(asked({}), async () => answer(200)).catch((error: unknown) => error);
    const job = throttle.send(asked({ urgent: false }), async () => answer(200));
    await jest.advanceTimersByTimeAsync(90_000);

    expect(person).toMatchObject({ code: 'throttled', details: { retryAfter: 90 } });
    expect((await job).status).toBe(200);
  });

  test('when it warns that little is left, only people go on', async () => {
    const throttle = createGraphThrottle({ unitsAMinute: 10_000 });
    await throttle.send(asked({}), async () =>
      answer(200, { 'ratelimit-limit': '1250', 'ratelimit-remaining': '4', 'ratelimit-reset': '30' }),
    );
    const { call, started, finishAll } = underway(throttle);
    call({ units: 2, urgent: false }, 'job');
    for (let index = 0; index < 3; index++) call({ units: 2 }, `person${index}`);
    await finishAll();
    const before = [...started];

    await jest.advanceTimersByTimeAsync(30_000);
    await finishAll();

    expect(before).toEqual(['person0', 'person1']);
    expect(started).toContain('job');
  });

  test('a Retry-After may name a moment', async () => {
    const throttle = createGraphThrottle({ unitsAMinute: 10_000 });
    await throttle.send(asked({}), async () =>
      answer(429, { 'retry-after': new Date(Date.now() + 8_000).toUTCString() }),
    );
    const { call, started } = underway(throttle);
    call({}, 'later');

    await jest.advanceTimersByTimeAsync(5_000);
    const before = [...started];
    await jest.advanceTimersByTimeAsync(4_000);

    expect([before, started]).toEqual([[], ['later']]);
  });
});

function asked(choices: Partial<Purchase>): Purchase {
  return { scope: site, units: 1, urgent: true, ...choices };
}

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response('{}', { status, headers });
}

/** Calls that go on until the test ends them. */
function underway(throttle: GraphThrottle) {
  const started: string[] = [];
  const endings = new Map<string, () => void>();
  async function finish(name: string): Promise<void> {
    endings.get(name)?.();
    endings.delete(name);
    await settled();
  }
  return {
    started,
    finish,
    call(choices: Partial<Purchase>, name: string): void {
      throttle
        .send(asked(choices), () => {
          started.push(name);
          return new Promise(resolve => endings.set(name, () => resolve(answer(200))));
        })
        .catch(() => undefined);
    },
    async finishAll(): Promise<void> {
      await settled();
      while (endings.size > 0) for (const name of [...endings.keys()]) await finish(name);
    },
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
