import i18next, { type i18n } from 'i18next';
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
  }
  for (const [feature, languages] of Object.entries(resources)) add(feature, languages);

  return {
    add,
    for(feature, locale) {
      const language = closestLocale(locale, [...known]);
      const t = instance.getFixedT(language, feature);
      return (key, values) => t(key, { ...values, lng: language });
    },
  };
}
