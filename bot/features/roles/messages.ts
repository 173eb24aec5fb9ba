import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import type { Holding, RoleOnBoard } from '../../../domain/roles.ts';
import type { Recipient } from '../../feature.ts';
import { acceptedCard, offerCard } from './cards.ts';
import type { RolesParts } from './index.ts';

export const offerKind = 'roles.offer';
export const acceptedKind = 'roles.accepted';

export interface About {
  readonly role: RoleOnBoard;
  readonly holding: Holding;
}

/** Those who decide hear of an offer, once. */
export async function tellCoordinators(parts: RolesParts, community: ReadyCommunity, about: About): Promise<void> {
  await parts.messenger.post({
    community: community.id,
    kind: offerKind,
    period: about.holding.key,
    to: await decidersOf(parts, community),
    card: t => offerCard({ community, ...about, links: parts.links }, t),
    summary: t => t('offer.summary', { name: about.holding.person.name, role: about.role.title }),
  });
  // Somebody who took an offer back and makes it again on the same day rings no bell twice, but is seen.
  await showOfferNow(parts, community, about);
}

/** Every coordinator's copy shows what became of the offer. */
export async function showOfferNow(parts: RolesParts, community: ReadyCommunity, about: About): Promise<void> {
  await parts.messenger.refresh({
    community: community.id,
    kind: offerKind,
    period: about.holding.key,
    card: t => offerCard({ community, ...about, links: parts.links }, t),
  });
}

/** Whoever offered hears that it is theirs. */
export async function tellVolunteer(parts: RolesParts, community: ReadyCommunity, about: About): Promise<void> {
  const { id, name } = about.holding.person;
  await parts.messenger.post({
    community: community.id,
    kind: acceptedKind,
    period: `${about.holding.key}/${about.holding.until ?? ''}`,
    to: [{ person: { id, name } }],
    card: t => acceptedCard({ community, ...about, links: parts.links }, t),
    summary: t => t('accepted.summary', { role: about.role.title, community: community.name }),
  });
}

/** Coordinators who are still in the team, else its owners. */
export async function decidersOf(
  { roster }: Pick<RolesParts, 'roster'>,
  community: ReadyCommunity,
): Promise<readonly Recipient[]> {
  const members = await roster.members(community.id);
  const present = community.settings.coordinators.filter(({ id }) => members.some(member => member.id === id));
  const people: readonly Person[] = present.length > 0 ? present : members.filter(({ owner }) => owner);
  return people.map(({ id, name }) => ({ person: { id, name } }));
}
