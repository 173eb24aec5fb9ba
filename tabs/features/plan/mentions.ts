/** What somebody types after an `@`, to find whom they mean. */
export interface MentionTyped {
  /** Where the `@` stands. */
  readonly from: number;
  /** What follows it, up to the caret. */
  readonly typed: string;
}

/** From so many characters on it is no name any more. */
const longestTyped = 40;

/** The mention that is being typed at the caret; null where there is none. An address of mail is none. */
export function mentionAt(text: string, caret: number): MentionTyped | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from === -1 || /[\p{L}\p{N}]/u.test(before.charAt(from - 1))) return null;
  const typed = before.slice(from + 1);
  return typed.length > longestTyped || /^\s|\n/.test(typed) ? null : { from, typed };
}

/** The text with this person in the place of what was typed, and where one goes on typing. */
export function withMention(
  text: string,
  { from, typed }: MentionTyped,
  name: string,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(from + 1 + typed.length);
  const mention = `@${name}${/^\s/.test(rest) ? '' : ' '}`;
  return { text: `${text.slice(0, from)}${mention}${rest}`, caret: from + mention.length + (/^\s/.test(rest) ? 1 : 0) };
}
