import i18next, { type i18n, type TFunction } from 'i18next';
import { closestLocale, type Translate } from '../domain/locale.ts';

export type { Translate } from '../domain/locale.ts';

/** Sentences of every feature, in every language there is. */
export interface Texts {
  /** For one feature, in the language closest to this locale; English when there is none. */
  for(feature: string, locale: string | null | undefined): Translate;
  /** Adds the sentences of one feature, by language. */
  add(feature: string, languages: Readonly<Record<string, object>>): void;
}

/** @param resources by feature name, then by language. */
export function createTexts(resources: Readonly<Record<string, Readonly<Record<string, object>>>> = {}): Texts {
  const instance: i18n = i18next.createInstance();
  const known = new Set<string>();
  /** Made once for each feature and locale: a card asks for many sentences, most of which have no values. */
  const made = new Map<string, Translate>();
  void instance.init({
    initAsync: false,
    lng: 'en',
    fallbackLng: 'en',
    resources: {},
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnEmptyString: false,
  });
  // A country by its code, as the reader calls it.
  instance.services.formatter?.add('region', (code: string, language) => {
    return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  });

  function add(feature: string, languages: Readonly<Record<string, object>>): void {
    for (const [language, sentences] of Object.entries(languages)) {
      known.add(language);
      // i18next only reads them; copying every sentence took nine tenths of making a set of texts.
      instance.addResourceBundle(language, feature, sentences, false, false, { skipCopy: true });
    }
    made.clear();
  }
  for (const [feature, languages] of Object.entries(resources)) add(feature, languages);

  return {
    add,
    for(feature, locale) {
      const name = JSON.stringify([feature, locale]);
      const before = made.get(name);
      if (before) return before;
      const language = closestLocale(locale, [...known]);
      const t = remembering(instance.getFixedT(language, feature), language);
      // What people's clients call their language is for them to say.
      if (made.size >= mostMade) made.clear();
      made.set(name, t);
      return t;
    },
  };
}

/** How many sets of sentences, each of one feature in one locale, are remembered, and how many sentences of each. */
const mostMade = 500;
const mostSentences = 2_000;

/** A sentence without values is the same each time. */
function remembering(t: TFunction, language: string): Translate {
  const plain = new Map<string, string>();
  return (key, values) => {
    if (values) return t(key, { ...values, lng: language });
    const known = plain.get(key);
    if (known !== undefined) return known;
    const sentence = t(key, { lng: language });
    if (plain.size >= mostSentences) plain.clear();
    plain.set(key, sentence);
    return sentence;
  };
}
