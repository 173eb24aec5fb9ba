import type { Member } from '../../domain/community.ts';
import { similarity } from './similarity.ts';
import { folded, type Word } from './words.ts';

/** People whom a sentence names, and where. */
export interface SaidPeople {
  /** More than one where several have that name. */
  readonly people: readonly Member[];
  readonly from: number;
  readonly to: number;
}

interface Name {
  readonly member: Member;
  readonly words: readonly string[];
}

/**
 * Members of a team by their whole names, or by one word of them. A word that means something else too, such as Will or
 * Mark, is a name only with its capital, and not at the start.
 * @param isKnown whether a word is one that sentences are made of
 */
export function peopleIn(
  sentence: string,
  words: readonly Word[],
  { members, isKnown }: { readonly members: readonly Member[]; readonly isKnown: (stem: string) => boolean },
): readonly SaidPeople[] {
  const names = members.map((member): Name => ({ member, words: folded(member.name).split(/[\s-]+/) }));
  const said: SaidPeople[] = [];
  for (let index = 0; index < words.length; index++) {
    const whole = names.filter(
      name => name.words.length > 1 && name.words.every((one, at) => words[index + at]?.text === one),
    );
    if (whole[0]) {
      const last = words[index + whole[0].words.length - 1]!;
      said.push({ people: whole.map(({ member }) => member), from: words[index]!.from, to: last.to });
      index += whole[0].words.length - 1;
      continue;
    }
    const word = words[index]!;
    const isCapital = index > 0 && /^\p{Lu}/u.test(sentence.slice(word.from));
    if (!isCapital && isKnown(word.stem)) continue;
    const some = namedBy(word, names);
    if (some.length === 0) continue;
    const before = said.at(-1);
    // "Mei Ling" is one person, as is "Priya Ramann".
    const same = before && words[index - 1]?.to === before.to ? before.people.filter(one => some.includes(one)) : [];
    if (before && same.length > 0) said.splice(-1, 1, { people: same, from: before.from, to: word.to });
    else said.push({ people: some, from: word.from, to: word.to });
  }
  return said;
}

function namedBy({ text }: Word, names: readonly Name[]): readonly Member[] {
  if (text.length < 3) return [];
  const exact = names.filter(({ words }) => words.includes(text));
  const near =
    exact.length > 0 || text.length < 4
      ? exact
      : names.filter(({ words }) =>
          words.some(word => word.length >= 4 && word[0] === text[0] && similarity(word, text) >= 0.8),
        );
  return near.map(({ member }) => member);
}
