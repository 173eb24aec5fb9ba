import type { Person, Settings } from '../community.ts';
import { sponsorRole } from '../roles/method.ts';
import type { BoardRole } from '../roles/roles.ts';
import { addDays } from '../schedule.ts';
import type { Audience } from './survey.ts';

/** How many days after joining somebody is asked as a newcomer. */
const newFor = { 'new-this-month': 31, 'new-this-quarter': 92 } as const;

/** Who there is to be asked. */
export interface AudienceFacts {
  readonly members: readonly Person[];
  readonly settings: Pick<Settings, 'coordinators' | 'facilitation'>;
  readonly roles: readonly Pick<BoardRole, 'id' | 'holders'>[];
  /** When people joined, by their id: the calendar day in the community's zone. */
  readonly joinedOn: ReadonlyMap<string, string>;
  readonly today: string;
  /** Ids of those who were at the event that is asked about. */
  readonly attended?: ReadonlySet<string>;
}

/** Whom a survey in people's own chats is for. */
export type ChatAudience = Exclude<Audience, 'channel'>;

/**
 * Whom a survey is for, of those in the team. A sponsor who does not coordinate is asked nothing in their own chat: they
 * are promised the digest and nothing else. In the channel and in the tab they answer what they like.
 */
export function peopleOf(audience: ChatAudience, facts: AudienceFacts): readonly Person[] {
  const sponsors = holdersOf(facts.roles.filter(({ id }) => id === sponsorRole));
  const coordinators = new Set(facts.settings.coordinators.map(({ id }) => id));
  const isAsked = groupOf(audience, facts);
  return facts.members.filter(({ id }) => isAsked(id) && (!sponsors.has(id) || coordinators.has(id)));
}

function groupOf(audience: ChatAudience, facts: AudienceFacts): (person: string) => boolean {
  if (audience === 'members') return () => true;
  if (audience === 'core') {
    const core = coreOf(facts);
    return id => core.has(id);
  }
  if (audience === 'attended') return id => facts.attended?.has(id) ?? false;
  const since = addDays(facts.today, -newFor[audience]);
  return id => (facts.joinedOn.get(id) ?? '') > since;
}

/** The core group: who coordinates, facilitates, or holds another role than the sponsor's. */
function coreOf({ settings, roles }: AudienceFacts): ReadonlySet<string> {
  return new Set([
    ...settings.coordinators.map(({ id }) => id),
    ...settings.facilitation.facilitators.map(({ id }) => id),
    ...holdersOf(roles.filter(({ id }) => id !== sponsorRole)),
  ]);
}

function holdersOf(roles: AudienceFacts['roles']): ReadonlySet<string> {
  return new Set(roles.flatMap(({ holders }) => holders.filter(({ left }) => !left).map(({ person }) => person.id)));
}
