import { api } from '../../../domain/api.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { AttendanceView, EventsView, EventView, NotedAttendance } from '../../../domain/events/api.ts';
import type { ReportView } from '../../../domain/events/report-api.ts';
import type { Appetite, EventAnswer } from '../../../domain/events/attendance.ts';
import {
  added,
  changedFields,
  edited,
  EventId,
  mayBeMoved,
  type Event,
  type EventMove,
  type KeptEvent,
} from '../../../domain/events/event.ts';
import type { PsId } from '../../../domain/events/method.ts';
import { isOnClock } from '../../../domain/events/rhythm.ts';
import { RhythmId, type Rhythm } from '../../../domain/events/rhythm-rule.ts';
import { momentOn } from '../../../domain/schedule.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import type { Stored } from '../../lists/list.ts';
import type { AttendanceRow, EventRow, RhythmRow } from '../../lists/model.ts';
import { closedBy, held, withPs } from './actions.ts';
import { readReportOf } from './attendance-report.ts';
import { howMany, keepAnswer, keepPresence, readAttendance } from './attendance.ts';
import { asHeld } from './held.ts';
import { mayAnswer } from './invited.ts';
import { makeAhead, rhythmOf, rhythmRow } from './rhythms.ts';
import { tellOf, type EventsWork } from './showing.ts';
import {
  asPerson,
  byOf,
  changeEvent,
  changing,
  eventOf,
  findEvent,
  listOf,
  lookingAfter,
  membersNamed,
  moveEvent,
  mustEdit,
  reading,
  rowOf,
  wordsOf,
  type PlannedEvent,
} from './store.ts';
import { attendanceView, eventsView, eventView } from './view.ts';

type Asked<Body> = TabRequest<Body, ReadyCommunity>;

async function one(
  parts: EventsWork,
  request: Asked<unknown>,
  event: PlannedEvent,
  known?: readonly AttendanceRow[],
): Promise<TabAnswer<EventView>> {
  const view = await eventView(parts, request, event, known);
  return { body: view, etag: view.etag };
}

async function read(parts: EventsWork, request: Asked<unknown>): Promise<TabAnswer<EventView>> {
  return one(parts, request, await findEvent(parts, request.community, idFrom(request)));
}

async function save(parts: EventsWork, request: Asked<Event>): Promise<TabAnswer<EventView>> {
  const { who, community, ifMatch, onBehalfOf } = request;
  const id = idFrom(request);
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(id);
  const before = stored && eventOf(stored);

  // What a person may change is asked of the version they saw; when there is another by now, they see that first.
  if (before && stored.etag === ifMatch) mustEdit(before, who, community);
  const wanted = await asPlanned(parts, request, before);
  const by = byOf(parts, who);
  const { day: _day, time: _time, ...said } = wanted.words;
  const value: KeptEvent = before
    ? edited<KeptEvent>(before, { ...said, startsAt: wanted.startsAt }, by)
    : added(said, { startsAt: wanted.startsAt }, by);
  const saved = await saveVersion(
    list,
    rowOf(id, value),
    ifMatch ?? null,
    row => changedFields(wordsOf(eventOf({ ...neverRead, value: row }), zoneOf(community)), wanted.words).length === 0,
  );
  if (saved.kind === 'conflict') throw await conflict(parts, request, saved.current);
  const event = eventOf(saved.row);
  await tellOf(parts, community, event);
  return one(parts, request, event);
}

const neverRead = { id: '', etag: '', changedAt: '' };

/**
 * What somebody wants of an event, with people as the team knows them, and its moment by the clock of the community.
 */
