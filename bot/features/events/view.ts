import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import {
  mostShown,
  type AttendanceView,
  type EventLine,
  type EventsView,
  type EventView,
  type RhythmView,
} from '../../../domain/events/api.ts';
import {
  comparison,
  countsOf,
  isBeforeMove,
  organisationsOf,
  whoSaid,
  type Attendance,
} from '../../../domain/events/attendance.ts';
import { canMove, endOf, eventMoves, lastWords, takesAnswers } from '../../../domain/events/event.ts';
import { can } from '../../../domain/permissions.ts';
import { localDay } from '../../../domain/schedule.ts';
import type { AttendanceRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import { readAttendance } from './attendance.ts';
import { mayAnswer } from './invited.ts';
import type { EventsParts } from './parts.ts';
import { daysAheadOf, readRhythms, type PlannedRhythm } from './rhythms.ts';
import { asPerson, mayEditIt, readEvents, wordsOf, type PlannedEvent } from './store.ts';

/** How many of those who come are named on the page of an event. */
const mostNamed = 100;

interface Viewed {
  readonly community: ReadyCommunity;
  readonly who: Member;
}

export async function eventsView(parts: EventsParts, { community, who }: Viewed): Promise<EventsView> {
  const [events, rhythms] = await Promise.all([readEvents(parts, community), readRhythms(parts, community)]);
  // What was never told of and was dropped is nobody's any more.
  const shown = events.filter(({ state, announcedBy }) => state !== 'cancelled' || announcedBy !== null);
  const lines: EventLine[] = [];
  for (const event of shown) {
    const isOpen = takesAnswers(event, parts.clock());
    lines.push(
      await eventLine(parts, { community, who }, event, isOpen ? await readAttendance(parts, community, event.id) : []),
    );
  }
  return {
    today: todayIn(parts, community),
    timeZone: community.settings.timeZone,
    events: lines,
    rhythms: await Promise.all(rhythms.map(rhythm => rhythmView(parts, community, rhythm))),
    mayEdit: can(who, 'events.edit', community),
  };
}

async function eventLine(
  parts: EventsParts,
  { community, who }: Viewed,
  event: PlannedEvent,
  rows: readonly AttendanceRow[],
): Promise<EventLine> {
  const { id, etag, state, startsAt, rhythm, there } = event;
  const isOpen = takesAnswers(event, parts.clock());
  const mine = rows.find(({ person }) => person?.id === who.id);
  const { title, kind, day, time, minutes, mode, place, link, audience, hosts } = wordsOf(
    event,
    community.settings.timeZone,
  );
  const { coming, maybe, not } = countsOf(rows);
  return {
    ...{
      id,
      etag,
      title,
      kind,
      day,
      time,
      minutes,
      mode,
      place,
      link,
      audience,
      hosts,
      state,
      startsAt,
      rhythm,
      there,
    },
    endsAt: endOf(event).toISOString(),
    counts: isOpen ? { coming, maybe, not } : null,
    mine: mine?.says ? { says: mine.says, appetite: mine.appetite, before: isBeforeMove(mine, event) } : null,
    takesAnswers: isOpen && (await mayAnswer(parts, community, event, who)),
    mayEdit: mayEditIt(event, who, community),
  };
}

/**
 * One event, as this person may see and change it.
 * @param known what was answered, where that has just been read
 */
export async function eventView(
  parts: EventsParts,
  { community, who }: Viewed,
  event: PlannedEvent,
  known?: readonly AttendanceRow[],
): Promise<EventView> {
  const { timeZone } = community.settings;
  const [rows, events] = await Promise.all([
    known ?? readAttendance(parts, community, event.id),
    readEvents(parts, community),
  ]);
  const now = parts.clock();
  const line = await eventLine(parts, { community, who }, event, rows);
  return {
    ...line,
    ...wordsOf(event, timeZone),
    ps: event.ps,
    coming: whoSaid(rows, 'coming')
      .slice(0, mostNamed)
      .flatMap(({ person }) => (person ? [asPerson(person)] : [])),
    moves: line.mayEdit ? eventMoves.filter(move => canMove(event, move, now)) : [],
    lastTimes: lastWords(event, events).map(({ id, title, startsAt, keep, change }) => ({
      id,
      title,
      day: localDay(new Date(startsAt), timeZone),
      keep,
      change,
    })),
    byHand: event.byHand,
    announcedBy: event.announcedBy,
    addedBy: event.addedBy,
    changed: { by: event.changedBy, at: event.changedAt },
  };
}

async function rhythmView(parts: EventsParts, community: ReadyCommunity, rhythm: PlannedRhythm): Promise<RhythmView> {
  const { changedBy: _by, changedAt: _at, ...said } = rhythm;
  const ahead = await daysAheadOf(parts, community, rhythm);
  return { ...said, skipped: ahead.flatMap(({ day, skipped }) => (skipped ? [{ day, why: skipped }] : [])) };
}

/** Who answered what and who was there, by name. */
export function attendanceView(event: PlannedEvent, rows: readonly AttendanceRow[], name: string): AttendanceView {
  const wanted = name.trim().toLowerCase();
  const found = rows
    .filter(row => nameOf(row).toLowerCase().includes(wanted) || row.organisation.toLowerCase().includes(wanted))
    .toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
  return {
    rows: found.slice(0, mostShown).map(row => ({
      person: row.person ? asPerson(row.person) : null,
      guest: row.guest,
      organisation: row.organisation,
      says: row.says,
      before: isBeforeMove(row, event),
      was: row.was,
      appetite: row.appetite,
    })),
    counts: countsOf(rows),
    compared: comparison(rows, event),
    organisations: [...organisationsOf(rows.filter(({ person, was }) => person === null && was === 'yes'))],
    found: found.length,
  };
}

function nameOf({ person, guest, organisation }: Pick<Attendance, 'person' | 'guest' | 'organisation'>): string {
  return person?.name ?? (guest === '' ? organisation : guest);
}
