import type { Community, Member, ReadyCommunity } from '../../../domain/community.ts';
import { cardDayOf } from '../../../domain/facilitation/card-day.ts';
import { byItselfIn } from '../../../domain/facilitation/by-itself.ts';
import {
  boardFor,
  firstDayOf,
  phaseOf,
  weekFrom,
  type Board,
  type Tick,
} from '../../../domain/facilitation/facilitation.ts';
import { sizeOf } from '../../../domain/facilitation/method.ts';
import { readersOf, whyFor, type Why } from '../../../domain/facilitation/readers.ts';
import { wasQuiet, weeksBefore } from '../../../domain/facilitation/rhythm.ts';
import { can } from '../../../domain/permissions.ts';
import type { Card } from '../../cards.ts';
import type { Log } from '../../ports.ts';
import type { Translate } from '../../text.ts';
import { facilitationCard, type CardParts } from './card.ts';
import type { Earlier } from './more.ts';
import type { FacilitationParts, Notes } from './parts.ts';
import { readSeen } from './seen.ts';

export const messageKind = 'facilitation.week';

/** One week of one community as it is now, ready to be shown in any language. */
export interface Shown {
  readonly board: Board;
  readonly earlier: Earlier | null;
  /**
   * The shared message: those who get it may tick. Facilitators need not coordinate, so it never tells what newcomers
   * answered; Teams asks for each reader's own card when it comes into view, and that one does.
   */
  shared(t: Translate): Card;
  /** What is new, for a notification of the shared message: lines without Markdown. */
  news(t: Translate): readonly string[];
  /** For one person, who may perhaps only look. */
  to(person: Member, t: Translate): Card;
}

/** Reads a week from the community's list, once, for all its readers. */
export async function readWeek(
  parts: FacilitationParts,
  community: ReadyCommunity,
  week: string,
  now: Date,
): Promise<Shown> {
  const { facilitation } = community.settings;
  // In a channel everybody reads along.
  const wanted = facilitation.destination === 'chats' ? parts.notes : noNotes;
  const [{ board, earlier }, lines, members] = await Promise.all([
    readBoard(parts, community, week, now),
    linesFrom(wanted, community, parts.log),
    parts.roster.members(community.id),
  ]);

  function shown(reader: Reader, t: Translate): Card {
    const { may, mayReadNewcomers, why, mornings } = reader;
    const notes = may('facilitation.greet') ? lines(t, mayReadNewcomers) : [];
    return facilitationCard({ community, board, earlier, notes, may, why, mornings, now }, t);
  }
  const everybody: Reader = {
    may: () => true,
    mayReadNewcomers: false,
    why: facilitation.destination === 'channel' ? 'channel' : readersOf(community, members).why,
    mornings: null,
  };
  return {
    board,
    earlier,
    shared: t => shown(everybody, t),
    news: t => lines(t, everybody.mayReadNewcomers, written => written),
    to: (person, t) => shown(readerFor(person), t),
  };

  function readerFor(person: Member): Reader {
    const why = whyFor(person, community, members);
    const isSent = ['facilitates', 'coordinates', 'owns'].includes(why);
    return {
      may: permission => can(person, permission, community),
      // Member support reads in the tab, which knows who answered when they were among the readers.
      mayReadNewcomers: can(person, 'roles.manage', community),
      why,
      mornings: isSent ? (facilitation.mornings ?? []).some(({ id }) => id === person.id) : null,
    };
  }
}

interface Reader {
  readonly may: CardParts['may'];
  readonly mayReadNewcomers: boolean;
  readonly why: Why;
  readonly mornings: boolean | null;
}

/** A week as it stands, with what the product sees; and the weeks before it, while nobody has ticked anything. */
async function readBoard(
  parts: FacilitationParts,
  community: ReadyCommunity,
  key: string,
  now: Date,
): Promise<{ readonly board: Board; readonly earlier: Earlier | null }> {
  const week = weekFrom(key);
  const { settings } = community;
  const [ticks, seen] = await Promise.all([ticksOf(parts, community, key), readSeen(parts, community)]);
  const choices = { size: sizeOf(settings), from: firstDayOf(community) };
  const byItself = byItselfIn(week, seen, ticks, { settings, now });
  const board = boardFor(week, ticks, now, settings.timeZone, { ...choices, byItself });
  const untouched = board.minutes.done === 0 && phaseOf(key, settings, now) === 'running';
  return { board, earlier: untouched ? await readEarlier(parts, community, key, now) : null };
}

/** Reads backwards as long as weeks were quiet: a community that is busy costs one look. */
async function readEarlier(
  parts: FacilitationParts,
  community: ReadyCommunity,
  week: string,
  now: Date,
): Promise<Earlier> {
  const { settings } = community;
  const from = firstDayOf(community);
  const rest = await parts.restDays.of(community);
  let quiet = 0;
  let last: Earlier['last'] = null;
  for (const key of weeksBefore(week, from)) {
    // Nobody owes anything for a week in which all rest.
    if (cardDayOf(weekFrom(key), rest, settings) === undefined) continue;
    const ticks = await ticksOf(parts, community, key);
    const board = boardFor(weekFrom(key), ticks, now, settings.timeZone, { size: sizeOf(settings), from });
    last ??= { done: board.minutes.done, names: [...new Set(ticks.map(({ tickedBy }) => tickedBy.name))] };
    if (!wasQuiet(board)) break;
    quiet += 1;
  }
  return { quiet, last };
}

async function ticksOf({ lists }: FacilitationParts, community: Community, week: string): Promise<readonly Tick[]> {
  return (await lists.of(community.id).ticks.all({ week })).map(({ value }) => value);
}

const none: Notes = () => [];

/** Where everybody reads along. */
const noNotes: FacilitationParts['notes'] = async () => none;

/** The note is a courtesy: a card without it is better than no card. */
async function linesFrom(notes: FacilitationParts['notes'], community: Community, log: Log): Promise<Notes> {
  try {
    return await notes(community);
  } catch (error) {
    log.warn({ community: community.id, err: error }, 'facilitation card shown without its notes');
    return none;
  }
}
