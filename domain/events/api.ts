import { z } from 'zod';
import { Day, Person } from '../community.ts';
import { Change, community, endpoint, FileAnswer } from '../endpoint.ts';
import { identifier, line, prose } from '../text.ts';
import { Appetite, EventAnswer, Guest, mostGuests, mostNoted, WasThere } from './attendance.ts';
import { Event, eventMoves, eventStates, longestPs, Ps } from './event.ts';
import { psIds } from './method.ts';
import { Rhythm } from './rhythm-rule.ts';

const Counts = z.object({
  coming: z.number().int(),
  maybe: z.number().int(),
  not: z.number().int(),
});

/** What I answered to an event; `before`: before it got the moment it has now. */
const MyAnswer = z.object({ says: EventAnswer, appetite: Appetite.nullable(), before: z.boolean() });

/** One event in the list of all. */
export const EventLine = Event.pick({
  title: true,
  kind: true,
  day: true,
  time: true,
  minutes: true,
  mode: true,
  place: true,
  link: true,
  audience: true,
  hosts: true,
}).extend({
  id: z.string(),
  etag: z.string(),
  state: z.enum(eventStates),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** The rhythm that made it. */
  rhythm: z.string().nullable(),
  /** Of an announced event that is not over: who answered what so far. Null of the others. */
  counts: Counts.nullable(),
  /** Null while I have not answered, or cannot. */
  mine: MyAnswer.nullable(),
  /** Whether I can answer, or change my answer, now. */
  takesAnswers: z.boolean(),
  /** How many were there, guests too; null until somebody has said so. */
  there: z.number().int().nullable(),
  /** Whether I may change it, announce and cancel it, and say who was there. */
  mayEdit: z.boolean(),
});
export type EventLine = z.infer<typeof EventLine>;

/** What was said after an event before this one. */
const LastWords = z.object({ id: z.string(), title: z.string(), day: Day, keep: z.string(), change: z.string() });

/** One event, whole. */
export const EventView = EventLine.extend({
  ...Event.shape,
  ps: Ps,
  /** Those who come, in the order in which they said so: the first of them. */
  coming: z.array(Person),
  /** What can become of it now, as far as I may. */
  moves: z.array(z.enum(eventMoves)),
  lastTimes: z.array(LastWords),
  /**
   * Somebody wrote it in SharePoint itself: its hosts may not do there what hosts may, until somebody who looks after
   * events has saved it.
   */
  byHand: z.boolean(),
  announcedBy: Person.nullable(),
  addedBy: Person,
  changed: Change,
});
export type EventView = z.infer<typeof EventView>;

/** A day on which a rhythm brings no event, and why. */
const SkippedDay = z.object({ day: Day, why: z.enum(['quiet', 'holiday', 'no-such-day']) });

export const RhythmView = Rhythm.extend({
  id: z.string(),
  etag: z.string(),
  /** Within the next six weeks. */
  skipped: z.array(SkippedDay),
});
export type RhythmView = z.infer<typeof RhythmView>;

export const EventsView = z.object({
  /** The day it is in the community's zone. */
  today: Day,
  timeZone: z.string(),
  /** By their moment. Drafts that were cancelled are left out. */
  events: z.array(EventLine),
  rhythms: z.array(RhythmView),
  /** Whether I look after events: their rhythms, and the events of others. */
  mayEdit: z.boolean(),
});
export type EventsView = z.infer<typeof EventsView>;

/** One row of who said what and who was there. */
const AttendanceLine = z.object({
  /** Null for a guest. */
  person: Person.nullable(),
  guest: z.string(),
  organisation: z.string(),
  says: EventAnswer.nullable(),
  /** What they said was about another moment. */
  before: z.boolean(),
  was: WasThere,
  appetite: Appetite.nullable(),
});
export type AttendanceLine = z.infer<typeof AttendanceLine>;

/** How many rows one answer holds: who looks for others searches by name. */
export const mostShown = 300;

