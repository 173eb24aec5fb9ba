import { expect, test } from '@jest/globals';
import type { Settings } from '../../../../domain/community.ts';
import { changedFields, mergeSettings, takeField } from '../../../../tabs/features/settings/changes.ts';

const ada = { id: 'ada', name: 'Ada' };
const ben = { id: 'ben', name: 'Ben' };
const base: Settings = {
  timeZone: 'Europe/London',
  coordinators: [ada],
  facilitation: { day: 1, time: '09:00', facilitators: [ada, ben], destination: 'chats' },
};
const at = (time: string): Settings => ({ ...base, facilitation: { ...base.facilitation, time } });

test('different settings changed by two people are put together', () => {
  const merged = mergeSettings(base, at('10:00'), { ...base, timeZone: 'Asia/Kolkata', coordinators: [ada, ben] });

  expect(merged).toEqual({
    settings: { ...at('10:00'), timeZone: 'Asia/Kolkata', coordinators: [ada, ben] },
    theirs: ['timeZone', 'coordinators'],
    clashes: [],
  });
});

test('the same setting changed by two people waits for a choice', () => {
  expect(mergeSettings(base, at('10:00'), at('15:00'))).toEqual({
    settings: at('10:00'),
    theirs: [],
    clashes: ['time'],
  });
});

test('the same change made by two people is no clash', () => {
  expect(mergeSettings(base, at('10:00'), at('10:00'))).toEqual({ settings: at('10:00'), theirs: [], clashes: [] });
});

test('two people who set a community up at once choose wherever they differ', () => {
  expect(mergeSettings(null, at('10:00'), base).clashes).toEqual(['time']);
});

test('what nobody has chosen stays unchosen, and counts as what is usual', () => {
  const chosen: Settings = { ...base, digest: { sponsor: 'quarterly', members: 'off' }, surveys: { perMonth: 2 } };

  expect(changedFields(base, chosen)).toEqual([]);
  expect(mergeSettings(base, at('10:00'), base).settings).toEqual(at('10:00'));
});

test.each<[Partial<Settings>, Partial<Settings>, Partial<Settings>, readonly string[], readonly string[], string]>([
  [
    { digest: { sponsor: 'monthly', members: 'off' } },
    { digest: { sponsor: 'quarterly', members: 'monthly' } },
    { digest: { sponsor: 'monthly', members: 'monthly' } },
    ['memberDigest'],
    [],
    'one rhythm each',
  ],
  [
    { digest: { sponsor: 'monthly', members: 'off' } },
    { digest: { sponsor: 'off', members: 'off' } },
    { digest: { sponsor: 'monthly', members: 'off' } },
    [],
    ['sponsorDigest'],
    'the same rhythm',
  ],
  [
    {},
    { digest: { sponsor: 'off', members: 'monthly' } },
    { digest: { sponsor: 'off', members: 'monthly' } },
    ['sponsorDigest', 'memberDigest'],
    [],
    'they chose first',
  ],
  [
    { surveys: { perMonth: 1 } },
    { digest: { sponsor: 'off', members: 'off' } },
    { digest: { sponsor: 'off', members: 'off' }, surveys: { perMonth: 1 } },
    ['sponsorDigest'],
    [],
    'the digest by one, the surveys by the other',
  ],
  [{}, { surveys: { perMonth: 4 } }, { surveys: { perMonth: 4 } }, ['perMonth'], [], 'only they changed the surveys'],
  [
    { surveys: { perMonth: 1 } },
    { surveys: { perMonth: 4 } },
    { surveys: { perMonth: 1 } },
    [],
    ['perMonth'],
    'both changed the surveys',
  ],
  [
    { quiet: [{ from: '2026-12-24', to: '2026-12-31', title: 'Closed' }] },
    { country: { code: 'GB', region: null } },
    { country: { code: 'GB', region: null }, quiet: [{ from: '2026-12-24', to: '2026-12-31', title: 'Closed' }] },
    ['country'],
    [],
    'the quiet days by one, the country by the other',
  ],
  [
    { country: { code: 'GB', region: 'ENG' } },
    { country: { code: 'GB', region: 'SCT' } },
    { country: { code: 'GB', region: 'ENG' } },
    [],
    ['country'],
    'both chose a country',
  ],
])('%#: digests, surveys and days off are put together too: %s', (mine, current, merged, theirs, clashes, _reason) => {
  expect(mergeSettings(base, { ...base, ...mine }, { ...base, ...current })).toEqual({
    settings: { ...base, ...merged },
    theirs,
    clashes,
  });
});

test.each<[Partial<Settings['facilitation']>, Partial<Settings['facilitation']>, object, readonly string[], string]>([
  [{ size: 'light' }, { from: '2026-12-07' }, { size: 'light', from: '2026-12-07' }, ['from'], 'a size and a pause'],
  [{}, { mornings: [ada] }, { mornings: [ada] }, ['mornings'], 'somebody wants a line'],
  [{ time: '10:00' }, { size: 'bare' }, { time: '10:00', size: 'bare' }, ['size'], 'the hour and the size'],
])('%#: the rhythm of the week is put together too: %s', (mine, current, merged, theirs, _reason) => {
  const week = (part: object): Settings => ({ ...base, facilitation: { ...base.facilitation, ...part } });

  expect(mergeSettings(base, week(mine), week(current))).toEqual({ settings: week(merged), theirs, clashes: [] });
});

test('people are the same in another order and under another name', () => {
  const reordered: Settings = {
    ...base,
    facilitation: { ...base.facilitation, facilitators: [{ ...ben, name: 'Benjamin' }, ada] },
  };

  expect(changedFields(base, reordered)).toEqual([]);
});

test('one field can be taken over', () => {
  expect(takeField('time', base, { ...at('15:00'), timeZone: 'UTC' })).toEqual(at('15:00'));
});
