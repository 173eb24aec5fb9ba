import { expect, test } from '@jest/globals';
import { allZones, matchZones, showZone } from '../../../../tabs/features/settings/zones.ts';

const zones = ['America/New_York', 'America/North_Dakota/Center', 'Europe/London', 'Europe/York_Moor', 'UTC'];

test.each([
  { reason: 'a city', typed: 'london', found: ['Europe/London'] },
  { reason: 'two words as people write them', typed: 'New York', found: ['America/New_York'] },
  { reason: 'as it is shown', typed: 'America / New York', found: ['America/New_York'] },
  {
    reason: 'a city before a zone that merely contains the word',
    typed: 'york',
    found: ['Europe/York_Moor', 'America/New_York'],
  },
  { reason: 'nothing fits', typed: 'atlantis', found: [] },
])('finds a zone by $reason', ({ typed, found }) => {
  expect(matchZones(zones, typed, 10)).toEqual(found);
});

test('shows no more than one can look through', () => {
  expect(matchZones(zones, '', 2)).toEqual(['America/New_York', 'America/North_Dakota/Center']);
});

test('the zone in use is among them, even under an older name', () => {
  expect(allZones(['Asia/Kolkata', 'Europe/London'], 'Asia/Calcutta')).toEqual([
    'Asia/Calcutta',
    'Asia/Kolkata',
    'Europe/London',
    'UTC',
  ]);
});

test('a zone reads like words', () => {
  expect(showZone('America/North_Dakota/New_Salem')).toBe('America / North Dakota / New Salem');
});
