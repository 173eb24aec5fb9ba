import type { ReadyCommunity } from '../../../domain/community.ts';
import { goesOutOn } from '../../../domain/digest/next-step.ts';
import { can } from '../../../domain/permissions.ts';
import type { Ask, CardReply } from '../../feature.ts';
import { pointerCard } from '../../shared/pointer.ts';
import { readSituation, rolesIn, situationOf, standingOf } from './facts.ts';
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
  { community, who, place, rest, t }: Ask<ReadyCommunity>,
): Promise<CardReply> {
  const digests = await readDigests(parts, community);
  const { links } = parts;
  const link = links.tab(community.id, 'digest');
  if (place === 'chat' && can(who, 'digest.edit', community)) {
    const standing = await standingOf(parts, community, 'sponsor', digests);
    if (situationOf(standing, await rolesIn(parts, community)).forNobody)
      return pointer({ text: t('notice.nobody'), open: t('pointer.roles'), link: links.tab(community.id, 'roles') });
    const next = goesOutOn(standing);
    return next === null
      ? pointer({ text: t('notice.draftOff'), open: t('pointer.draftOff'), link })
      : pointer({ text: t('notice.draft', onDay(next, nearDay)), open: t('pointer.draft'), link });
  }
  if (rest.trim().toLowerCase() === 'next') {
    const own = place === 'chat' ? await readSituation(parts, community, 'sponsor') : undefined;
    if (own?.sponsors.reached.some(({ id }) => id === who.id)) {
      const next = goesOutOn(own);
      return pointer({
        text: next === null ? t('notice.yoursOff') : t('notice.yoursNext', onDay(next, nearDay)),
        open: t('pointer.digests'),
        link,
      });
    }
    const next = goesOutOn(await standingOf(parts, community, 'members', digests));
    return pointer({
      text: next === null ? t('notice.membersOff') : t('notice.membersNext', onDay(next, nearDay)),
      open: t('pointer.digests'),
      link,
    });
  }
  const mine =
    place === 'chat'
      ? digests.sent.find(({ audience, sentTo }) => audience === 'sponsor' && sentTo.some(({ id }) => id === who.id))
      : undefined;
  if (mine) return { card: sponsorCard({ told: [{ community, digest: mine }] }, t) };
  const latest = digests.sent.find(({ audience }) => audience === 'members');
  return latest
    ? { card: membersCard({ community, digest: latest, links }, t) }
    : pointer({ text: t('notice.none'), open: t('pointer.digests'), link });
}

function pointer(shown: Parameters<typeof pointerCard>[0]): CardReply {
  return { card: pointerCard(shown) };
}
