import { api } from '../../../domain/api.ts';
import type { CalendarView, NewCalendarLink } from '../../../domain/calendar/api.ts';
import type { FileAnswer } from '../../../domain/endpoint.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { mustBeAbleWith } from '../../../domain/permissions.ts';
import { meetingOf } from '../../../domain/events/calendar.ts';
import { calendarScopes, entryOf } from '../../../domain/plan/calendar.ts';
import { localDay } from '../../../domain/schedule.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import type { CalendarOf } from './feed-links.ts';
import { calendarType, icsOf } from './ics.ts';
import type { CalendarParts } from './parts.ts';

const giving = { may: 'community.read', own: 'calendar' } as const;

/**
 * Links to calendars: made, shown once, and taken back. Everybody has one of their own; the community's is its
 * coordinators' to give.
 */
export function calendarRoutes({ plan, eventOf, calendarLinks, links, clock }: CalendarParts): readonly Route[] {
  async function view({ who, community }: TabRequest<unknown>): Promise<CalendarView> {
    const [mine, ours] = await Promise.all([
      calendarLinks.find({ kind: 'person', id: who.id }),
      calendarLinks.find({ kind: 'community', id: community.id }),
    ]);
    const seen = (link: typeof mine) => (link ? { madeAt: link.madeAt.toISOString(), madeBy: link.madeBy } : null);
    return { mine: seen(mine), community: seen(ours) };
  }

  async function make(request: TabRequest<unknown>): Promise<TabAnswer<NewCalendarLink>> {
    const { who } = request;
    const token = await calendarLinks.make(calendarFrom(request), { id: who.id, name: who.name }, clock());
    return { body: { url: links.calendar(token), links: await view(request) } };
  }

  async function revoke(request: TabRequest<unknown>): Promise<TabAnswer<CalendarView>> {
    await calendarLinks.revoke(calendarFrom(request));
    return { body: await view(request) };
  }

  async function one({ community, params, t }: TabRequest<unknown, ReadyCommunity>): Promise<TabAnswer<FileAnswer>> {
    const action = await plan.find(community, params['action'] ?? '');
    if (!action) throw new CommunityError('not-found', `the plan of community ${community.id} has no such action`);
    if (action.due === null)
      throw new CommunityError('invalid', `action ${action.id} has no day to put into a calendar: give it one first`, {
        fields: ['due'],
      });
    const text = icsOf(
      {
        name: null,
        entries: [entryOf({ ...action, due: action.due, community })],
        link: ({ id, teamsApp }) => links.tab(id, 'plan', teamsApp),
      },
      t,
    );
    return {
      body: { name: t('file', { day: action.due }), type: calendarType, bytes: new TextEncoder().encode(text) },
    };
  }

  async function event({ community, params, t }: TabRequest<unknown, ReadyCommunity>): Promise<TabAnswer<FileAnswer>> {
    const found = await eventOf(community, params['event'] ?? '');
    const text = icsOf(
      {
        name: null,
        entries: [],
        meetings: [meetingOf({ ...found, community })],
        link: ({ id, teamsApp }) => links.tab(id, 'events', teamsApp),
      },
      t,
    );
    const day = localDay(new Date(found.startsAt), community.settings.timeZone);
    return { body: { name: t('eventFile', { day }), type: calendarType, bytes: new TextEncoder().encode(text) } };
  }

  return [
    route(api.calendar, { may: 'community.read' }, async request => ({ body: await view(request) })),
    route(api.makeCalendarLink, giving, make),
    route(api.revokeCalendarLink, giving, revoke),
    route(api.actionCalendar, { may: 'community.read', ready: true }, one),
    route(api.eventCalendar, { may: 'community.read', ready: true }, event),
  ];
}

/**
 * Which calendar is meant. Throws `not-found` for none of ours, and `not-allowed` for a community's that is not this
 * person's to give.
 */
function calendarFrom({ who, community, params }: TabRequest<unknown>): CalendarOf {
  const scope = calendarScopes.find(one => one === params['scope']);
  if (!scope) throw new CommunityError('not-found', `no such calendar: expected ${calendarScopes.join(' or ')}`);
  mustBeAbleWith(who, 'calendar', scope === 'mine', community);
  return scope === 'mine' ? { kind: 'person', id: who.id } : { kind: 'community', id: community.id };
}
