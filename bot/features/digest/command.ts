import type { ReadyCommunity } from '../../../domain/community.ts';
import { goesOutOn } from '../../../domain/digest/next-step.ts';
import { can } from '../../../domain/permissions.ts';
import type { Ask, CardReply } from '../../feature.ts';
import { rolesIn, situationOf, standingOf } from './facts.ts';
import type { DigestParts } from './parts.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import { membersCard } from './members-card.ts';
import { sponsorCard } from './sponsor-card.ts';
import { readDigests } from './store.ts';

/**
 * What `digest`, typed to the bot, is answered with. In a chat, those who write digests read when the next one goes
 * out, and a sponsor gets theirs again; everybody else, and whoever asks in a channel, gets the members’ latest.
 */
export async function showDigest(
  parts: DigestParts,
  { community, who, place, t }: Ask<ReadyCommunity>,
): Promise<CardReply> {
  const digests = await readDigests(parts, community);
  const link = parts.links.tab(community.id, 'digest');
  if (place === 'chat' && can(who, 'digest.edit', community)) {
    const standing = standingOf(parts, community, 'sponsor', digests);
    if (situationOf(standing, await rolesIn(parts, community)).forNobody)
      return { notice: t('notice.nobody', { link: parts.links.tab(community.id, 'roles') }) };
    const next = goesOutOn(standing);
    return {
      notice: next === null ? t('notice.draftOff', { link }) : t('notice.draft', { link, ...onDay(next, nearDay) }),
    };
  }
  const mine =
    place === 'chat'
      ? digests.sent.find(({ audience, sentTo }) => audience === 'sponsor' && sentTo.some(({ id }) => id === who.id))
      : undefined;
  if (mine) return { card: sponsorCard({ told: [{ community, digest: mine }] }, t) };
  const latest = digests.sent.find(({ audience }) => audience === 'members');
  return latest
    ? { card: membersCard({ community, digest: latest, links: parts.links }, t) }
    : { notice: t('notice.none', { link }) };
}
