import { peopleInCharge, type ReadyCommunity } from '../../../domain/community.ts';
import { type Holding, titleOf, type BoardRole } from '../../../domain/roles/roles.ts';
import type { Recipient } from '../../ports.ts';
import { acceptedCard, offerCard } from './cards.ts';
import type { RolesParts } from './parts.ts';

export const offerKind = 'roles.offer';
const acceptedKind = 'roles.accepted';

export interface About {
  readonly role: BoardRole;
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
    summary: t => t('offer.summary', { name: about.holding.person.name, role: titleOf(about.role, t) }),
  });
  // An offer that is taken back and made again on the same day rings no bell twice, but the card shows it.
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

/** Tells the volunteer that the role is theirs. */
export async function tellVolunteer(
  parts: RolesParts,
  community: ReadyCommunity,
  about: About,
  before: Holding | undefined,
): Promise<void> {
  const { id, name } = about.holding.person;
  await parts.messenger.post({
    community: community.id,
    kind: acceptedKind,
    period: `${about.holding.key}/${about.holding.until ?? ''}`,
    to: [{ person: { id, name } }],
    card: t => acceptedCard({ community, ...about, before, links: parts.links }, t),
    summary: t => t('accepted.summary', { role: titleOf(about.role, t), community: community.name }),
  });
}

/** Who decides about roles. */
export async function decidersOf(
  { roster }: Pick<RolesParts, 'roster'>,
  community: ReadyCommunity,
): Promise<readonly Recipient[]> {
  const people = peopleInCharge(community, await roster.members(community.id));
  return people.map(person => ({ person }));
}
