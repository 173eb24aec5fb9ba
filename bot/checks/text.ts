import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** What these checks say, by language. */
export const text = { en, de };

/** The names of what is looked at, and of what can be found there. */
export type CheckName = keyof typeof en.check;
export type GapName = keyof typeof en.gap;
export type HintName = keyof typeof en.hint;
export type UnknownName = keyof typeof en.unknown;
