import type { Person } from '../community.ts';
import { identifier, remark } from '../text.ts';
import type { SectionId } from './charter.ts';

/** Longest comment on a section, in characters. */
export const longestComment = 1_000;
/** Most comments that wait on one section. */
export const mostComments = 200;
/** Most days a round of consent runs. */
export const longestRound = 60;

/** The id of a comment, which whoever writes it makes: a request that is repeated finds its twin. */
export const CommentId = identifier(64).regex(/^[a-z0-9-]{8,64}$/, {
  error: 'expected 8 to 64 small letters, digits and hyphens',
});
export const CommentText = remark(longestComment).min(1);

/** Somebody's agreement with what a section said, known by its fingerprint. */
export interface Agreement {
  readonly section: string;
  readonly person: Person;
  readonly fingerprint: string;
}

/** What a section says now, and by which fingerprint one knows it again; null while nobody has written it. */
export type Fingerprints = ReadonlyMap<SectionId, string>;

/**
 * Who agrees with what a section says now. An agreement with what it said before counts no more: nobody is said to
 * agree with words that they have not read.
 */
export function agreedNow(
  agreements: readonly Agreement[],
  section: SectionId,
  fingerprints: Fingerprints,
): readonly Person[] {
  const now = fingerprints.get(section);
  return agreements
    .filter(agreement => agreement.section === section && agreement.fingerprint === now)
    .map(({ person }) => person);
}

/** How a round of consent stands. */
export interface RoundProgress {
  /** Who has looked, and who of them agrees with every section that is written. */
  readonly seen: readonly Person[];
  readonly agreed: readonly Person[];
  /** How many of the team have not looked yet. No name: a list of those who did not would shame them. */
  readonly notYet: number;
}

/** Whoever agreed with everything has seen it, also without a press that says so. */
export function progressOf(
  seenBy: readonly Person[],
  members: readonly Person[],
  agreements: readonly Agreement[],
  fingerprints: Fingerprints,
): RoundProgress {
  const written = [...fingerprints.keys()];
  const isAgreed = ({ id }: Person): boolean =>
    written.length > 0 &&
    written.every(section => agreedNow(agreements, section, fingerprints).some(person => person.id === id));
  const present = members.map(({ id, name }) => ({ id, name }));
  const agreed = present.filter(isAgreed);
  const seen = present.filter(person => seenBy.some(({ id }) => id === person.id) || agreed.includes(person));
  return { seen, agreed, notYet: present.length - seen.length };
}

/** Whether people are still asked; both days YYYY-MM-DD. */
export function isRoundOpen({ until }: { readonly until: string }, today: string): boolean {
  return today <= until;
}
