import { sectionIds, type SectionId } from '../charter/charter.ts';
import type { Person } from '../community.ts';
import { addDays } from '../schedule.ts';
import { contributionIds, reasonIds, reasons, type ContributionId, type ReasonId } from './method.ts';

/** Longest text in a newcomer's own words, in characters. */
export const longestWords = 2_000;

/** The days of a welcome that nobody answers. */
export interface WelcomeDays {
  /** From this day on it is asked once more. */
  readonly again: string;
  /** From this day on it is too late for that. */
  readonly over: string;
  /** From this day on those who welcome hear no more of it. */
  readonly forgotten: string;
}

/** @param joined YYYY-MM-DD where the community is */
export function welcomeDays(joined: string): WelcomeDays {
  return { again: addDays(joined, 14), over: addDays(joined, 42), forgotten: addDays(joined, 70) };
}

/** What a newcomer said. Ids that are no longer offered are passed over. */
export interface WelcomeAnswer {
  readonly reasons: readonly string[];
  readonly inOwnWords: string;
  readonly contributions: readonly string[];
}

/** What is fitted to an answer: first steps, what to read and whom to ask. */
export interface Fitting {
  readonly steps: readonly FittingStep[];
  /** Sections of the charter that say more; only those that are written, each once. */
  readonly read: readonly SectionId[];
  /** Coordinators to ask, when the answer is one that a person helps with best. */
  readonly ask: readonly Person[];
}

/** What the newcomer chose; the method has a first step for it. */
type FittingStep = { readonly reason: ReasonId } | { readonly contribution: ContributionId };

/** A first step is small: more than these and none is taken. */
const mostReasons = 3;
const mostContributions = 2;
const mostToRead = 3;

/**
 * What is fitted to what a newcomer said, from the method's suggestions, the sections of the charter that are written
 * and the coordinators. Whoever chose nothing, or only used their own words, gets what suits a curious person, and
 * people.
 */
export function fittingFor(
  answer: WelcomeAnswer,
  written: ReadonlySet<SectionId>,
  coordinators: readonly Person[],
): Fitting {
  const chosen = reasons.filter(({ id }) => answer.reasons.includes(id));
  const offers = contributionIds.filter(id => answer.contributions.includes(id));
  const fitted = chosen.length > 0 || offers.length > 0 ? chosen : reasons.filter(({ id }) => id === 'curious');
  const sections = new Set<SectionId>([...fitted.map(({ section }) => section), 'purpose']);

  return {
    steps: [
      ...fitted.slice(0, mostReasons).map(({ id }) => ({ reason: id })),
      ...offers.slice(0, mostContributions).map(id => ({ contribution: id })),
    ],
    read: sectionIds.filter(id => sections.has(id) && written.has(id)).slice(0, mostToRead),
    ask: fitted.some(({ ask }) => ask) || answer.inOwnWords.trim() !== '' ? coordinators : [],
  };
}

/** What coordinators read of one newcomer. */
export interface Newcomer extends WelcomeAnswer {
  readonly person: Person;
  /** ISO instant. */
  readonly joinedAt: string;
  readonly answeredAt: string | null;
}

/** What newcomers said, counted, for the coordinators' line. */
export interface NewcomersSummary {
  /** Who joined, first come first. */
  readonly joined: readonly Person[];
  /** What brings them, most frequent first. */
  readonly reasons: readonly { readonly id: ReasonId; readonly count: number }[];
  /** How they would like to contribute, most frequent first. */
  readonly contributions: readonly { readonly id: ContributionId; readonly count: number }[];
}

/** Sums up those who joined at this moment or later. */
export function summaryOf(newcomers: readonly Newcomer[], since: Date): NewcomersSummary {
  const recent = newcomers
    .filter(({ joinedAt }) => new Date(joinedAt) >= since)
    .toSorted((one, other) => Date.parse(one.joinedAt) - Date.parse(other.joinedAt));
  return {
    joined: recent.map(({ person }) => person),
    reasons: reasonsOf(recent),
    contributions: counted(
      contributionIds,
      recent.flatMap(newcomer => newcomer.contributions),
    ),
  };
}

/** What brings them, most frequent first. */
export function reasonsOf(newcomers: readonly WelcomeAnswer[]): NewcomersSummary['reasons'] {
  return counted(
    reasonIds,
    newcomers.flatMap(newcomer => newcomer.reasons),
  );
}

function counted<Id extends string>(
  ids: readonly Id[],
  said: readonly string[],
): readonly { readonly id: Id; readonly count: number }[] {
  return ids
    .map(id => ({ id, count: said.filter(each => each === id).length }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
}
