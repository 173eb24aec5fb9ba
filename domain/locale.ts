/** A sentence by its key, filled with values. Values are inserted as they are. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** The languages that there are sentences in. */
export const languages = ['en', 'de'] as const;

/**
 * The locale to speak in: the wanted one where there are sentences in its language, else British English. Dates and
 * numbers follow the sentence they stand in: no "Montag" in an English line.
 *
 * @param wanted a BCP 47 tag, or something that is none
 * @param languages what there are sentences in, such as `en`
 */
export function closestLocale(wanted: string | null | undefined, languages: readonly string[]): string {
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(wanted ?? '');
    if (languages.some(language => canonical === language || canonical.startsWith(`${language}-`))) return canonical;
  } catch {
    // Not a locale: as if there were none.
  }
  return 'en-GB';
}

/** The scripts that are written from right to left and that a language of today is written in. */
const rightToLeft: ReadonlySet<string> = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

/** The direction in which a locale is read. Not every browser says it of a locale, but each one knows its script. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr';
}
