import { createInstance } from 'i18next';
import { closestLocale, type Translate } from '../../domain/locale.ts';

export type { Translate } from '../../domain/locale.ts';

/** Sentences by language; `en` is complete. */
export type Sentences = { readonly en: object } & Readonly<Record<string, object>>;

export interface Texts {
  /** The locale for sentences, dates and numbers alike. */
  readonly locale: string;
  /** The sentences of one part, in the person's language where there is one. */
  for(part: string, sentences: Sentences): Translate;
}

/** The languages the tab has sentences in. */
const languages: readonly string[] = ['en'];

/** Parts bring their sentences when they are first shown, so that a tab loads only what it shows. */
export function createTexts(wanted: string, known = languages): Texts {
  const locale = closestLocale(wanted, known);
  const instance = createInstance();
  void instance.init({
    initAsync: false,
    lng: locale,
    fallbackLng: 'en',
    resources: {},
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnEmptyString: false,
  });
  const parts = new Map<string, Translate>();

  return {
    locale,
    for(part, sentences) {
      const before = parts.get(part);
      if (before) return before;
      for (const [language, bundle] of Object.entries(sentences)) instance.addResourceBundle(language, part, bundle);
      const fixed = instance.getFixedT(null, part);
      const translate: Translate = (key, values) => fixed(key, { ...values });
      parts.set(part, translate);
      return translate;
    },
  };
}
