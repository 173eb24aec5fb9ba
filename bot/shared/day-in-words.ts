import type { Chrono } from 'chrono-node';
import { createRequire } from 'node:module';
import { saidAtEnd, saidIn, type DayInText, type DayReader, type SaidDay } from '../../domain/said-days.ts';

/** chrono-node for one language. */
type Reader = DayReader & Pick<Chrono, 'parse'>;

interface Reading {
  /** The day it is where the community is. */
  readonly today: string;
  /** How the person's device writes days; British English when it does not say. */
  readonly locale?: string | null | undefined;
}

/** The day with which a text ends: see {@link saidAtEnd}. */
export function dayAtEnd(text: string, { today, locale }: Reading): SaidDay | undefined {
  return saidAtEnd(text, { today, languages: languagesOf(locale) });
}

/** The days that a text says, in the reader's language first, and in English: see {@link saidIn}. */
export function daysInText(text: string, { today, locale }: Reading): readonly DayInText[] {
  return saidIn(text, { today, languages: languagesOf(locale) });
}

/** The first time of day that a text says, such as 09:30: "um 9 Uhr", "8 Uhr 30", "2 pm". "In the morning" says none. */
export function timeInText(text: string, { locale }: Pick<Reading, 'locale'>): string | undefined {
  // chrono-node reads the hour alone.
  const clock = text.replaceAll(/\b(\d{1,2}) ?Uhr ?([0-5]\d)\b/gi, '$1:$2 Uhr');
  const readers = [...languagesOf(locale), ...(/\bUhr\b/i.test(clock) ? [chronoIn('de').casual] : [])];
  const found = readers.flatMap(language => language.parse(clock)).find(({ start }) => start.isCertain('hour'));
  if (!found) return undefined;
  return ['hour' as const, 'minute' as const]
    .map(part => String(found.start.get(part) ?? 0).padStart(2, '0'))
    .join(':');
}

/** By the first part of a locale; English is read in every language, as people mix the two. */
const languages = new Set(['de', 'es', 'fi', 'fr', 'it', 'ja', 'nl', 'pt', 'ru', 'sv', 'uk', 'vi', 'zh']);

/** A language of chrono-node is read when somebody writes it: all of them are two hundred and fifty files at the start. */
const require = createRequire(import.meta.url);
function chronoIn(language: string): { readonly casual: Reader; readonly GB?: Reader } {
  return require(`chrono-node/${language}`);
}

function languagesOf(locale: string | null | undefined): readonly Reader[] {
  const own = (locale ?? '').slice(0, 2).toLowerCase();
  const { casual, GB = casual } = chronoIn('en');
  // Only in the United States 3/4 is a day in March.
  const english = /^en-US/i.test(locale ?? '') ? casual : GB;
  return languages.has(own) ? [chronoIn(own).casual, english] : [english];
}
