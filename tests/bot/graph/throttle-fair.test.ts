import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { createGraphThrottle, type GraphThrottle } from '../../../bot/graph/throttle.ts';

/** What communities get of the units when some ask for all of them. Each call takes 50 ms. */
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const unitsAMinute = 1250;

interface Served {
  readonly scope: string;
  readonly units: number;
  readonly asked: number;
  readonly at: number;
}

function ledger(throttle: GraphThrottle) {
  const served: Served[] = [];
  const refused: string[] = [];
  return {
    served,
    refused,
    async ask(scope: string, units = 2, urgent = true): Promise<void> {
      const asked = performance.now();
      await throttle
        .send({ scope, units, urgent }, async () => {
          served.push({ scope, units, asked, at: performance.now() });
          await new Promise(resolve => setTimeout(resolve, 50));
          return new Response('{}');
        })
        .catch(() => void refused.push(scope));
    },
    unitsOf: (scope: string) => served.filter(one => one.scope === scope).reduce((sum, { units }) => sum + units, 0),
  };
}

test('one community alone has three quarters of all units at once', async () => {
  const { ask, unitsOf } = ledger(createGraphThrottle({ unitsAMinute }));
  for (let index = 0; index < 700; index++) void ask('sites/loop');
  await jest.advanceTimersByTimeAsync(19_000);

  expect(unitsOf('sites/loop')).toBeGreaterThan(unitsAMinute * 0.74);
  expect(unitsOf('sites/loop')).toBeLessThanOrEqual(unitsAMinute * 0.75);
});

test('whatever one community asks, four that ask little are answered at once and never refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(
        fc.record({
          after: fc.integer({ min: 0, max: 2500 }),
          scope: fc.constantFrom('sites/a', 'sites/b', 'sites/c', 'sites/d'),
          units: fc.constantFrom(1, 2, 2, 5),
        }),
        { minLength: 20, maxLength: 40 },
      ),
      fc.boolean(),
      async (burst, calls, urgent) => {
        const { ask, served, refused } = ledger(createGraphThrottle({ unitsAMinute }));
        const spent: { scope: string; units: number; at: number }[] = [];
        const loop = setInterval(() => {
          for (let index = 0; index < burst; index++) void ask('sites/loop', 2, urgent);
        }, 50);
        for (const { after, scope, units } of calls) {
          await jest.advanceTimersByTimeAsync(after);
          // Whoever asks little: no more than 60 units a minute.
          const own = spent
            .filter(one => one.scope === scope && one.at > performance.now() - 60_000)
            .reduce((sum, one) => sum + one.units, 0);
          if (own + units > 60) continue;
          spent.push({ scope, units, at: performance.now() });
          void ask(scope, units);
        }
        await jest.advanceTimersByTimeAsync(25_000);
        clearInterval(loop);

        const little = served.filter(({ scope }) => scope !== 'sites/loop');
        expect(refused.filter(scope => scope !== 'sites/loop')).toEqual([]);
        expect(little).toHaveLength(spent.length);
        expect(Math.max(...little.map(({ asked, at }) => at - asked))).toBeLessThanOrEqual(1000);
      },
    ),
    { numRuns: 6 },
  );
});

test('a community that asks as much as people do is not held up by one that had spent nearly all before it came', async () => {
  const { ask, refused, unitsOf } = ledger(createGraphThrottle({ unitsAMinute }));
  for (let index = 0; index < 700; index++) void ask('sites/loop');
  await jest.advanceTimersByTimeAsync(10_000);
  // Some people look around: six units a second.
  for (let second = 0; second < 40; second++) {
    for (let index = 0; index < 3; index++) void ask('sites/people');
    void ask('sites/loop');
    await jest.advanceTimersByTimeAsync(1000);
  }

  expect(refused).not.toContain('sites/people');
  expect(unitsOf('sites/people')).toBe(240);
});

test('communities that all ask for everything get the same from then on, whoever came first', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 30 }), async (many, ahead) => {
      const { ask, unitsOf } = ledger(createGraphThrottle({ unitsAMinute }));
      for (let index = 0; index < ahead; index++) void ask('sites/0');
      await jest.advanceTimersByTimeAsync(1000);
      for (let scope = 0; scope < many; scope++) for (let index = 0; index < 500; index++) void ask(`sites/${scope}`);
      await jest.advanceTimersByTimeAsync(15_000);

      const shares = Array.from({ length: many }, (_one, scope) => unitsOf(`sites/${scope}`));
      // What the first had while nobody else asked, and what six calls at a time may be ahead.
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(2 * ahead + 24);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThanOrEqual(unitsAMinute * 0.74);
    }),
    { numRuns: 8 },
  );
});
