import { events } from '../../../../bot/features/events/index.ts';
import type { EventsParts } from '../../../../bot/features/events/parts.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { api } from '../../../../domain/api.ts';
import type { AttendanceView, EventsView, EventView, NotedAttendance } from '../../../../domain/events/api.ts';
import type { Appetite, EventAnswer } from '../../../../domain/events/attendance.ts';
import type { Event, EventMove } from '../../../../domain/events/event.ts';
import type { Member, ReadyCommunity } from '../../../../domain/community.ts';
import { community, member, person, type RecordingMessenger, type TestClock } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import type { InMemoryLists } from '../../../support/in-memory-lists.ts';
import { request } from '../../../support/requests.ts';
import { grantWishes } from '../../../support/wishes.ts';

export const priya = member('Priya Raman');
export const gwen = member('Gwen Parry');
export const amara = member('Amara Okafor');
export const daniel = member('Daniel Fitzgerald');
export const here = community();
export const id = 'chart-surgery-1';

/** Thursday, 26 November, three in the afternoon in London. */
export const surgery: Event = {
  title: 'Chart surgery',
  kind: 'learning',
  activity: 'case-clinic',
  day: '2026-11-26',
  time: '15:00',
  minutes: 60,
  mode: 'online',
  place: '',
  link: 'https://teams.microsoft.com/l/meetup-join/1',
  audience: 'everybody',
  named: [],
  hosts: [person('Gwen Parry')],
  agenda: [
    { id: 'hello', title: 'Who is new', minutes: 5, who: '', first: false },
    { id: 'chart', title: 'One chart, six people', minutes: 40, who: 'Gwen', first: true },
  ],
  keep: '',
  change: '',
  summary: '',
  recording: null,
};

/** The feature and everything it stands on, on Monday morning before the event. */
export interface Scene {
  readonly lists: InMemoryLists;
  readonly messenger: RecordingMessenger;
  readonly clock: TestClock;
  readonly feature: Feature;
  readonly parts: EventsParts;
  readonly planned: readonly { readonly title: string; readonly id: string }[];
  /** Saves it from the tab, in the name of a coordinator unless said otherwise. */
  saves(change?: Partial<Event>, choices?: SaveChoices): Promise<EventView>;
  moves(move: EventMove, who?: Member, event?: string): Promise<EventView>;
  /** An event that is announced. */
  announced(change?: Partial<Event>, event?: string): Promise<EventView>;
  answers(who: Member, says: EventAnswer, appetite?: Appetite | null, event?: string): Promise<EventView>;
  notes(noted: Partial<NotedAttendance>, who?: Member, event?: string): Promise<AttendanceView>;
  sees(who: Member, event?: string): Promise<EventView>;
  seesAll(who: Member): Promise<EventsView>;
  seesAttendance(who: Member, name?: string): Promise<AttendanceView>;
  /** A morning with room for everything. */
  morning(moment: string, where?: ReadyCommunity): Promise<void>;
  /** The daily making of what comes again. */
  ahead(moment: string, where?: ReadyCommunity): Promise<void>;
}

interface SaveChoices {
  readonly who?: Member;
  readonly event?: string;
  readonly ifMatch?: string | null;
  readonly where?: ReadyCommunity;
}

export function scene(members: readonly Member[] = [priya, gwen, amara, daniel]): Scene {
  const planned: { title: string; id: string }[] = [];
  const links = { tab: (team: string, page: string): string => `https://example.org/${team}/${page}` };
  const { feature, lists, messenger, clock, parts } = sceneOf(
    all =>
      events({
        ...all,
        links,
        async addAction(_community, _who, { title }, action) {
          if (!planned.some(one => one.id === action)) planned.push({ title, id: action });
        },
      }),
    { members, at: '2026-11-23T09:00:00Z' },
  );

  const now: Scene = {
    lists,
    messenger,
    clock,
    feature,
    planned,
    parts: { ...parts, links },
    async saves(change = {}, { who = priya, event = id, ifMatch = null, where = here } = {}) {
      const { body } = await request(feature, api.saveEvent, {
        who,
        community: where,
        params: { event },
        body: { ...surgery, ...change },
        ifMatch,
      });
      return body as EventView;
    },
    async moves(move, who = priya, event = id) {
      const { body } = await request(feature, api.moveEvent, {
        who,
        community: here,
        params: { event },
        body: { move },
      });
      return body as EventView;
    },
    async announced(change = {}, event = id) {
      await now.saves(change, { event });
      return now.moves('announce', priya, event);
    },
    async answers(who, says, appetite = null, event = id) {
      const { body } = await request(feature, api.answerEvent, {
        who,
        community: here,
        params: { event },
        body: { says, appetite },
      });
      return body as EventView;
    },
    async notes({ people = [], guests = [] }, who = gwen, event = id) {
      const { body } = await request(feature, api.noteAttendance, {
        who,
        community: here,
        params: { event },
        body: { people, guests },
      });
      return body as AttendanceView;
    },
    async sees(who, event = id) {
      return (await request(feature, api.event, { who, community: here, params: { event } })).body as EventView;
    },
    async seesAll(who) {
      return (await request(feature, api.events, { who, community: here })).body as EventsView;
    },
    async seesAttendance(who, name = '') {
      const params = { event: id, name };
      return (await request(feature, api.attendance, { who, community: here, params })).body as AttendanceView;
    },
    async morning(moment, where = here) {
      clock.moveTo(moment);
      await grantWishes(feature, messenger, { community: where, now: clock.now(), members });
    },
    async ahead(moment, where = here) {
      clock.moveTo(moment);
      const due = { community: where, due: clock.now(), since: clock.now(), now: clock.now() };
      for (const job of feature.jobs ?? []) await job.run(due);
    },
  };
  return now;
}
