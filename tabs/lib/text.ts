import { createInstance } from 'i18next';

/** A sentence by its key, filled with values. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** Sentences by language; `en` is complete. */
export type Sentences = { readonly en: object } & Readonly<Record<string, object>>;

export interface Texts {
  /** The locale for dates and numbers, always one that the browser accepts. */
  readonly locale: string;
  /** The sentences of one part, in the person's language where there is one. */
  for(part: string, sentences: Sentences): Translate;
}

/** Parts bring their sentences when they are first shown, so that a tab loads only what it shows. */
export function createTexts(wanted: string): Texts {
  const locale = localeOf(wanted);
  const instance = createInstance();
  void instance.init({
    initAsync: false,
    lng: locale,
    fallbackLng: 'en',
    resources: {},
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnEmptyString: false,
  });
  const known = new Map<string, Translate>();

  return {
    locale,
    for(part, sentences) {
      const before = known.get(part);
      if (before) return before;
      for (const [language, bundle] of Object.entries(sentences)) instance.addResourceBundle(language, part, bundle);
      const fixed = instance.getFixedT(null, part);
      const translate: Translate = (key, values) => fixed(key, { ...values });
      known.set(part, translate);
      return translate;
    },
  };
}

function localeOf(wanted: string): string {
  try {
    return Intl.getCanonicalLocales(wanted)[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}
