/** A small thing that a member can do for the community; its words stand under its id. */
export interface Contribution {
  readonly id: string;
  readonly minutes: number;
  /** It brings two people together. */
  readonly withPeople: boolean;
}

const by = (id: string, minutes: number, withPeople = false): Contribution => ({ id, minutes, withPeople });

/**
 * Three at a time: together half an hour at most, at least one of them with somebody else (seed N, what members can
 * contribute).
 */
export const contributionSets: readonly (readonly Contribution[])[] = [
  [by('hello', 10, true), by('share-link', 10), by('tell-tried', 10)],
  [by('small-job', 20, true), by('ask', 5), by('check-link', 5)],
  [by('reply', 10, true), by('answer', 10, true), by('keep-talk', 10)],
  [by('bring-somebody', 0, true), by('pass-on', 5), by('short-piece', 25)],
];

/** For how many days a set is shown: four of them come to twelve weeks, so that nothing is repeated within two months. */
const daysOfSet = 21;

/** The small things of these days for this person: not the same ones for everybody. */
export function contributionsFor(person: string, today: string): readonly Contribution[] {
  const period = Math.floor(Date.parse(today) / 86_400_000 / daysOfSet);
  const shift = [...person].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
  return contributionSets[(period + shift) % contributionSets.length] ?? [];
}
