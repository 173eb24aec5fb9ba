import type { TeamsActivity } from './activity.ts';

/** What a person typed, without the mention of the bot that Teams puts into words in a channel. */
export function typedText({
  text = '',
  entities,
  recipient,
}: Pick<TeamsActivity, 'text' | 'entities' | 'recipient'>): string {
  const mention = entities?.find(
    ({ type, mentioned }) =>
      type.toLowerCase() === 'mention' && mentioned !== undefined && mentioned.id === recipient?.id,
  );
  return text.replace(mention?.text ?? '', '').trim();
}

/**
 * Which of these names a person typed: the longest that the text begins with, whatever its case, a slash in front or
 * the spaces and the punctuation after it. When it is none, the first word, in lower case.
 */
export function nameTyped(text: string, names: readonly string[]): string {
  const words = wordsOf(text);
  const longest = Math.max(1, ...names.map(name => name.split(' ').length));
  for (let count = Math.min(longest, words.length); count > 1; count--) {
    const name = words.slice(0, count).map(bare).join(' ');
    if (names.includes(name)) return name;
  }
  return bare(words[0] ?? '');
}

/** What followed the name. */
export function restOf(text: string, name: string): string {
  return text
    .trim()
    .replace(new RegExp(`^(?:\\S+(?:\\s+|$)){${name.split(' ').length}}`), '')
    .trim();
}

function wordsOf(text: string): readonly string[] {
  return text.trim().replace(/^\//, '').split(/\s+/, 10);
}

function bare(word: string): string {
  return word.replace(/[!.,]+$/, '').toLowerCase();
}
