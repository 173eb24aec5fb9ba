import { api, type CalendarView, type FileAnswer, type NewCalendarLink } from '../../../domain/api.ts';
import type { Community } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { mustBeAble } from '../../../domain/permissions.ts';
import { ActionId } from '../../../domain/plan.ts';
import { calendarScopes, entriesOf, entryOf, type CalendarScope, type PlacedAction } from '../../../domain/plan-calendar.ts';
import { route, type CalendarOf, type Feed, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { icsOf } from './ics.ts';
import type { PlanParts } from './index.ts';
import { actionOf, findAction, readActions, readied, type PlannedAction } from './store.ts';

/** Links to calendars: made, shown once and taken back. Everybody has one of their own; the community's is its coordinators' to give. */
export function calendarRoutes(parts: PlanParts): readonly Route[] {
  const { calendarLinks, links, clock } = parts;

  async function view({ who, community }: TabRequest<unknown>): Promise<CalendarView> {
    const [mine, ours] = await Promise.all([calendarLinks.find({ kind: 'person', id: who.id }), calendarLinks.find({ kind: 'community', id: community.id })]);
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

  async function one({ community, params, t }: TabRequest<unknown>): Promise<TabAnswer<FileAnswer>> {
    const ready = readied(community);
    const id = ActionId.safeParse(params['action']);
    if (!id.success) throw new CommunityError('not-found', 'this is no id of an action: expected 8 to 64 small letters, digits and hyphens');
    const action = placed(await findAction(parts, ready, id.data), ready);
    if (action.due === null) throw new CommunityError('invalid', `action ${action.id} has no day to put into a calendar`);
    const text = icsOf({ name: null, entries: [entryOf({ ...action, due: action.due })], link: id => links.tab(id, 'plan') }, t);
    return { body: { name: t('calendar.file', { day: action.due }), type: 'text/calendar; charset=utf-8', bytes: new TextEncoder().encode(text) } };
  }

  return [
    route(api.calendar, async request => ({ body: await view(request) })),
    route(api.makeCalendarLink, make),
    route(api.revokeCalendarLink, revoke),
    route(api.actionCalendar, one),
  ];
}

/** The calendars behind the links. Who is in which community is asked each time, so nobody reads on after they have left. */
export function calendarFeed(parts: PlanParts): Feed {
  const { lists, communities, roster, calendarLinks, links } = parts;

  async function actionsIn(community: Community): Promise<readonly PlacedAction[]> {
    try {
      return (await readActions({ lists }, community)).map(({ value }) => placed(actionOf(value), community));
    } catch (error) {
      // A community without a plan has nothing due. Any other failure fails the whole: an entry that vanishes looks done.
      if (error instanceof CommunityError && error.code === 'not-set-up') return [];
      throw error;
    }
  }

  async function ofPerson(person: string): Promise<readonly PlacedAction[]> {
    const actions: PlacedAction[] = [];
    // One after the other: being throttled is slower.
    for (const community of await communities.perhapsOf(person)) {
      if (!(await roster.member(community.id, person))) continue;
      actions.push(...(await actionsIn(community)).filter(({ owners }) => owners.some(({ id }) => id === person)));
    }
    return actions;
  }

  return {
    path: 'calendar',
    ending: 'ics',
    type: 'text/calendar; charset=utf-8',
    async open(token) {
      const of = await calendarLinks.open(token);
      if (!of) return undefined;
      return async t => {
        const link = (community: string) => links.tab(community, 'plan');
        if (of.kind === 'person') return icsOf({ name: t('calendar.name-mine'), entries: entriesOf(await ofPerson(of.id)), link }, t);
        // Told that there is nothing, a calendar removes its entries; told of an error, it keeps them for ever.
        const community = await communities.find(of.id);
        return icsOf({ name: community ? t('calendar.name-community', { community: community.name }) : t('calendar.name-gone'), entries: community ? entriesOf(await actionsIn(community)) : [], link }, t);
      };
    },
  };
}

/** Which calendar is meant. Throws `not-found` for none of ours, and `not-allowed` for a community's that is not this person's to give. */
function calendarFrom({ who, community, params }: TabRequest<unknown>): CalendarOf {
  const scope = calendarScopes.find(one => one === params['scope']) satisfies CalendarScope | undefined;
  if (!scope) throw new CommunityError('not-found', `there is no calendar ${String(params['scope'])}: expected ${calendarScopes.join(' or ')}`);
  if (scope === 'mine') return { kind: 'person', id: who.id };
  mustBeAble(who, 'plan.edit', community);
  return { kind: 'community', id: community.id };
}

function placed({ id, title, owners, due, state, addedAt, changedAt }: PlannedAction, { id: communityId, name }: Community): PlacedAction {
  return { id, title, owners, due, state, addedAt, changedAt, community: { id: communityId, name } };
}
