import type { Chrono, ParsedComponents, ParsedResult, ParsingReference } from 'chrono-node';
import { createRequire } from 'node:module';
import { addDays } from '../../domain/schedule.ts';

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

interface Reading {
  /** The day it is where the community is. */
  readonly today: string;
  /** How the person's device writes days; British English when it does not say. */
  readonly locale?: string | null | undefined;
}

/** Nobody says a day in more characters than this; a longer text is read from its end. */
const longest = 300;

/**
 * The day with which a text ends: `leaflet to next Thursday`, `room, 3 December`. Undefined when it ends with none. A
 * month without a day, or a number of minutes, is no day.
 */
export function dayAtEnd(text: string, { today, locale }: Reading): SaidDay | undefined {
  const skipped = Math.max(0, text.length - longest);
  const end = text.slice(skipped).replace(/[\s.,;:!?)]+$/, '');
  for (const language of languagesOf(locale)) {
    const found = language.parse(end, noonOf(today), { forwardDate: true }).at(-1);
    if (!found || found.index + found.text.length < end.length || !saysDay(found)) continue;
    const before = text.slice(0, skipped + found.index).trim();
    return { day: dayOf(language, found, today), before };
  }
  return undefined;
}

/**
 * The days that a text says, as of this day: in the reader's language first, and in English. A weekday is the next one.
 */
export function daysInText(text: string, { today, locale }: Reading): readonly DayInText[] {
  return languagesOf(locale).flatMap(language =>
    language
      .parse(text, noonOf(today), { forwardDate: true })
      .filter(saysDay)
      .map(found => {
        const day = dayOf(language, found, today);
        return { day, last: found.end ? calendarDay(found.end) : day, index: found.index, text: found.text };
      }),
  );
}

type Found = ParsedResult;
type Language = Pick<Chrono, 'parse'>;

/** By the first part of a locale; English is read in every language, as people mix the two. */
const languages = new Set(['de', 'es', 'fi', 'fr', 'it', 'ja', 'nl', 'pt', 'ru', 'sv', 'uk', 'vi', 'zh']);

/** A language of chrono-node is read when somebody writes it: all of them are two hundred and fifty files at the start. */
const require = createRequire(import.meta.url);
function chronoIn(language: string): { readonly casual: Language; readonly GB?: Language } {
  return require(`chrono-node/${language}`);
}

function languagesOf(locale: string | null | undefined): readonly Language[] {
  const own = (locale ?? '').slice(0, 2).toLowerCase();
  const { casual, GB = casual } = chronoIn('en');
  // Only in the United States 3/4 is a day in March.
  const english = /^en-US/i.test(locale ?? '') ? casual : GB;
  return languages.has(own) ? [chronoIn(own).casual, english] : [english];
}

/** Noon in UTC: no zone of this server or of the community makes another day of it. */
function noonOf(day: string): ParsingReference {
  return { instant: new Date(`${day}T12:00:00Z`), timezone: 0 };
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
function dayOf(language: Language, found: Found, today: string): string {
  const forward = calendarDay(found.start);
  if (!found.start.isCertain('weekday') || found.start.isCertain('day')) return forward;
  const onEve = language.parse(found.text, noonOf(addDays(forward, -1)))[0];
  if (!onEve || calendarDay(onEve.start) >= forward) return forward;
  const asSaid = language.parse(found.text, noonOf(today))[0];
  return asSaid ? calendarDay(asSaid.start) : forward;
}

function calendarDay(said: ParsedComponents): string {
  const part = (name: 'year' | 'month' | 'day', length: number) => String(said.get(name) ?? 0).padStart(length, '0');
  return `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`;
}
