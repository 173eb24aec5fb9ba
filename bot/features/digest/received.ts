import { isReady, type Community, type ReadyCommunity } from '../../../domain/community.ts';
import type { SentDigest } from '../../../domain/digest/digest.ts';
import { bundleMonth } from '../../../domain/digest/schedule.ts';
import type { DigestParts } from './parts.ts';
import { aboutValue, type Told } from './sponsor-card.ts';
import { lastOf, readDigests } from './store.ts';

/** A digest that a sponsor was sent. */
export interface Received extends Told {
  readonly community: ReadyCommunity;
  readonly digest: SentDigest;
  /** The key of the newest digest for the sponsor. */
  readonly newest: string | undefined;
}

/** The digest with this key, when this person is one of those to whom it went. */
export async function receivedBy(
  parts: Pick<DigestParts, 'lists'>,
  person: string,
  { community, key }: { readonly community: Community; readonly key: string },
): Promise<Received | undefined> {
  if (!isReady(community)) return undefined;
  const digests = await readDigests(parts, community);
  const digest = digests.sent.find(
    one => one.key === key && one.audience === 'sponsor' && one.sentTo.some(({ id }) => id === person),
  );
  return digest && { community, digest, newest: lastOf(digests, 'sponsor')?.key };
}

/** The one that a card which brings several says that it is about. */
export async function receivedAbout(
  parts: Pick<DigestParts, 'lists' | 'communities'>,
  person: string,
  about: string,
): Promise<Received | undefined> {
  const [id = '', key = ''] = about.split(' ');
  const community = await parts.communities.find(id);
  return community && aboutValue(id, key) === about ? receivedBy(parts, person, { community, key }) : undefined;
}

/** It, and the digests that came in the same card. */
export async function receivedTogether(
  parts: Pick<DigestParts, 'lists' | 'communities' | 'bundles'>,
  person: string,
  carrier: Received,
): Promise<readonly Told[]> {
  const { community, digest } = carrier;
  const together: Told[] = [carrier];
  const month = bundleMonth(digest.period);
  for (const id of await parts.bundles.carriedBy({ community: community.id, person, month })) {
    const other = id === community.id ? undefined : await parts.communities.find(id);
    if (!other || !isReady(other)) continue;
    const last = lastOf(await readDigests(parts, other), 'sponsor');
    if (last && bundleMonth(last.period) === month && last.sentTo.some(one => one.id === person))
      together.push({ community: other, digest: last });
  }
  return together;
}
