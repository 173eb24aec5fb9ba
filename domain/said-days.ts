/** A day that a text ends with, and what stood before it. */
export interface SaidDay {
  /** A calendar day such as 2026-11-27. */
  readonly day: string;
  readonly before: string;
}

/** A day that a text says, and where. */
export interface DayInText {
  /** A calendar day such as 2026-11-27. */
  readonly day: string;
  /** The last one of several: "24 December to 2 January". */
  readonly last: string;
  readonly index: number;
  readonly text: string;
}

/** Reads the days of one language: as much of chrono-node as is asked here, so that this page needs none of it. */
export interface DayReader {
  parse(
    text: string,
    reference: { readonly instant: Date; readonly timezone: number },
    option: { readonly forwardDate?: boolean },
  ): Found[];
}

interface Found {
  readonly index: number;
  readonly text: string;
  readonly start: Components;
  readonly end?: Components | null;
}

interface Components {
  get(name: 'year' | 'month' | 'day'): number | null;
  isCertain(name: 'day' | 'weekday'): boolean;
  tags(): Set<string>;
}

interface Reading {
  /** The day it is where the community is. */
  readonly today: string;
  /** The languages in which it is read, the first that finds a day before the others. */
  readonly languages: readonly DayReader[];
}

/** Nobody says a day in more characters than this; a longer text is read from its end. */
const longest = 300;

/**
 * The day with which a text ends: `leaflet to next Thursday`, `room, 3 December`. Undefined when it ends with none. A
 * month without a day, or a number of minutes, is no day.
 */
export function saidAtEnd(text: string, { today, languages }: Reading): SaidDay | undefined {
  const skipped = Math.max(0, text.length - longest);
  const end = text.slice(skipped).replace(/[\s.,;:!?)]+$/, '');
  for (const language of languages) {
    const found = language.parse(end, noonOf(today), { forwardDate: true }).at(-1);
    if (!found || found.index + found.text.length < end.length || !saysDay(found)) continue;
    const before = text.slice(0, skipped + found.index).trim();
    return { day: dayOf(language, found, today), before };
  }
  return undefined;
}

/** The days that a text says, as of this day. A weekday is the next one. */
export function saidIn(text: string, { today, languages }: Reading): readonly DayInText[] {
  return languages.flatMap(language =>
    language
      .parse(text, noonOf(today), { forwardDate: true })
      .filter(saysDay)
      .map(found => {
        const day = dayOf(language, found, today);
        return { day, last: found.end ? calendarDay(found.end) : day, index: found.index, text: found.text };
      }),
  );
}

const dayLength = 86_400_000;

/** Noon in UTC: no zone of this machine or of the community makes another day of it. */
function noonOf(day: string, daysLater = 0): { readonly instant: Date; readonly timezone: number } {
  return { instant: new Date(Date.parse(`${day}T12:00:00Z`) + daysLater * dayLength), timezone: 0 };
}

function saysDay({ start }: Found): boolean {
  const tags = [...start.tags()];
  if (tags.some(tag => tag === 'result/relativeDateAndTime' || tag === 'casualReference/now')) return false;
  return start.isCertain('day') || start.isCertain('weekday');
}

/**
 * chrono moves every weekday into the future, `last Friday` too. Read on the eve of the day that was found, Friday is
 * tomorrow, and only last Friday is over.
 */
function dayOf(language: DayReader, found: Found, today: string): string {
  const forward = calendarDay(found.start);
  if (!found.start.isCertain('weekday') || found.start.isCertain('day')) return forward;
  const onEve = language.parse(found.text, noonOf(forward, -1), {})[0];
  if (!onEve || calendarDay(onEve.start) >= forward) return forward;
  const asSaid = language.parse(found.text, noonOf(today), {})[0];
  return asSaid ? calendarDay(asSaid.start) : forward;
}

function calendarDay(said: Components): string {
  const part = (name: 'year' | 'month' | 'day', length: number) => String(said.get(name) ?? 0).padStart(length, '0');
  return `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`;
}
