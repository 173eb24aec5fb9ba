import { closestLocale } from '../../domain/locale.ts';
import type { Translation } from '../lib/text.ts';

/** The languages besides English, by code. Each is a file of its own, which comes to those who read it and to nobody else. */
const languages: Readonly<Record<string, () => Promise<Translation>>> = {
  de: async () => (await import('./de.ts')).german,
};

/** The language besides English that this locale asks for; undefined where English is to be read. */
export function languageOf(wanted: string): string | undefined {
  const [language = ''] = closestLocale(wanted, Object.keys(languages)).split('-');
  return Object.hasOwn(languages, language) ? language : undefined;
}

/** Gets what a language says; what does not come is said in English. */
export async function loadLanguage(language: string): Promise<Translation | null> {
  return (await languages[language]?.().catch(() => null)) ?? null;
}
