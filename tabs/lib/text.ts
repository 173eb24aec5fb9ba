import { closestLocale, type Translate } from '../../domain/locale.ts';

export type { Translate } from '../../domain/locale.ts';

/** The sentences of one part in English, which is complete; those of other languages come with the language. */
export interface Sentences {
  readonly en: object;
}

/** What a language other than English says, by the name of the part. */
export type Translation = Readonly<Record<string, object>>;

export interface Texts {
  /** The locale for sentences, dates and numbers alike. */
  readonly locale: string;
  /** The sentences of one part, in the person's language where there is one. */
  for(part: string, sentences: Sentences): Translate;
}

/**
 * Parts bring their English sentences when they are first shown, so that a tab loads only what it shows.
 *
 * The sentences are written as i18next reads them, as far as tabs need it: keys with dots, `{{values}}`, `{{n, number}}`
 * and plurals by `_zero`, `_one`, `_other` and so on. i18next itself, which the bot uses, would be a twelfth of all that a tab
 * loads before it shows anything; a test holds the two to the same words.
 *
 * @param wanted a BCP 47 tag, or something that is none
 * @param translations the languages that have come, by their code
 */
export function createTexts(wanted: string, translations: Readonly<Record<string, Translation>> = {}): Texts {
  const locale = closestLocale(wanted, ['en', ...Object.keys(translations)]);
  const [language = 'en'] = locale.split('-');
  const translation = translations[language];
  const parts = new Map<string, Translate>();

  return {
    locale,
    for(part, { en }) {
      const before = parts.get(part);
      if (before) return before;
      const own = translation?.[part];
      const translate = translator(locale, [
        ...(own ? [{ code: language, bundle: own }] : []),
        { code: 'en', bundle: en },
      ]);
      parts.set(part, translate);
      return translate;
    },
  };
}

/** The sentences of a language. */
interface Spoken {
  readonly code: string;
  readonly bundle: object;
}

type Values = Readonly<Record<string, unknown>>;

/** @param spoken the person's own language first */
function translator(locale: string, spoken: readonly Spoken[]): Translate {
  return (key, values = {}) => {
    for (const { code, bundle } of spoken) {
      const sentence = pluralOf(bundle, key, values, code) ?? find(bundle, key);
      if (sentence !== undefined) return filled(sentence, values, locale);
    }
    return key;
  };
}

function pluralOf(bundle: object, key: string, { count }: Values, code: string): string | undefined {
  if (typeof count !== 'number') return undefined;
  const none = count === 0 ? find(bundle, `${key}_zero`) : undefined;
  return none ?? find(bundle, `${key}_${new Intl.PluralRules(code).select(count)}`) ?? find(bundle, `${key}_other`);
}

/** An empty sentence is one that nobody has translated yet. */
function find(bundle: object, key: string): string | undefined {
  const found = key
    .split('.')
    .reduce<unknown>(
      (within, name) => (isRecord(within) && Object.hasOwn(within, name) ? within[name] : undefined),
      bundle,
    );
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function filled(sentence: string, values: Values, locale: string): string {
  return sentence.replace(/\{\{\s*(\w+)\s*(?:,\s*(number)\s*)?\}\}/g, (all, name: string, format?: string) => {
    const value = values[name];
    if (format === 'number' && typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
    return value === undefined ? all : value === null ? '' : String(value);
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
