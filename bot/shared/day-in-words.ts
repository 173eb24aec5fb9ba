import { createRequire } from 'node:module';
import { saidAtEnd, saidIn, type DayInText, type DayReader, type SaidDay } from '../../domain/said-days.ts';

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

/** By the first part of a locale; English is read in every language, as people mix the two. */
const languages = new Set(['de', 'es', 'fi', 'fr', 'it', 'ja', 'nl', 'pt', 'ru', 'sv', 'uk', 'vi', 'zh']);

/** A language of chrono-node is read when somebody writes it: all of them are two hundred and fifty files at the start. */
const require = createRequire(import.meta.url);
function chronoIn(language: string): { readonly casual: DayReader; readonly GB?: DayReader } {
  return require(`chrono-node/${language}`);
}

function languagesOf(locale: string | null | undefined): readonly DayReader[] {
  const own = (locale ?? '').slice(0, 2).toLowerCase();
  const { casual, GB = casual } = chronoIn('en');
  // Only in the United States 3/4 is a day in March.
  const english = /^en-US/i.test(locale ?? '') ? casual : GB;
  return languages.has(own) ? [chronoIn(own).casual, english] : [english];
}
