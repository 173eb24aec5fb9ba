import { expect, test } from '@jest/globals';
import type { Settings } from '../../../../domain/community.ts';
import { fields, type FieldName } from '../../../../tabs/features/settings/changes.ts';
import { showField } from '../../../../tabs/features/settings/show-field.ts';

const ada = { id: 'ada', name: 'Ada' };
const settings: Settings = {
  timeZone: 'America/New_York',
  coordinators: [ada, { id: 'ben', name: 'Ben' }],
  facilitation: {
    day: 1,
    time: '09:00',
    facilitators: [],
    destination: 'chats',
    size: 'light',
    from: '2026-12-07',
    mornings: [ada],
  },
  surveys: { perMonth: 3 },
  country: { code: 'GB', region: 'SCT' },
  quiet: [{ from: '2026-12-24', to: '2026-12-31', title: 'Closed' }],
};
/** Names the sentence, so that what is compared is which one was taken. */
const t = (key: string, values: object = {}): string => [key, ...Object.values(values)].join(' ');

test.each<[FieldName, string]>([
  ['timeZone', 'America / New York'],
  ['coordinators', 'Ada and Ben'],
  ['day', 'Monday'],
  ['time', '09:00'],
  ['facilitators', 'nobody'],
  ['destination', 'destination.chats'],
  ['size', 'size.light 120'],
  ['from', '7 December 2026'],
  ['mornings', 'Ada'],
  ['sponsorDigest', 'rhythm.quarterly'],
  ['memberDigest', 'rhythm.off'],
  ['perMonth', 'perMonth 3'],
  ['country', 'United Kingdom (SCT)'],
  ['quiet', 'off.named off.until Thu 24 Dec Thu 31 Dec Closed'],
])('%s reads “%s”', (field, expected) => {
  expect(showField(field, settings, { t, locale: 'en-GB' })).toBe(expected);
});

test('every field can be shown', () => {
  expect(fields.filter(field => showField(field, settings, { t, locale: 'en-GB' }) === '')).toEqual([]);
});
