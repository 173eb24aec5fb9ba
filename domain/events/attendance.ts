import { z } from 'zod';
import { Person } from '../community.ts';
import { line } from '../text.ts';
import { hasBegun, type KeptEvent } from './event.ts';

/** What people answer to an announced event. */
export const answers = ['coming', 'maybe', 'not'] as const;
export const EventAnswer = z.enum(answers);
export type EventAnswer = z.infer<typeof EventAnswer>;

/** Whether somebody was there; `unknown` until a host has said so. */
export const wasThere = ['yes', 'no', 'unknown'] as const;
export const WasThere = z.enum(wasThere);
export type WasThere = z.infer<typeof WasThere>;

/** How somebody would take part in what was launched. */
export const appetites = ['lead', 'help', 'come', 'read'] as const;
export const Appetite = z.enum(appetites);
export type Appetite = z.infer<typeof Appetite>;

/** In characters. */
const longestGuest = 100;
/** Guests and people whose presence is noted in one go: as many as one request holds. */
export const mostGuests = 500;
export const mostNoted = 2_500;

/** Somebody who is not in the team. */
export const Guest = z.object({ name: line(longestGuest), organisation: line(longestGuest) });
export type Guest = z.infer<typeof Guest>;

/** One person's row at one event: of the team, or a guest. */
export interface Attendance {
  /** Null for a guest. */
  readonly person: Person | null;
  /** The guest's name; empty for a member, and for a guest of whom only the organisation is known. */
  readonly guest: string;
  readonly organisation: string;
  /** Null while they have not answered. */
  readonly says: EventAnswer | null;
  /** ISO instant. */
  readonly saidAt: string | null;
  readonly was: WasThere;
  readonly appetite: Appetite | null;
}

export const nothingSaid: Omit<Attendance, 'person'> = {
  guest: '',
  organisation: '',
  says: null,
  saidAt: null,
  was: 'unknown',
  appetite: null,
};

/** How many answered what, and how many were there. */
interface AnswerCounts {
  readonly coming: number;
  readonly maybe: number;
  readonly not: number;
  /** Guests among them. */
  readonly there: number;
  readonly guests: number;
}

export function countsOf(rows: readonly Attendance[]): AnswerCounts {
  const counts = { coming: 0, maybe: 0, not: 0, there: 0, guests: 0 };
  for (const { says, was, person } of rows) {
    if (says !== null) counts[says]++;
    if (was !== 'yes') continue;
    counts.there++;
    if (person === null) counts.guests++;
  }
  return counts;
}

/** Whether somebody answered before the event got the moment it has now: what they said was about another one. */
export function isBeforeMove({ saidAt }: Pick<Attendance, 'saidAt'>, { movedAt }: Pick<KeptEvent, 'movedAt'>): boolean {
  return saidAt !== null && movedAt !== null && Date.parse(saidAt) < Date.parse(movedAt);
}

/** Who comes, or may, in the order in which they said so; the first ones are named on the card. */
export function whoSaid<Row extends Attendance>(rows: readonly Row[], ...said: readonly EventAnswer[]): readonly Row[] {
  return rows
    .filter(({ says }) => says !== null && said.includes(says))
    .toSorted((one, other) => (one.saidAt ?? '').localeCompare(other.saidAt ?? ''));
}

/** Whether somebody was there as far as is known: what a host ticks before they have said anything. */
export function isLikelyThere({ says, was }: Pick<Attendance, 'says' | 'was'>): boolean {
  return was === 'yes' || (was === 'unknown' && says === 'coming');
}

/**
 * What was answered against what was: who came as they said, came although they had not said so, and stayed away
 * although they had. Who came after the beginning and said so then was there, and promised nothing.
 */
export function comparison(
  rows: readonly Attendance[],
  event: Pick<KeptEvent, 'startsAt'>,
): { readonly asSaid: number; readonly unsaid: number; readonly missing: number } {
  const promised = (row: Attendance): boolean =>
    row.says === 'coming' && row.saidAt !== null && !hasBegun(event, new Date(row.saidAt));
  const members = rows.filter(({ person }) => person !== null);
  return {
    asSaid: members.filter(row => promised(row) && row.was === 'yes').length,
    unsaid: members.filter(row => !promised(row) && row.was === 'yes').length,
    missing: members.filter(row => promised(row) && row.was === 'no').length,
  };
}

/** What tells one guest from another: name and organisation, however they were typed. */
export function guestName({ name, organisation }: Guest): string {
  return JSON.stringify([folded(name), folded(organisation)]);
}

/** Each guest once, as they were typed first; who has neither a name nor an organisation is nobody. */
export function mergedGuests(guests: readonly Guest[]): readonly Guest[] {
  const found = new Map<string, Guest>();
  for (const guest of guests) {
    const name = guestName(guest);
    if (folded(guest.name) + folded(guest.organisation) !== '' && !found.has(name)) found.set(name, guest);
  }
  return [...found.values()];
}

/** Guests as people type them, one a line: `name, organisation`. */
export function guestsIn(text: string): readonly Guest[] {
  const typed = text.split('\n').map(one => {
    const [name = '', ...rest] = one.split(/[,;\t]/);
    return { name: name.trim(), organisation: rest.join(', ').replace(/\s+/g, ' ').trim() };
  });
  return mergedGuests(
    typed.flatMap(guest => {
      const parsed = Guest.safeParse(guest);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

/** How many guests came from each organisation, most first; those of none come last. */
export function organisationsOf(
  guests: readonly Pick<Attendance, 'organisation'>[],
): readonly { readonly name: string; readonly count: number }[] {
  const groups = Map.groupBy(guests, ({ organisation }) => folded(organisation));
  return [...groups.values()]
    .map(same => ({ name: same[0]?.organisation ?? '', count: same.length }))
    .toSorted(
      (one, other) =>
        Number(one.name === '') - Number(other.name === '') ||
        other.count - one.count ||
        one.name.localeCompare(other.name),
    );
}

/** The same however it was typed: in capitals or not, composed or not, with whatever space. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
