import { z } from 'zod';

/**
 * Text from outside, whoever sent it: a tab, a card, a chat, an address, a row that somebody edited in SharePoint.
 * Words are cleaned, never refused, for nobody sees what is wrong with them: what Word, a scanner or a broken emoji
 * left in a paste is no reason to lose a paragraph. Identifiers are refused, for one that was cleaned would name
 * something else. Lengths are in UTF-16 units, of which each takes at most three bytes in UTF-8.
 */

/**
 * Ends of lines as various systems write them: CR, LF, vertical tab (Word's own), form feed, next line, line and
 * paragraph separators.
 */
const lineEnds = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/**
 * What XML 1.0, PostgreSQL or a font has no place for: control characters but tab and line feed, and noncharacters; and
 * what turns the reading direction of everything after it: embeddings, overrides and isolates. Marks of direction
 * (U+200E, U+200F, U+061C), which turn nothing, and joiners, which Persian and emoji need, stay.
 */
// eslint-disable-next-line no-control-regex
const harmful = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\p{Noncharacter_Code_Point}]/gu;
/** Nothing that anybody could see: spaces, joiners, fillers, the blank of Braille. */
const unseen = /^[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Words of several lines without what is harmful. Empty, or mere space, when there is nothing in them to see. */
export function cleanProse(text: string): string {
  const clean = text.replace(lineEnds, '\n').replace(harmful, '').toWellFormed();
  // Mere space is the author's, for whoever wants it; what only looks like nothing is nothing.
  return unseen.test(clean) && /\S/.test(clean) ? '' : clean;
}

/** The same as one line, without spaces around it. */
export function cleanLine(text: string): string {
  return cleanProse(text).replace(/\s+/g, ' ').trim();
}

/** One line that a person wrote or a system calls something: a title, a name, a place. */
export function line(longest: number): z.ZodString {
  return z.string().overwrite(cleanLine).max(longest);
}

/** What a person wrote, of any number of lines. */
export function prose(longest: number): z.ZodString {
  return z.string().overwrite(cleanProse).max(longest);
}

/** The same without space around it: an answer, a note. */
export function remark(longest: number): z.ZodString {
  return z.string().overwrite(cleanProse).trim().max(longest);
}

/** What names something: an id, a token, a key. Refused when it holds what no identifier has. */
export function identifier(longest: number): z.ZodString {
  return z
    .string()
    .max(longest)
    .regex(harmless, { error: 'expected no control characters, and nothing that cannot be seen or stored' });
}

/** A whole address on the web. */
export function address(longest: number, protocol: RegExp): z.ZodURL {
  return z.url({ protocol }).max(longest).regex(harmless);
}

/**
 * An address that people share: one that carries a name and a password is none. It is only ever shown, never asked by the
 * server.
 */
export function sharedAddress(longest: number): z.ZodURL {
  return address(longest, /^https$/).refine(text => !/^https:[\\/]*[^\\/?#]*@/i.test(text), {
    error: 'expected an address without a user name or a password in it',
  });
}

/** Neither control nor format characters, halves of characters, noncharacters, nor ends of lines. */
const harmless = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]*$/u;

/** Nothing that we read lies deeper in a value than this. */
const deepest = 64;

/**
 * Everything in a value of JSON cleaned, names of properties too: for what is kept as it came. What lies too deep is
 * left out.
 */
export function cleanValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutHarm(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.map(inner => cleanValue(inner, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [withoutHarm(name), cleanValue(inner, depth + 1)]),
  );
}

function withoutHarm(text: string): string {
  return text.replace(harmful, '').toWellFormed();
}

/** Whether a schema takes text as it comes. A wall in the tests asks this of everything that is read from outside. */
export function isBareText(schema: z.ZodString): boolean {
  const checks = (schema._zod.def.checks ?? []).map(
    check => check._zod.def as { readonly check: string; readonly tx?: unknown; readonly pattern?: RegExp },
  );
  const cleaned = checks.some(({ tx }) => tx === cleanLine || tx === cleanProse);
  const patterned =
    (schema._zod.def as { readonly pattern?: RegExp }).pattern !== undefined ||
    checks.some(({ pattern }) => pattern !== undefined);
  const bounded = checks.some(({ check }) => check === 'max_length');
  return !(cleaned && bounded) && !patterned;
}

/**
 * One line of at most so many characters, cut at a word where there is one. Characters are code points, so that a
 * card's size is bounded; what a reader sees as one, such as a flag or a letter with its accents, is not cut in two.
 */
export function shortened(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  if (longest < 1) return '';
  const room = characters.slice(0, longest - 1).join('');
  const atWord = /^(.*\S)\s/s.exec(characters.slice(0, longest).join(''))?.[1];
  if (atWord !== undefined && atWord.length > room.length / 2) return `${atWord}…`;
  // Nothing before it: a single one, such as a letter with a hundred accents, does not fit.
  const whole = new Intl.Segmenter().segment(text).containing(room.length)?.index || room.length;
  return `${text.slice(0, whole).trimEnd()}…`;
}
