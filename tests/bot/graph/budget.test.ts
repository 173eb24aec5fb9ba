import { describe, expect, test } from '@jest/globals';
import { createBudget, shareOf, type Purchase } from '../../../bot/graph/budget.ts';

function call(units: number, choices: Partial<Purchase> = {}): Purchase {
  return { scope: 'sites/a', units, urgent: true, ...choices };
}

describe('the share of all units up to which a call may go', () => {
  test.each([
    { own: 0, scopes: 0, urgent: true, share: 1, reason: 'a site that has spent nothing may have the last unit' },
    { own: 0, scopes: 0, urgent: false, share: 0.8, reason: 'background work leaves a fifth to people' },
    { own: 499, scopes: 1, urgent: true, share: 0.75, reason: 'one site alone, beyond half, leaves a quarter' },
    { own: 498, scopes: 1, urgent: true, share: 1, reason: 'one site alone, up to half' },
    { own: 499, scopes: 1, urgent: false, share: 0.6, reason: 'both at once' },
    { own: 58, scopes: 99, urgent: true, share: 1, reason: 'sixty units are little, however many sites ask' },
    { own: 59, scopes: 99, urgent: true, share: 0.75, reason: 'sixty-one are not' },
  ])('$own spent, $scopes sites, urgent $urgent: $share ($reason)', ({ own, scopes, urgent, share }) => {
    expect(shareOf({ units: 2, urgent }, { own, scopes, unitsAMinute: 1000 })).toBeCloseTo(share);
  });
});

describe('a minute', () => {
  test('what was spent is over after sixty seconds, and not before', () => {
    const budget = createBudget(100);
    budget.spend(call(60), 0);

    budget.forget(59_999);
    const before = [budget.spentBy('sites/a'), budget.isAffordable(call(50)), budget.affordableAt(call(50))];
    budget.forget(60_000);
    const after = [budget.spentBy('sites/a'), budget.isAffordable(call(50)), budget.affordableAt(call(50))];

    expect([before, after]).toEqual([
      [60, false, 60_000],
      [0, true, 0],
    ]);
  });

  test('a call waits for as much to be over as it costs, and no longer', () => {
    const budget = createBudget(10);
    for (const at of [0, 1000, 2000, 3000, 4000]) budget.spend(call(2), at);

    expect([budget.affordableAt(call(2)), budget.affordableAt(call(4)), budget.changesAt()]).toEqual([
      60_000,
      61_000,
      [60_000],
    ]);
  });

  test('a call that costs more than there is goes when nothing else was spent', () => {
    expect(createBudget(3).isAffordable(call(5))).toBe(true);
  });

  test('a call that costs nothing always goes', () => {
    const budget = createBudget(2);
    budget.spend(call(2), 0);

    expect([budget.isAffordable(call(0)), budget.affordableAt(call(0))]).toEqual([true, 0]);
  });

  test('each scope has its own sum', () => {
    const budget = createBudget(100);
    budget.spend(call(2), 0);
    budget.spend(call(5, { scope: 'sites/b' }), 0);

    expect([budget.spentBy('sites/a'), budget.spentBy('sites/b'), budget.spentShare()]).toEqual([2, 5, 0.07]);
  });
});

describe('what Microsoft 365 reports', () => {
  test('counts where it is more than we count, until its window ends', () => {
    const budget = createBudget(1000);
    budget.report({ limit: 100, until: 30_000, used: 96 });

    budget.forget(29_999);
    const before = [budget.isAffordable(call(4)), budget.isAffordable(call(5)), budget.affordableAt(call(5))];
    const share = budget.spentShare();
    budget.forget(30_000);

    expect({ before, share }).toEqual({ before: [true, false, 30_000], share: 0.96 });
    expect([budget.isAffordable(call(5)), budget.spentShare()]).toEqual([true, 0]);
  });

  test('what is spent after it comes on top', () => {
    const budget = createBudget(1000);
    budget.report({ limit: 100, until: 30_000, used: 96 });
    budget.spend(call(4), 1000);

    expect(budget.isAffordable(call(1))).toBe(false);
  });
});
