import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { readersOf } from '../../../domain/facilitation/readers.ts';
import type { Recipient } from '../../ports.ts';
import type { FacilitationParts } from './parts.ts';

/** To whom the week's card goes: the channel, or people, who in a channel are nobody in particular. */
export async function recipientsOf(
  { roster }: Pick<FacilitationParts, 'roster'>,
  community: ReadyCommunity,
): Promise<{ readonly to: readonly Recipient[]; readonly people: readonly Person[] }> {
  if (community.settings.facilitation.destination === 'channel') return { to: [{ channel: true }], people: [] };
  const { people } = readersOf(community, await roster.members(community.id));
  return { to: people.map(person => ({ person })), people };
}
