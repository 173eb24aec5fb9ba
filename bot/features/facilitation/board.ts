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
import { addDays, localDay } from '../../../domain/schedule.ts';
import { can } from '../../../domain/permissions.ts';
import type { Card } from '../../cards.ts';
import type { Log } from '../../ports.ts';
import { createQuietLink } from '../../shared/quiet-link.ts';
import type { Translate } from '../../text.ts';
import { facilitationCard, type CardParts } from './card.ts';
import type { Earlier } from './more.ts';
import type { FacilitationParts } from './parts.ts';
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
  /** The same in the place of the shared message: who got that unasked finds the line that ends it here as well. */
  inPlace(person: Member, t: Translate): Card;
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
  const inChats = facilitation.destination === 'chats';
  const [{ board, earlier }, lines, waits, members] = await Promise.all([
    readBoard(parts, community, week, now),
    linesFrom(inChats ? parts.notes : nothing, community, parts.log),
    linesFrom(inChats ? parts.waiting : nothing, community, parts.log),
    parts.roster.members(community.id),
  ]);
  const overview = parts.links.tab(community.id, 'overview');
  const isOver = phaseOf(week, community.settings, now) === 'over';
  const quietLink = createQuietLink(parts.links);

  function shown(reader: Reader, t: Translate): Card {
    const { may, mayReadNewcomers, why, mornings } = reader;
    const notes = may('facilitation.greet') ? lines(t, mayReadNewcomers) : [];
    const waiting = may('facilitation.tick') ? { lines: waits(t, mayReadNewcomers), overview } : null;
    return facilitationCard({ community, board, earlier, notes, waiting, may, why, mornings, now }, t);
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
    inPlace(person, t) {
      const reader = readerFor(person);
      const card = shown(reader, t);
      const isSent = inChats && !isOver && reader.mornings !== null;
      return isSent ? quietLink(card, { community: community.id, kind: messageKind }, t) : card;
    },
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
  const before = addDays(key, -7);
  // They may have been greeted on the card of the week before: only then is it looked at.
  const isNew = seen.joined
    .map(at => localDay(new Date(at), settings.timeZone))
    .some(day => before <= day && day <= key);
  const greeted = isNew ? [...ticks, ...(await ticksOf(parts, community, before))] : ticks;
  const byItself = byItselfIn(week, seen, greeted, { settings, now });
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

/** Where everybody reads along. */
const nothing = async () => () => [];

/** What stands beside the tasks is a courtesy: a card without it is better than no card. */
async function linesFrom<Asked extends readonly unknown[], Line>(
  read: (community: ReadyCommunity) => Promise<(...asked: Asked) => readonly Line[]>,
  community: ReadyCommunity,
  log: Log,
): Promise<(...asked: Asked) => readonly Line[]> {
  try {
    return await read(community);
  } catch (error) {
    log.warn({ community: community.id, err: error }, 'facilitation card shown without its notes');
    return () => [];
  }
}