async function asPlanned(
  parts: EventsWork,
  { community, body }: Asked<Event>,
  before: PlannedEvent | undefined,
): Promise<{ readonly words: Event; readonly startsAt: string }> {
  const timeZone = zoneOf(community);
  const [hosts, named] = await Promise.all([
    membersNamed(parts, community, body.hosts, { known: before?.hosts ?? [], field: 'hosts' }),
    membersNamed(parts, community, body.audience === 'named' ? body.named : [], {
      known: before?.named ?? [],
      field: 'named',
    }),
  ]);
  const words: Event = { ...body, hosts, named, activity: body.kind === 'learning' ? body.activity : null };
  const current = before && wordsOf(before, timeZone);
  if (before && current && !mayBeMoved(before)) {
    const { day, time, minutes } = current;
    return { words: { ...words, day, time, minutes }, startsAt: before.startsAt };
  }
  // An hour that comes twice stays the one it was, as long as nobody chooses another.
  if (before && current?.day === body.day && current.time === body.time) return { words, startsAt: before.startsAt };
  if (isOnClock(body.day, body.time, timeZone) === 'no-such-day')
    throw new CommunityError('invalid', `there is no ${body.day} in ${timeZone}: the calendar leaves that day out`, {
      fields: ['day'],
    });
  const startsAt = momentOn(body.day, body.time, timeZone).toISOString();
  const { time } = wordsOf({ ...nothingElse, ...words, startsAt }, timeZone);
  return { words: { ...words, time }, startsAt };
}

/** Of an event whose moment alone is asked for. */
const nothingElse = {
  state: 'draft',
  movedAt: null,
  announcedBy: null,
  ps: {},
  rhythm: null,
  there: null,
  addedBy: { id: '', name: '' },
  addedAt: '',
  changedBy: { id: '', name: '' },
  changedAt: '',
} as const;

async function prepare(
  parts: EventsWork,
  request: Asked<{ ps: PsId; text: string; done: boolean }>,
): Promise<TabAnswer<EventView>> {
  const { who, community, body, onBehalfOf } = request;
  const { ps, text, done } = body;
  const event = await changeEvent(parts, community, who, idFrom(request), {
    onBehalfOf,
    decide(current) {
      const before = current.ps[ps];
      return before?.text === text && before.done === done
        ? undefined
        : withPs(current, ps, { text, done }, byOf(parts, who));
    },
  });
  return one(parts, request, event);
}

async function move(parts: EventsWork, request: Asked<{ move: EventMove }>): Promise<TabAnswer<EventView>> {
  const { who, community, body, onBehalfOf } = request;
  const event = await moveEvent(parts, community, who, idFrom(request), { move: body.move, onBehalfOf });
  await tellOf(parts, community, event);
  return one(parts, request, event);
}

async function answer(
  parts: EventsWork,
  request: Asked<{ says: EventAnswer; appetite: Appetite | null }>,
): Promise<TabAnswer<EventView>> {
  const { who, community, body, t } = request;
  const event = await findEvent(parts, community, idFrom(request));
  if (!(await mayAnswer(parts, community, event, who)))
    throw new CommunityError('not-allowed', 'whoever is invited to an event says whether they come', {
      permission: 'events.edit',
    });
  const appetite = event.kind === 'launch' ? body.appetite : null;
  if (!(await keepAnswer(parts, community, { event, who }, { says: body.says, appetite })))
    throw new CommunityError('invalid', t(`notice.closed.${closedBy(event)}`, { title: event.title }));
  return one(parts, request, event, await parts.show(community, event.id));
}

async function attendance(parts: EventsWork, request: Asked<unknown>): Promise<TabAnswer<AttendanceView>> {
  const { community, params } = request;
  const event = await findEvent(parts, community, idFrom(request));
  return { body: attendanceView(event, await readAttendance(parts, community, event.id), params['name'] ?? '') };
}

async function note(parts: EventsWork, request: Asked<NotedAttendance>): Promise<TabAnswer<AttendanceView>> {
  const { who, community, body, onBehalfOf } = request;
  const event = await findEvent(parts, community, idFrom(request));
  mustEdit(event, who, community);
  const by = byOf(parts, who);
  if (held(event, { there: -1 }, by) === undefined)
    throw new CommunityError('invalid', 'who was there is said of an event that has begun, and was not cancelled');
  const rows = await keepPresence(parts, community, event.id, body);
  const there = howMany(rows);
  const noted = await changeEvent(parts, community, who, event.id, {
    onBehalfOf,
    decide: current => held(current, { there }, by),
  });
  await parts.planFeedback(community, asHeld(parts, community, noted));
  await parts.show(community, event.id);
  return { body: attendanceView(noted, rows, '') };
}