export const AttendanceView = z.object({
  /** By name; the first {@link mostShown} that fit what was searched for. */
  rows: z.array(AttendanceLine),
  /** Of the event, whatever was searched for. */
  counts: Counts.extend({ there: z.number().int(), guests: z.number().int() }),
  /** Came as they had said, came although they had not, stayed away although they had said they would come. */
  compared: z.object({ asSaid: z.number().int(), unsaid: z.number().int(), missing: z.number().int() }),
  organisations: z.array(z.object({ name: z.string(), count: z.number().int() })),
  /** How many fit what was searched for. */
  found: z.number().int(),
});
export type AttendanceView = z.infer<typeof AttendanceView>;

/** Who was there, person by person; who is left out stays as they are. */
export const NotedAttendance = z.object({
  people: z.array(z.object({ id: identifier(100).min(1), was: WasThere })).max(mostNoted),
  /** Two of one name and organisation are the same. */
  guests: z.array(Guest.extend({ was: WasThere })).max(mostGuests),
});
export type NotedAttendance = z.infer<typeof NotedAttendance>;

/** Most next steps in one go. */
export const mostSteps = 10;

export const eventsApi = {
  events: endpoint({
    method: 'GET',
    path: `${community}/events`,
    summary: 'The events of the community, by their moment, and what comes again and again',
    answer: EventsView,
    kept: view => view,
  }),
  event: endpoint({
    method: 'GET',
    path: `${community}/events/{event}`,
    summary: 'One event, whole, with what was said after the last two',
    answer: EventView,
  }),
  saveEvent: endpoint({
    method: 'PUT',
    path: `${community}/events/{event}`,
    summary: 'Propose an event, whose id is chosen by who asks so that it may be repeated, or save it',
    body: Event,
    answer: EventView,
    conditional: true,
  }),
  prepareEvent: endpoint({
    method: 'POST',
    path: `${community}/events/{event}/preparation`,
    summary: 'Write down one of the six Ps of an event, whatever else was changed meanwhile; may be repeated',
    body: z.object({ ps: z.enum(psIds), text: prose(longestPs), done: z.boolean() }),
    answer: EventView,
  }),
  moveEvent: endpoint({
    method: 'POST',
    path: `${community}/events/{event}/state`,
    summary: 'Announce an event, cancel it, make a draft of a cancelled one, or say that it was held; may be repeated',
    body: z.object({ move: z.enum(eventMoves) }),
    answer: EventView,
  }),
  answerEvent: endpoint({
    method: 'PUT',
    path: `${community}/events/{event}/answer`,
    summary: 'Say whether I come, or say it again',
    body: z.object({ says: EventAnswer, appetite: Appetite.nullable() }),
    answer: EventView,
  }),
  attendance: endpoint({
    method: 'GET',
    path: `${community}/events/{event}/attendance`,
    summary: 'Who answered what, and who was there',
    query: ['name'],
    answer: AttendanceView,
  }),
  noteAttendance: endpoint({
    method: 'POST',
    path: `${community}/events/{event}/attendance`,
    summary: 'Say who was there, person by person, and which guests; may be repeated',
    body: NotedAttendance,
    answer: AttendanceView,
  }),
  planSteps: endpoint({
    method: 'POST',
    path: `${community}/events/{event}/steps`,
    summary: 'Put what comes next into the plan; ids are chosen by who asks, so that it may be repeated',
    body: z.object({
      steps: z.array(z.object({ id: identifier(64).min(8), title: line(200).min(1) })).max(mostSteps),
    }),
    answer: z.object({ added: z.number().int() }),
  }),
  eventCalendar: endpoint({
    method: 'GET',
    path: `${community}/events/{event}/calendar`,
    summary: 'One event as a calendar file, to keep or to pass on',
    answer: FileAnswer,
    file: true,
  }),
  saveRhythm: endpoint({
    method: 'PUT',
    path: `${community}/rhythms/{rhythm}`,
    summary: 'Have an event come again and again, or change how; the id is chosen by who asks',
    body: Rhythm,
    answer: EventsView,
    conditional: true,
  }),
};
