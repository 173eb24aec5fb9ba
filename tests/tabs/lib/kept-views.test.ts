import { describe, expect, test } from '@jest/globals';
import { createKeptViews, keptDays } from '../../../tabs/lib/kept-views.ts';
import { memoryStorage } from '../memory-storage.ts';

const day = 86_400_000;
const ada = { whose: 'ada', language: 'en', version: '1.2.0' };
const plan = '/api/communities/team-1/plan';

function kept(storage: Storage, whose: Partial<Parameters<typeof createKeptViews>[0]> = {}) {
  return createKeptViews({ storage: () => storage, ...ada, now: () => 100 * day, ...whose });
}

function withPlan(): Storage {
  const storage = memoryStorage();
  kept(storage).keep(plan, { actions: [] });
  return storage;
}

test('the last view is found again, with when it was read', () => {
  expect(kept(withPlan()).find(plan)).toEqual({ answer: { actions: [] }, at: 100 * day });
});

describe('nothing is left for', () => {
  test.each([
    ['another person in the same browser', { whose: 'ben' }],
    ['a page that does not know who looks', { whose: null }],
    ['another language', { language: 'de' }],
    ['another version of the app', { version: '1.3.0' }],
    ['somebody who comes back after more than a week', { now: () => (100 + keptDays) * day + 1 }],
    ['a clock that was set back', { now: () => 99 * day }],
  ])('%s', (_who, whose) => {
    const storage = withPlan();

    expect(kept(storage, whose).find(plan)).toBeNull();
    expect(storage.length).toBe(0);
  });
});

test('a community is forgotten, and no other', () => {
  const storage = withPlan();
  kept(storage).keep('/api/communities/team-1', {});
  kept(storage).keep('/api/communities/team-2/plan', {});

  kept(storage).forget('/api/communities/team-1');

  expect(storage.length).toBe(1);
  expect(kept(storage).find('/api/communities/team-2/plan')).not.toBeNull();
});

test('drafts and whatever else the browser holds are left alone', () => {
  const storage = withPlan();
  storage.setItem('cop-companion.draft/team-1/ada/plan', 'typed');

  kept(storage, { whose: 'ben' });

  expect([storage.length, storage.getItem('cop-companion.draft/team-1/ada/plan')]).toEqual([1, 'typed']);
});

test('the oldest make room for what is new, and what would never fit is not kept', () => {
  const storage = memoryStorage();
  for (const [index, name] of ['one', 'two', 'three'].entries())
    kept(storage, { now: () => (90 + index) * day }).keep(`/${name}`, 'x'.repeat(300_000));

  kept(storage, { now: () => 93 * day }).keep('/four', 'x'.repeat(300_000));
  kept(storage, { now: () => 93 * day }).keep('/five', 'x'.repeat(1_100_000));

  const now = kept(storage, { now: () => 93 * day });
  expect(['/one', '/two', '/three', '/four', '/five'].filter(address => now.find(address) !== null)).toEqual([
    '/two',
    '/three',
    '/four',
  ]);
});

test('a browser that refuses is no fault', () => {
  const refusing = createKeptViews({
    ...ada,
    storage: () => {
      throw new Error('not here');
    },
  });
  refusing.keep(plan, {});
  refusing.forget('');

  expect(refusing.find(plan)).toBeNull();
});

test('what somebody else wrote there is nothing', () => {
  const storage = withPlan();
  storage.setItem(storage.key(0) ?? '', '{"at":"yesterday"');

  expect(kept(storage).find(plan)).toBeNull();
});
