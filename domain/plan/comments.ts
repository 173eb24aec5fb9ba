import { z } from 'zod';
import { Person } from '../community.ts';
import { identifier, prose, remark } from '../text.ts';

/** Longest comment on an action, in characters. */
export const longestComment = 1_000;
/** Most comments on one action. */
export const mostComments = 200;
/** Most people whom one comment mentions. */
export const mostMentions = 10;

/** The id of a comment, which whoever writes it makes: a request that is repeated finds its twin. */
export const CommentId = identifier(64).regex(/^[a-z0-9-]{8,64}$/, {
  error: 'expected 8 to 64 small letters, digits and hyphens',
});

/** A comment as somebody types it: whom `@Name` in the text means is said beside it, as two may have one name. */
export const TypedComment = z.object({
  text: remark(longestComment).min(1),
  mentions: z.array(identifier(255)).max(mostMentions),
});
export type TypedComment = z.infer<typeof TypedComment>;

/**
 * A comment as it is kept: what was typed, and in between whom it mentions. A person is no part of the text, so that
 * their name can be taken out of it.
 */
export const Words = z.array(z.union([prose(longestComment), Person]));
export type Words = z.infer<typeof Words>;

/** A letter or a digit: before an `@` it makes an address of mail of it, after a name it makes another name. */
const inWord = /[\p{L}\p{N}]/u;

/**
 * Takes the people out of a text who are mentioned in it as `@Name`. Of several with one name each is meant once, in
 * their order, and then the first again.
 */
export function wordsOf(text: string, people: readonly Person[]): Words {
  const words: Words = [];
  const longestFirst = people.filter(({ name }) => name !== '').toSorted((a, b) => b.name.length - a.name.length);
  const met = new Set<Person>();
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', Math.max(from, at + 1))) {
    if (inWord.test(text.charAt(at - 1))) continue;
    const after = (name: string): string => text.charAt(at + 1 + name.length);
    const named = longestFirst.filter(({ name }) => text.startsWith(name, at + 1) && !inWord.test(after(name)));
    const same = named.filter(({ name }) => name === named[0]?.name);
    const person = same.find(one => !met.has(one)) ?? same[0];
    if (!person) continue;
    met.add(person);
    if (at > from) words.push(text.slice(from, at));
    words.push({ id: person.id, name: person.name });
    from = at + 1 + person.name.length;
  }
  if (from < text.length) words.push(text.slice(from));
  return words;
}

/** The text that {@link wordsOf} reads. */
export function textOf(words: Words): string {
  return words.map(word => (typeof word === 'string' ? word : `@${word.name}`)).join('');
}

/** Each once, in the order of the text. */
export function mentionedIn(words: Words): readonly Person[] {
  const people = words.filter(word => typeof word !== 'string');
  return [...new Map(people.map(person => [person.id, person])).values()];
}

/** As much of a comment as says whom it concerns. */
export interface Said {
  readonly by: Person;
  readonly words: Words;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * Who is told of a comment: whom it mentions and who owns the action, each once and not its author. Who has said
 * something on this action since has read it.
 *
 * @param all every comment on this action
 */
export function toldOf(
  comment: Said,
  owners: readonly Person[],
  all: readonly Said[],
): readonly { readonly person: Person; readonly mentioned: boolean }[] {
  const mentioned = mentionedIn(comment.words);
  const everybody = new Map([...owners, ...mentioned].map(person => [person.id, person]));
  return [...everybody.values()]
    .filter(({ id }) => id !== comment.by.id && !all.some(({ by, at }) => by.id === id && at > comment.at))
    .map(person => ({ person, mentioned: mentioned.some(({ id }) => id === person.id) }));
}