/** Reads a file, and notes nothing of it: that a host does, once they have seen what is in it. */
async function report(parts: EventsWork, request: Asked<Uint8Array>): Promise<TabAnswer<ReportView>> {
  const { who, community, body: bytes } = request;
  const event = await findEvent(parts, community, idFrom(request));
  mustEdit(event, who, community);
  const noted = await readAttendance(parts, community, event.id);
  const of = { ...event, timeZone: community.settings.timeZone };
  return { body: await readReportOf(parts, community, of, { bytes, noted }) };
}

async function planSteps(
  parts: EventsWork,
  request: Asked<{ steps: readonly { readonly id: string; readonly title: string }[] }>,
): Promise<TabAnswer<{ added: number }>> {
  const { who, community, body } = request;
  const event = await findEvent(parts, community, idFrom(request));
  mustEdit(event, who, community);
  for (const { id, title } of body.steps) await parts.addAction(community, who, { title }, id);
  return { body: { added: body.steps.length } };
}

async function saveRhythm(parts: EventsWork, request: Asked<Rhythm>): Promise<TabAnswer<EventsView>> {
  const { who, community, body, ifMatch } = request;
  const id = rhythmIdFrom(request);
  const { rhythms } = parts.lists.of(community.id);
  const known = (await rhythms.find(id))?.value.hosts ?? [];
  const hosts = await membersNamed(parts, community, body.hosts, { known, field: 'hosts' });
  const wanted = { ...body, hosts };
  const value = rhythmRow(id, { ...wanted, changedBy: asPerson(who), changedAt: parts.clock().toISOString() });
  const saved = await saveVersion(rhythms, value, ifMatch ?? null, row => saysTheSame(row, value));
  if (saved.kind === 'conflict')
    throw new CommunityError('version-conflict', 'this rhythm has changed since it was read', {
      current: null,
      etag: saved.current?.etag,
    });
  await makeAhead(parts, community, rhythmOf(saved.row));
  return { body: await eventsView(parts, request), etag: saved.row.etag };
}

function saysTheSame(stored: RhythmRow, wanted: RhythmRow): boolean {
  const said = ({ changedAt: _at, changedBy: _by, ...row }: RhythmRow): unknown[] =>
    Object.entries(row).toSorted(([one], [other]) => one.localeCompare(other));
  return JSON.stringify(said(stored)) === JSON.stringify(said(wanted));
}

export function eventsRoutes(parts: EventsWork): readonly Route[] {
  return [
    route(api.events, reading, async request => ({ body: await eventsView(parts, request) })),
    route(api.event, reading, request => read(parts, request)),
    route(api.saveEvent, changing, request => save(parts, request)),
    route(api.prepareEvent, changing, request => prepare(parts, request)),
    route(api.moveEvent, changing, request => move(parts, request)),
    route(api.answerEvent, reading, request => answer(parts, request)),
    route(api.attendance, reading, request => attendance(parts, request)),
    route(api.noteAttendance, changing, request => note(parts, request)),
    route(api.readReport, changing, request => report(parts, request)),
    route(api.planSteps, changing, request => planSteps(parts, request)),
    route(api.saveRhythm, lookingAfter, request => saveRhythm(parts, request)),
  ];
}

async function conflict(
  parts: EventsWork,
  request: Asked<unknown>,
  current: Stored<EventRow> | undefined,
): Promise<CommunityError> {
  return new CommunityError(
    'version-conflict',
    'this event has changed since it was read: look at what is stored now and save with its ETag',
    { current: current ? await eventView(parts, request, eventOf(current)) : null, etag: current?.etag },
  );
}

function zoneOf({ settings }: ReadyCommunity): string {
  return settings.timeZone;
}

function idFrom({ params }: Pick<Asked<unknown>, 'params'>): string {
  const id = EventId.safeParse(params['event']);
  if (!id.success)
    throw new CommunityError(
      'not-found',
      'this is no id of an event: expected 8 to 64 small letters, digits and hyphens',
    );
  return id.data;
}

function rhythmIdFrom({ params }: Pick<Asked<unknown>, 'params'>): string {
  const id = RhythmId.safeParse(params['rhythm']);
  if (!id.success)
    throw new CommunityError(
      'not-found',
      'this is no id of a rhythm: expected 8 to 40 small letters, digits and hyphens',
    );
  return id.data;
}
