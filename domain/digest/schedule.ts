import { nextOpenDay, openDayBefore, type Rest } from '../attention/open-days.ts';
import type { DigestRhythm } from '../community.ts';
import type { DigestPeriod } from './digest.ts';
import { addDays, addMonths, localDay, momentOn } from '../schedule.ts';

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
  /** The last day on which it is still sent, never before the open day after `due`. */
  readonly latest: string;
}

/** How many days after somebody sent it a digest out of turn is still worth delivering. */
export const grace = 3;
/**
 * How many days late an issue is still worth sending. A month that is missed is told with the next; a quarter's would
 * leave its reader without a word for half a year.
 */
const lateBy = { month: 3, quarter: 42 } as const;
const noticeDays = 3;

/**
 * The issue to think of today: the last one while it can still be sent and has not been, else the running one, or the
 * next when that went out early.
 * @param rest of the community
 * @param sent keys of what has gone out
 * @param toldUntil the first day of which nothing has been told: an issue that ends before it has nothing left to tell
 */
export function issueOn(
  rhythm: Rhythm,
  {
    today,
    rest,
    sent,
    toldUntil,
  }: {
    readonly today: string;
    readonly rest: Rest;
    readonly sent: ReadonlySet<string>;
    readonly toldUntil: string | null;
  },
): DigestIssue | null {
  if (rhythm === 'off') return null;
  const months = rhythm === 'monthly' ? 1 : 3;
  const start = startOf(today, months);
  const before = issueFrom(addMonths(start, -months), months, rest);
  const isTold = sent.has(before.key) || (toldUntil !== null && toldUntil >= before.end);
  if (today <= before.latest && !isTold) return before;
  const running = issueFrom(start, months, rest);
  return sent.has(running.key) ? issueFrom(running.end, months, rest) : running;
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

function issueFrom(start: string, months: number, rest: Rest): DigestIssue {
  const end = addMonths(start, months);
  const due = nextOpenDay(end, rest);
  let notice = due;
  for (let left = noticeDays; left > 0; left--) notice = openDayBefore(notice, rest);
  const after = nextOpenDay(addDays(due, 1), rest);
  const kind = months === 1 ? 'month' : 'quarter';
  const [year, month] = [start.slice(0, 4), Number(start.slice(5, 7))];
  const key = months === 1 ? start.slice(0, 7) : `${year}-Q${Math.ceil(month / 3)}`;
  return {
    kind,
    key,
    start,
    end,
    notice,
    due,
    latest: [addDays(due, lateBy[kind]), after].toSorted().at(-1) as string,
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
