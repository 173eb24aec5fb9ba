import { describe, expect, test } from '@jest/globals';
import { createRestDays } from '../../../bot/shared/rest-days.ts';
import { isOpenDay } from '../../../domain/attention/open-days.ts';
import { community, settings } from '../../support/feature-parts.ts';

const restDays = createRestDays();

test.each<[string, string | null, string, string | null, string]>([
  ['GB', 'ENG', '2026-12-28', 'Boxing Day', 'a holiday on a Saturday is made up for'],
  ['GB', 'SCT', '2027-08-30', null, 'a holiday of another part of the country'],
  ['GB', 'ENG', '2027-08-30', 'Summer bank holiday', 'the same in its own'],
  ['GB', 'ELSEWHERE', '2026-12-25', 'Christmas Day', 'a part that is not known: the country'],
  ['DE', 'BY', '2027-01-06', 'Epiphany', 'in English, wherever it is'],
  ['TR', null, '2027-03-11', 'End of Ramadan (Eid al-Fitr)', 'the last of several days'],
  ['CN', null, '2027-03-08', null, 'half a holiday, from noon on'],
  ['US', null, '2026-11-11', 'Veterans Day', 'a public holiday'],
  ['ZZ', null, '2026-12-25', null, 'a country that nothing is known of'],
])('in %s %s, %s is %s: %s', async (code, region, day, title) => {
  const [found = null] = await restDays.holidays({ code, region }, { from: day, to: day });

  expect(found?.title ?? null).toBe(title);
});

test('days come in order, each once, over the turn of a year', async () => {
  const found = await restDays.holidays({ code: 'GB', region: null }, { from: '2026-12-20', to: '2027-01-31' });

  expect(found.map(({ day }) => day)).toEqual(['2026-12-25', '2026-12-26', '2026-12-28', '2027-01-01']);
});

describe('a community', () => {
  test.each<[string, boolean, string]>([
    ['2026-12-28', false, 'a holiday of its country'],
    ['2026-12-29', true, 'the day after'],
    ['2026-12-26', false, 'a Saturday'],
  ])('%s is open: %s, %s', async (day, expected) => {
    const here = community({ settings: settings({ country: { code: 'GB', region: 'ENG' } }) });

    expect(isOpenDay(day, await restDays.of(here))).toBe(expected);
  });

  test('that named no country has no holidays', async () => {
    expect(isOpenDay('2026-12-25', await restDays.of(community()))).toBe(true);
  });
});

test.each([
  ['Europe/London', ['GB']],
  ['UTC', []],
])('in %s lie the countries %j', async (zone, countries) => {
  expect(await restDays.countriesIn(zone)).toEqual(countries);
});

test('knows the countries, and the parts that have holidays of their own', async () => {
  expect(await restDays.countries()).toEqual(expect.arrayContaining(['GB', 'DE', 'IN']));
  expect(await restDays.regionsOf('GB')).toContainEqual({ code: 'SCT', name: 'Scotland' });
  expect(await restDays.regionsOf('ZZ')).toEqual([]);
});
