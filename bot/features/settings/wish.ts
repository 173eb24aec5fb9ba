import { mostQuietTimes, Settings, type QuietDays } from '../../../domain/community.ts';
import { rhythmsOf } from '../../../domain/digest/digest.ts';
import { sizeOf } from '../../../domain/facilitation/method.ts';
import { addDays } from '../../../domain/schedule.ts';
import { surveysPerMonth } from '../../../domain/surveys/pace.ts';
import { languages } from '../../../domain/locale.ts';
import { daysInText, timeInText } from '../../shared/day-in-words.ts';
import type { Translate } from '../../text.ts';

/** What of the settings one sentence can change. */
export const changeable = [
  'sponsorDigest',
  'membersDigest',
  'surveys',
  'weekDay',
  'weekTime',
  'weekSize',
  'pause',
  'country',
  'quiet',
  'timeZone',
] as const;
type Changeable = (typeof changeable)[number];

/** One setting and what it is to be, as a button carries it; an empty value for nothing chosen. */
export interface Wish {
  readonly what: Changeable;
  readonly value: string;
}

interface Said {
  readonly sentence: string;
  readonly today: string;
  readonly locale: string | null;
  /** The codes of the countries whose holidays are known. */
  readonly countries: readonly string[];
  readonly t: Translate;
}

/** How long a pause of the weekly card is offered, in days: there is none without an end. */
const pauseFor = 28;

/**
 * What a sentence wants changed; `meeting` for the day on which people meet, which the charter says; null for nothing.
 */
export function wishIn({ sentence, today, locale, countries, t }: Said): Wish | 'meeting' | null {
  const said = spaced(sentence);
  const says = (key: string) => listed(t(`words.${key}`)).some(word => said.includes(` ${word} `));
  const days = daysInText(sentence, { today, locale }).flatMap(({ day, last }) => [day, last]);
  const [from, to] = [days.toSorted()[0], days.toSorted().at(-1)];
  if (says('quiet') && from !== undefined && to !== undefined)
    return { what: 'quiet', value: `${from}/${to}/${t('set.quietTitle')}` };
  const zone = says('zone') ? zoneIn(said) : undefined;
  if (zone !== undefined) return { what: 'timeZone', value: zone };
  if (says('digest')) return digestIn(says);
  const number = /\d+/.exec(said)?.[0] ?? listed(t('words.numbers')).findIndex(word => said.includes(` ${word} `)) + 1;
  if (says('surveys')) return Number(number) > 0 ? { what: 'surveys', value: String(Number(number)) } : null;
  const weekday = [1, 2, 3, 4, 5, 6, 7].find(day => {
    const name = t(`weekday.${day}`).toLowerCase();
    return said.includes(` ${name} `) || said.includes(` ${name}s `);
  });
  const time = timeInText(sentence, { locale });
  if (says('week') && !says('notWeek')) return weekIn({ says, weekday, time, today });
  if (says('meeting')) return 'meeting';
  const country = countryIn(said, countries);
  return country === undefined ? null : { what: 'country', value: country };
}

function digestIn(says: (key: string) => boolean): Wish | null {
  const what = says('members') ? 'membersDigest' : 'sponsorDigest';
  if (says('off')) return { what, value: 'off' };
  if (says('monthly')) return { what, value: 'monthly' };
  return says('quarterly') && what === 'sponsorDigest' ? { what, value: 'quarterly' } : null;
}

function weekIn({
  says,
  weekday,
  time,
  today,
}: {
  readonly says: (key: string) => boolean;
  readonly weekday: number | undefined;
  readonly time: string | undefined;
  readonly today: string;
}): Wish | null {
  if (says('off')) return { what: 'pause', value: addDays(today, pauseFor) };
  if (weekday !== undefined) return { what: 'weekDay', value: String(weekday) };
  if (time !== undefined) return { what: 'weekTime', value: time };
  if (says('smallest')) return { what: 'weekSize', value: 'bare' };
  if (says('smaller')) return { what: 'weekSize', value: 'light' };
  return says('full') ? { what: 'weekSize', value: 'full' } : null;
}

