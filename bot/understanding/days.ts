import * as chrono from 'chrono-node';
import { folded } from './words.ts';
import en from './words.en.json' with { type: 'json' };

/** A day that a sentence says, and where it says it. */
export interface SaidDay {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** With the words before it that belong to it: "by Friday". */
  readonly from: number;
  /** Where the day itself begins. */
  readonly begins: number;
  readonly to: number;
}

type Parser = Pick<chrono.Chrono, 'parse'>;

const british: Parser = chrono.en.GB;
const parsers: Readonly<Record<string, Parser>> = {
  de: chrono.de,
  es: chrono.es,
  fi: chrono.fi,
  fr: chrono.fr,
  it: chrono.it,
  ja: chrono.ja,
  nl: chrono.nl,
  pt: chrono.pt,
  ru: chrono.ru,
  sv: chrono.sv,
  uk: chrono.uk,
  vi: chrono.vi,
  zh: chrono.zh,
};
const never: ReadonlySet<string> = new Set(en.day.never);

/**
 * The days that a sentence says, as of this day and in its own order: those in the reader's language and in English,
 * which is what people write to a bot that speaks it. A weekday is the next one.
 * @param today where the community is
 */
export function daysIn(
  sentence: string,
  { today, locale }: { readonly today: string; readonly locale: string },
): readonly SaidDay[] {
  // In the middle of the day as of UTC, so that no zone moves it.
  const reference = { instant: new Date(`${today}T12:00:00Z`), timezone: 0 };
  const found = parsersFor(locale).flatMap(parser => parser.parse(sentence, reference, { forwardDate: true }));
  const days = found.filter(isDay).map(({ index, text, start }): SaidDay => {
    const [year = 0, month = 1, day = 1] = (['year', 'month', 'day'] as const).map(
      part => start.get(part) ?? undefined,
    );
    return {
      day: [String(year).padStart(4, '0'), ...[month, day].map(part => String(part).padStart(2, '0'))].join('-'),
      from: startOf(sentence, index),
      begins: index,
      to: index + text.length,
    };
  });
  return days
    .toSorted((one, other) => one.from - other.from)
    .filter((day, index, all) => all.findIndex(other => other.from <= day.from && other.to > day.from) === index);
}

function parsersFor(locale: string): readonly Parser[] {
  const language = locale.split('-')[0] ?? '';
  const english = locale === 'en-US' ? chrono.en.casual : british;
  const own = parsers[language];
  return own ? [own, english] : [english];
}

/** A month alone is no day, nor is an hour; and many a short word is a weekday only now and then. */
function isDay({ text, start }: chrono.ParsedResult): boolean {
  return (
    !never.has(folded(text)) &&
    !start.isCertain('millisecond') &&
    (start.isCertain('day') || start.isCertain('weekday'))
  );
}

/** With the words before it that belong to it: "by Friday", "on the 3rd". */
function startOf(sentence: string, index: number): number {
  const [before = ''] =
    new RegExp(`(?:\\b(?:${en.day.before.join('|')})\\s{1,3}){0,2}$`, 'i').exec(sentence.slice(0, index)) ?? [];
  return index - before.length;
}
