import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { isBeforeMove, type EventAnswer } from '../../../domain/events/attendance.ts';
import { nextEvents } from '../../../domain/events/event.ts';
import { sponsorRole } from '../../../domain/roles/method.ts';
import { peopleOf } from '../../../domain/surveys/audience.ts';
import { readRoles } from '../../lists/roles.ts';
import { todayIn } from '../../shared/days.ts';
import { myRow } from './attendance.ts';
import type { EventsParts } from './parts.ts';
import { asPerson, readEvents, type PlannedEvent } from './store.ts';

type Facts = Pick<EventsParts, 'lists' | 'roster' | 'clock'>;

/**
 * What is announced, is not over and is for somebody, soonest first, with what they answered to the moment it has now.
 * Somebody with an empty id stands for everybody: they have answered nothing, and are in no circle.
 */
export function comingReader(
  parts: Facts,
): (
  community: ReadyCommunity,
  who: Pick<Person, 'id' | 'name'>,
) => Promise<readonly (PlannedEvent & { readonly says: EventAnswer | null })[]> {
  return async (community, who) => {
    const coming = [];
    for (const event of nextEvents(await readEvents(parts, community), parts.clock())) {
      if (!(await mayAnswer(parts, community, event, who))) continue;
      const mine = who.id === '' ? undefined : await myRow(parts, community, event.id, who);
      coming.push({ ...event, says: mine && !isBeforeMove(mine, event) ? mine.says : null });
    }
    return coming;
  };
}

/** For whom an event is, of those in the team: everybody, or these people and its hosts. */
export async function invitedTo(
  parts: Facts,
  community: ReadyCommunity,
  event: Pick<PlannedEvent, 'audience' | 'named' | 'hosts'>,
): Promise<readonly Person[]> {
  const members = await parts.roster.members(community.id);
  const ids = await invitedIds(parts, community, event);
  return members.filter(({ id }) => ids === null || ids.has(id)).map(asPerson);
}

/** The ids of those whom an event is for; null for everybody. */
async function invitedIds(
  parts: Facts,
  community: ReadyCommunity,
  { audience, named, hosts }: Pick<PlannedEvent, 'audience' | 'named' | 'hosts'>,
): Promise<ReadonlySet<string> | null> {
  if (audience === 'everybody') return null;
  const invited = audience === 'named' ? named : await groupOf(parts, community, audience);
  return new Set([...invited, ...hosts].map(({ id }) => id));
}

async function groupOf(
  parts: Facts,
  community: ReadyCommunity,
  audience: 'core' | 'sponsor',
): Promise<readonly Person[]> {
  const today = todayIn(parts, community);
  const { roles, members } = await readRoles(parts, community, today);
  if (audience === 'core')
    return peopleOf('core', { members, settings: community.settings, roles, joinedOn: new Map(), today });
  return (roles.find(({ id }) => id === sponsorRole)?.holders ?? []).map(({ person }) => person);
}

/** Whether somebody may say that they come: whoever is invited. */
export async function mayAnswer(
  parts: Facts,
  community: ReadyCommunity,
  event: Pick<PlannedEvent, 'audience' | 'named' | 'hosts'>,
  who: Pick<Person, 'id'>,
): Promise<boolean> {
  const ids = await invitedIds(parts, community, event);
  return ids === null || ids.has(who.id);
}
