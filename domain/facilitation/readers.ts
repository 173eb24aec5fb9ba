import { peopleInCharge, type Member, type Person, type ReadyCommunity } from '../community.ts';
import { can, type Permission } from '../permissions.ts';
import type { FacilitationTask } from './method.ts';

/** Why somebody has the card before them. */
export type Why =
  /** It is sent to them: they facilitate, or nobody does and they coordinate, or own the team. */
  | 'facilitates'
  | 'coordinates'
  | 'owns'
  /** It stands in the channel, and they may tick. */
  | 'channel'
  /** They may tick all of it, or what is about newcomers, and it is sent to others. */
  | 'helps'
  | 'greets'
  /** They may look. */
  | 'reads';

/** What it takes to tick a task: to welcome people is member support's work as well. */
export function takenToTick({ words }: Pick<FacilitationTask, 'words'>): Permission {
  return words === 'newcomers' ? 'facilitation.greet' : 'facilitation.tick';
}

/** To whom the card goes where it goes to chats: facilitators who are still in the team, else the people in charge. */
export function readersOf(
  community: ReadyCommunity,
  members: readonly Member[],
): { readonly people: readonly Person[]; readonly why: Why } {
  const { facilitation, coordinators } = community.settings;
  const isHere = ({ id }: Person): boolean => members.some(member => member.id === id);
  const present = facilitation.facilitators.filter(isHere);
  if (present.length > 0) return { people: present, why: 'facilitates' };
  return { people: peopleInCharge(community, members), why: coordinators.some(isHere) ? 'coordinates' : 'owns' };
}

/** Why this person sees the card, wherever it stands. */
export function whyFor(person: Member, community: ReadyCommunity, members: readonly Member[]): Why {
  if (!can(person, 'facilitation.greet', community)) return 'reads';
  if (!can(person, 'facilitation.tick', community)) return 'greets';
  if (community.settings.facilitation.destination === 'channel') return 'channel';
  const { people, why } = readersOf(community, members);
  return people.some(({ id }) => id === person.id) ? why : 'helps';
}
