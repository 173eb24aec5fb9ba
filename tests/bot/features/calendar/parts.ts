import { calendar } from '../../../../bot/features/calendar/index.ts';
import type { CalendarLinks } from '../../../../bot/features/calendar/feed-links.ts';
import type { Feature } from '../../../../bot/feature.ts';
import type { Community, Member } from '../../../../domain/community.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { added, moved, type KeptEvent } from '../../../../domain/events/event.ts';
import type { KeptAction } from '../../../../domain/plan/plan.ts';
import { createInMemoryCalendarLinks } from '../../../support/calendar-links.ts';
import {
  clockAt,
  communitiesOf,
  community,
  member,
  person,
  translateFor,
  type TestClock,
} from '../../../support/feature-parts.ts';

export const priya = member('Priya Raman');
export const amara = member('Amara Okafor');
export const cedar = community();
export const oak = community({ id: '0a4d6f3e-1111-4222-8333-444455556666', name: 'Oak Improvers' });

type Planned = KeptAction & { readonly id: string };

/** An action of Priya's that is due on a Friday. */
export function action(choices: Partial<Planned> = {}): Planned {
  const by = person('Tomasz Nowak');
  return {
    id: 'book-the-room',
    title: 'Book the room',
    owners: [person('Priya Raman')],
    due: '2026-11-27',
    state: 'to-do',
    steps: [],
    links: [],
    weight: 'baseline',
    aim: null,
    notes: 'The key is with Lars.',
    addedBy: by,
    addedAt: '2026-11-02T09:00:00.000Z',
    doneAt: null,
    changedBy: by,
    changedAt: '2026-11-03T09:00:00.000Z',
    ...choices,
  };
}

type Met = KeptEvent & { readonly id: string };

/** An event of Priya's that is announced. */
export function meeting(choices: Partial<Met> = {}): Met {
  const by = { by: person('Priya Raman'), now: new Date('2026-11-20T09:00:00Z') };
  const draft = added(
    {
      title: 'Chart surgery',
      kind: 'learning',
      activity: null,
      minutes: 60,
      mode: 'both',
      place: 'Room 4',
      link: 'https://teams.microsoft.com/l/meetup-join/1',
      audience: 'everybody',
      named: [],
      hosts: [person('Priya Raman')],
      agenda: [],
      keep: '',
      change: '',
      summary: '',
      recording: null,
    },
    { startsAt: '2026-11-26T15:00:00.000Z' },
    by,
  );
  return { id: 'chart-surgery', ...(moved(draft, 'announce', by) ?? draft), ...choices };
}

export interface Stage {
  readonly feature: Feature;
  readonly clock: TestClock;
  readonly calendarLinks: CalendarLinks;
  /** The plans by their community's id; a function is called and may throw. */
  readonly plans: Map<string, readonly Planned[] | (() => never)>;
  /** The events by their community's id, each with who comes to it. */
  readonly meetings: Map<string, readonly { readonly event: Met; readonly of: readonly string[] }[]>;
  /** Who is in which community, to change as the story goes. */
  readonly people: Map<string, readonly Member[]>;
  /** The file behind a token, or undefined for none. */
  fetches(token: string): Promise<string | undefined>;
}

export function openCalendar(known: readonly Community[] = [cedar, oak]): Stage {
  const clock = clockAt('2026-11-23T09:00:00Z');
  const calendarLinks = createInMemoryCalendarLinks();
  const plans: Stage['plans'] = new Map();
  const meetings: Stage['meetings'] = new Map();
  const people: Stage['people'] = new Map(known.map(({ id }) => [id, [priya, amara]]));
  const planOf = async ({ id }: Pick<Community, 'id'>) => {
    const plan = plans.get(id) ?? [];
    return typeof plan === 'function' ? plan() : plan;
  };
  const feature = calendar({
    on: true,
    plan: { now: planOf, find: async (community, id) => (await planOf(community)).find(action => action.id === id) },
    async meetingsOf({ id }, who) {
      return (meetings.get(id) ?? []).filter(({ of }) => who === null || of.includes(who)).map(({ event }) => event);
    },
    async eventOf({ id }, wanted) {
      const found = (meetings.get(id) ?? []).find(({ event }) => event.id === wanted);
      if (!found) throw new CommunityError('not-found', `community ${id} has no event ${wanted}`);
      return found.event;
    },
    communities: communitiesOf(...known),
    roster: {
      members: async id => people.get(id) ?? [],
      member: async (id, who) => people.get(id)?.find(one => one.id === who),
    },
    calendarLinks,
    links: {
      chat: name => `https://teams.example/chat/${name}`,
      tab: (id, page, app = 'manifest') => `https://teams.example.org/${app}/${id}/${page}`,
      calendar: token => `https://cop.example.org/calendar/${token}.ics`,
    },
    clock: clock.now,
  });
  return {
    feature,
    clock,
    calendarLinks,
    plans,
    meetings,
    people,
    async fetches(token) {
      const make = await feature.feeds?.[0]?.open(token);
      return make?.(translateFor(feature));
    },
  };
}
