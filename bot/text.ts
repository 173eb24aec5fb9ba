import i18next, { type i18n } from 'i18next';
import { closestLocale, type Translate } from '../domain/locale.ts';

export type { Translate } from '../domain/locale.ts';

/** Sentences of every feature, in every language there is. */
export interface Texts {
  /** For one feature, in the language closest to this locale; English when there is none. */
  for(feature: string, locale: string | null | undefined): Translate;
}

/** @param resources by feature name, then by language. */
export function createTexts(resources: Readonly<Record<string, Readonly<Record<string, object>>>>): Texts {
  const instance: i18n = i18next.createInstance();
  const byLanguage: Record<string, Record<string, object>> = {};
  for (const [feature, languages] of Object.entries(resources)) {
    for (const [language, sentences] of Object.entries(languages)) {
      byLanguage[language] = { ...byLanguage[language], [feature]: sentences };
    }
  }
  void instance.init({
    initAsync: false,
    lng: 'en',
    fallbackLng: 'en',
    resources: byLanguage as Record<string, Record<string, Record<string, string>>>,
    ns: Object.keys(resources),
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnEmptyString: false,
  });

  return {
    for(feature, locale) {
      const language = closestLocale(locale, Object.keys(byLanguage));
      const t = instance.getFixedT(language, feature);
      return (key, values) => t(key, { ...values, lng: language });
    },
  };
}