/** Words in lower case with one space around each. */
function spaced(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}:/]+/gu, ' ')
    .trim()} `;
}

/** By its name in any language that people may use here; the longest, as one country's name may hold another's. */
function countryIn(said: string, countries: readonly string[]): string | undefined {
  return languages
    .flatMap(language => {
      const names = new Intl.DisplayNames(language, { type: 'region' });
      return countries.map(code => ({ code, name: spaced(names.of(code) ?? code) }));
    })
    .filter(({ name }) => said.includes(name))
    .toSorted((one, other) => other.name.length - one.name.length)[0]?.code;
}

/** By its whole name or by its city. */
function zoneIn(said: string): string | undefined {
  return Intl.supportedValuesOf('timeZone').find(zone => {
    const name = zone.toLowerCase();
    return said.includes(` ${name} `) || said.includes(` ${name.split('/').at(-1)!.replaceAll('_', ' ')} `);
  });
}

/** What is chosen now, as {@link Wish} writes it. */
export function presentValue(settings: Settings, { what, value }: Wish): string {
  const { facilitation, country, quiet = [], timeZone } = settings;
  switch (what) {
    case 'sponsorDigest':
      return rhythmsOf(settings).sponsor;
    case 'membersDigest':
      return rhythmsOf(settings).members;
    case 'surveys':
      return String(surveysPerMonth(settings));
    case 'weekDay':
      return String(facilitation.day);
    case 'weekTime':
      return facilitation.time;
    case 'weekSize':
      return sizeOf(settings);
    case 'pause':
      return facilitation.from ?? '';
    case 'country':
      return country?.region === null ? country.code : country ? `${country.code}/${country.region}` : '';
    case 'quiet':
      return quiet.some(time => isTime(time, value)) ? value : '';
    case 'timeZone':
      return timeZone;
  }
}

/**
 * The settings with this one changed; undefined when that fits no settings.
 * @param shown what it was when that was offered: quiet days are added to the others, and taken out by their own value
 */
export function changed(settings: Settings, wish: Wish & { readonly shown: string }): Settings | undefined {
  const parsed = Settings.safeParse(raw(settings, wish));
  return parsed.success ? parsed.data : undefined;
}

function raw(settings: Settings, { what, value, shown }: Wish & { readonly shown: string }): unknown {
  const { facilitation } = settings;
  const week = (change: object) => ({ ...settings, facilitation: { ...facilitation, ...change } });
  const [code = '', region = null] = value.split('/');
  switch (what) {
    case 'sponsorDigest':
      return { ...settings, digest: { ...rhythmsOf(settings), sponsor: value } };
    case 'membersDigest':
      return { ...settings, digest: { ...rhythmsOf(settings), members: value } };
    case 'surveys':
      return { ...settings, surveys: { perMonth: Number(value) } };
    case 'weekDay':
      return week({ day: Number(value) });
    case 'weekTime':
      return week({ time: value });
    case 'weekSize':
      return week({ size: value });
    case 'pause':
      return week({ from: value === '' ? undefined : value });
    case 'country':
      return { ...settings, country: value === '' ? undefined : { code, region } };
    case 'quiet':
      return { ...settings, quiet: quietWith(settings, value, shown) };
    case 'timeZone':
      return { ...settings, timeZone: value };
  }
}

function quietWith({ quiet = [] }: Settings, value: string, shown: string) {
  const others = quiet.filter(time => !isTime(time, value) && !isTime(time, shown));
  const [from, to, ...title] = value.split('/');
  return [...others, ...(value === '' ? [] : [{ from, to, title: title.join('/') }])].slice(-mostQuietTimes);
}

function isTime({ from, to, title }: QuietDays, value: string): boolean {
  return `${from}/${to}/${title}` === value;
}

export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}

function listed(words: string): readonly string[] {
  return words.split(',').map(word => word.trim());
}
