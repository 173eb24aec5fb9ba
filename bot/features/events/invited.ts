import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { sponsorRole } from '../../../domain/roles/method.ts';
import { peopleOf } from '../../../domain/surveys/audience.ts';
import { readRoles } from '../../lists/roles.ts';
import { todayIn } from '../../shared/days.ts';
import type { EventsParts } from './parts.ts';
import { asPerson, type PlannedEvent } from './store.ts';

type Facts = Pick<EventsParts, 'lists' | 'roster' | 'clock'>;

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
