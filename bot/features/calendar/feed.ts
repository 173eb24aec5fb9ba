import type { Community } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { can } from '../../../domain/permissions.ts';
import { meetingsOf as entriesOfMeetings, type MeetingEntry } from '../../../domain/events/calendar.ts';
import { entriesOf, type CalendarEntry, type PlacedAction, type PlacedIn } from '../../../domain/plan/calendar.ts';
import type { CalendarOf } from './feed-links.ts';
import type { Feed } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { calendarType, icsOf } from './ics.ts';
import type { CalendarParts } from './parts.ts';

interface Contents {
  readonly entries: readonly CalendarEntry[];
  readonly meetings: readonly MeetingEntry[];
}

/**
 * The calendars behind the links. Who is in which community is asked each time, so nobody reads on after they have
 * left.
 */
export function calendarFeed({ plan, meetingsOf, communities, roster, calendarLinks, links, on }: CalendarParts): Feed {
  async function actionsIn(community: Community): Promise<readonly PlacedAction[]> {
    try {
      return (await plan.now(community)).map(action => ({ ...action, community }));
    } catch (error) {
      // A community without a plan has nothing due. Any other failure fails the whole: an entry that vanishes looks
      // done.
      if (error instanceof CommunityError && error.code === 'not-set-up') return [];
      throw error;
    }
  }

  async function meetingsIn(community: Community, person: string | null): Promise<readonly MeetingEntry[]> {
    return entriesOfMeetings((await meetingsOf(community, person)).map(event => ({ ...event, community })));
  }

  async function ofPerson(person: string): Promise<Contents> {
    const actions: PlacedAction[] = [];
    const meetings: MeetingEntry[] = [];
    // One after the other: being throttled is slower.
    for (const community of await communities.perhapsOf(person)) {
      if (!(await roster.member(community.id, person))) continue;
      actions.push(...(await actionsIn(community)).filter(({ owners }) => owners.some(({ id }) => id === person)));
      meetings.push(...(await meetingsIn(community, person)));
    }
    return { entries: entriesOf(actions), meetings };
  }

  /** The community's link is worth what its maker may: it leads nowhere once they have left, or coordinate no more. */
  async function stillGiven(of: CalendarOf): Promise<boolean> {
    const community = of.kind === 'community' ? await communities.find(of.id) : undefined;
    if (!community) return true;
    const link = await calendarLinks.find(of);
    const maker = link && (await roster.member(community.id, link.madeBy.id));
    return maker !== undefined && can(maker, 'plan.edit', community);
  }

  async function fileOf(of: CalendarOf, t: Translate): Promise<string> {
    const link = ({ id, teamsApp }: PlacedIn) => links.tab(id, 'plan', teamsApp);
    const meetingLink = ({ id, teamsApp }: PlacedIn) => links.tab(id, 'events', teamsApp);
    if (of.kind === 'person') return icsOf({ name: t('name-mine'), ...(await ofPerson(of.id)), link, meetingLink }, t);
    const community = await communities.find(of.id);
    // Told that there is nothing, a calendar takes its entries away; told of an error, it keeps them for ever.
    if (!community) return icsOf({ name: t('name-gone'), entries: [], link }, t);
    return icsOf(
      {
        name: t('name-community', { community: community.name }),
        entries: entriesOf(await actionsIn(community)),
        meetings: await meetingsIn(community, null),
        link,
        meetingLink,
      },
      t,
    );
  }

  return {
    path: 'calendar',
    ending: 'ics',
    type: calendarType,
    async open(token) {
      if (!on) return undefined;
      const of = await calendarLinks.open(token);
      return of && (await stillGiven(of)) ? t => fileOf(of, t) : undefined;
    },
  };
}
