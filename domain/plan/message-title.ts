/** Longest title that is suggested, in characters: what fits on a card of the board. */
export const longestSuggestion = 120;

/** A title for what a message asks for: its first line that says something, cut between words when it is long. */
export function titleFrom(words: string): string {
  const line =
    words
      .split('\n')
      .map(one => one.replace(/\s+/g, ' ').trim())
      .find(one => /[\p{L}\p{N}]/u.test(one)) ?? '';
  const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)].map(
    ({ segment }) => segment,
  );
  if (characters.length <= longestSuggestion) return line;
  const space = characters.lastIndexOf(' ', longestSuggestion - 1);
  // A word longer than half of it is cut within.
  const end = space > longestSuggestion / 2 ? space : longestSuggestion - 1;
  return `${characters
    .slice(0, end)
    .join('')
    .replace(/[\s,;:–-]+$/, '')}…`;
}
