import type { DigestRhythm, Settings } from '../community.ts';
import { workingDays } from '../facilitation/facilitation.ts';
import type { DigestPeriod } from './digest.ts';
import { addDays, addMonths, localDay, momentOn, weekdayOf } from '../schedule.ts';

export type Rhythm = DigestRhythm['sponsor'];

/** One issue of a digest that has a rhythm, by its calendar days in the community’s zone. */
export interface DigestIssue {
  readonly kind: 'month' | 'quarter';
  readonly key: string;
  readonly start: string;
  /** The first day after it. */
  readonly end: string;
  /** When coordinators are told that the draft waits: three open days before it goes out. */
  readonly notice: string;
  /** The first open day of the next month. */
  readonly due: string;
  /** The last day on which it is still sent. */
  readonly latest: string;
}

/** Whether something may go out on this day: it is a working day, and the community is not left in peace. */
export type IsOpen = (day: string) => boolean;

/** The days on which a community works: on these the check runs. */
export function openDaysIn({ facilitation }: Pick<Settings, 'facilitation'>): IsOpen {
  const working = workingDays(facilitation.day);
  return day => working.includes(weekdayOf(day));
}

/** How many days late a digest is still worth sending: open days, so that a day that was said can be kept. */
export const grace = 3;
const noticeDays = 3;

/**
 * The issue to think of today: the last one while it can still be sent and has not been, else the running one, or the
 * next when that went out early.
 * @param sent keys of what has gone out
 */
export function issueOn(
  rhythm: Rhythm,
  { today, isOpen, sent }: { readonly today: string; readonly isOpen: IsOpen; readonly sent: ReadonlySet<string> },
): DigestIssue | null {
  if (rhythm === 'off') return null;
  const months = rhythm === 'monthly' ? 1 : 3;
  const start = startOf(today, months);
  const before = issueFrom(addMonths(start, -months), months, isOpen);
  if (today <= before.latest && !sent.has(before.key)) return before;
  const running = issueFrom(start, months, isOpen);
  return sent.has(running.key) ? issueFrom(running.end, months, isOpen) : running;
}

/** What came before a period. */
export interface Before {
  /** Where the digest before ended; null for the first. */
  readonly last: string | null;
  /** When the app was added to the team, where that is known: before that there is nothing to tell. */
  readonly installedAt: string | null;
  readonly timeZone: string;
}

/** What an issue tells of: everything since the digest before, up to its end. */
export function periodOf({ kind, key, start, end }: DigestIssue, before: Before): DigestPeriod {
  const to = momentOn(end, '00:00', before.timeZone).toISOString();
  return { kind, key, from: earliest(beginning(start, before), to), to };
}

/** A digest out of turn: everything since the one before, or since the month or quarter began. */
export function periodNow(rhythm: Rhythm, { now, ...before }: Before & { readonly now: Date }): DigestPeriod {
  const today = localDay(now, before.timeZone);
  const start = startOf(today, rhythm === 'quarterly' ? 3 : 1);
  return {
    kind: 'now',
    key: `now-${today}`,
    from: earliest(beginning(start, before), now.toISOString()),
    to: now.toISOString(),
  };
}

/** The first digest begins no earlier than the app came. */
function beginning(start: string, { last, installedAt, timeZone }: Before): string {
  if (last !== null) return last;
  const moment = momentOn(start, '00:00', timeZone).toISOString();
  return installedAt !== null && Date.parse(installedAt) > Date.parse(moment)
    ? new Date(installedAt).toISOString()
    : moment;
}

/** This day when it is open, else the first open day after it. */
export function openFrom(day: string, isOpen: IsOpen): string {
  let open = day;
  while (!isOpen(open)) open = addDays(open, 1);
  return open;
}

/** The open day that comes so many open days after this one. */
export function openAfter(day: string, count: number, isOpen: IsOpen): string {
  let open = day;
  for (let left = count; left > 0; left--) open = openFrom(addDays(open, 1), isOpen);
  return open;
}

/**
 * The month in which a digest of a rhythm goes out, YYYY-MM; empty for one out of turn. Digests for one sponsor that go
 * out in the same month are one bundle.
 */
export function bundleMonth({ kind, key }: Pick<DigestPeriod, 'kind' | 'key'>): string {
  if (kind === 'now') return '';
  const [year = '', rest = ''] = key.split('-');
  return addMonths(
    `${year}-${kind === 'month' ? rest : String(Number(rest.slice(1)) * 3).padStart(2, '0')}-01`,
    1,
  ).slice(0, 7);
}

function issueFrom(start: string, months: number, isOpen: IsOpen): DigestIssue {
  const end = addMonths(start, months);
  const due = openFrom(end, isOpen);
  let notice = due;
  for (let left = noticeDays; left > 0; left -= isOpen(notice) ? 1 : 0) notice = addDays(notice, -1);
  const [year, month] = [start.slice(0, 4), Number(start.slice(5, 7))];
  const key = months === 1 ? start.slice(0, 7) : `${year}-Q${Math.ceil(month / 3)}`;
  return {
    kind: months === 1 ? 'month' : 'quarter',
    key,
    start,
    end,
    notice,
    due,
    latest: openAfter(due, grace, isOpen),
  };
}

/** The first day of the month or quarter that this day is in. */
function startOf(day: string, months: number): string {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 5)}${String(month - ((month - 1) % months)).padStart(2, '0')}-01`;
}

/** A clock that was set back must not make a period that ends before it begins. */
function earliest(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? one : other;
}
