import type Holidays from 'date-holidays';
import { restOf } from '../../domain/attention/open-days.ts';
import type { Country } from '../../domain/community.ts';
import { addDays } from '../../domain/schedule.ts';
import type { Holiday, RestDays } from '../ports.ts';

type Calendar = typeof Holidays;

/** Of the many kinds that the calendars know (observances, school and bank holidays), the days on which a country rests. */
const types: ['public'] = ['public'];

/** How many years of countries are remembered. */
const mostYears = 500;

/**
 * Public holidays by country from date-holidays, whose rules reach any year. It is loaded when somebody first asks, as
 * most of its weight is in countries that this server may have nobody of.
 */
export function createRestDays(): RestDays {
  const years = new Map<string, readonly Holiday[]>();
  let calendar: Promise<Calendar> | undefined;
  const load = (): Promise<Calendar> => (calendar ??= import('date-holidays').then(module => module.default));

  function yearOf(Calendar: Calendar, country: Country, year: number): readonly Holiday[] {
    const key = `${country.code} ${country.region ?? ''} ${year}`;
    const known = years.get(key) ?? daysOf(calendarOf(Calendar, country), year);
    // People may ask for any region there is not: what they asked for must not fill the memory.
    if (years.size >= mostYears) years.clear();
    years.set(key, known);
    return known;
  }

  return {
    async of({ settings }) {
      const { country } = settings;
      if (!country) return restOf(settings, () => false);
      const Calendar = await load();
      return restOf(settings, day =>
        yearOf(Calendar, country, Number(day.slice(0, 4))).some(holiday => holiday.day === day),
      );
    },
    async holidays(country, { from, to }) {
      const Calendar = await load();
      const first = Number(from.slice(0, 4));
      return Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_none, index) => first + index)
        .flatMap(year => yearOf(Calendar, country, year))
        .filter(({ day }) => from <= day && day <= to);
    },
    async countries() {
      return Object.keys(new (await load())().getCountries());
    },
    async regionsOf(code) {
      const regions = new (await load())().getStates(code, 'en') as Readonly<Record<string, string>> | undefined;
      return Object.entries(regions ?? {}).map(([region, name]) => ({ code: region, name }));
    },
    async countriesIn(timeZone) {
      const Calendar = await load();
      return Object.keys(new Calendar().getCountries()).filter(code =>
        new Calendar(code).getTimezones()?.includes(timeZone),
      );
    },
  };
}

/** A region that the calendars do not know, or no longer, has the holidays of its country. */
function calendarOf(Calendar: Calendar, { code, region }: Country): Holidays {
  return region === null ? new Calendar(code, { types }) : new Calendar(code, region, { types });
}

/** One a day, though two holidays may meet on it; those that begin at noon leave the morning free, and so the day open. */
function daysOf(calendar: Holidays, year: number): readonly Holiday[] {
  const found = new Map<string, Holiday>();
  for (const { date, start, end, name } of calendar.getHolidays(year, 'en')) {
    if (Number(date.slice(11, 13)) >= 12) continue;
    const first = date.slice(0, 10);
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
    for (let index = 0; index < length; index++) {
      const day = addDays(first, index);
      // The day itself says that it stands for another.
      if (!found.has(day)) found.set(day, { day, title: name.replace(/ \(substitute day\)$/, '') });
    }
  }
  return [...found.values()].toSorted((one, other) => (one.day < other.day ? -1 : 1));
}
