import { peopleInCharge, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { rhythmsOf, type DigestAudience, type Sponsors } from '../../../domain/digest/digest.ts';
import type { Standing } from '../../../domain/digest/next-step.ts';
import { sponsorRole } from '../../../domain/roles/method.ts';
import { isOutside, type BoardRole } from '../../../domain/roles/roles.ts';
import type { DigestRow } from '../../lists/model.ts';
import { readRoles } from '../../lists/roles.ts';
import type { Recipient } from '../../ports.ts';
import { todayIn } from '../../shared/days.ts';
import type { DigestParts } from './parts.ts';
import { readDigests, type Digests } from './store.ts';

/** Where the digests for one audience of a community stand, from its list. */
export interface DigestStanding extends Standing {
  readonly community: ReadyCommunity;
  readonly audience: DigestAudience;
  readonly draft: DigestRow | undefined;
  /** The draft’s version; null when there is no draft yet. */
  readonly etag: string | null;
}

/** Everything that is asked of Graph before it is decided whether a digest goes out, and when one does. */
export interface DigestSituation extends DigestStanding {
  readonly roles: readonly BoardRole[];
  /** Who gets it; nobody by name where it is for all members. */
  readonly sponsors: Sponsors;
  readonly forNobody: boolean;
}

export async function standingOf(
  { clock, restDays }: Pick<DigestParts, 'clock' | 'restDays'>,
  community: ReadyCommunity,
  audience: DigestAudience,
  { drafts, sent }: Digests,
): Promise<DigestStanding> {
  const { settings } = community;
  return {
    community,
    audience,
    rhythm: rhythmsOf(settings)[audience],
    rest: await restDays.of(community),
    installedAt: community.installedAt ?? null,
    timeZone: settings.timeZone,
    now: clock(),
    draft: drafts[audience]?.value,
    etag: drafts[audience]?.etag ?? null,
    sent: sent.filter(digest => digest.audience === audience),
  };
}

export function situationOf(standing: DigestStanding, roles: readonly BoardRole[]): DigestSituation {
  const forSponsor = standing.audience === 'sponsor';
  const sponsors = forSponsor ? sponsorsIn(roles) : { reached: [], outside: [] };
  const forNobody = forSponsor && sponsors.reached.length + sponsors.outside.length === 0;
  return { ...standing, roles, sponsors, forNobody };
}

export async function readSituation(
  parts: DigestParts,
  community: ReadyCommunity,
  audience: DigestAudience,
): Promise<DigestSituation> {
  const standing = await standingOf(parts, community, audience, await readDigests(parts, community));
  return situationOf(standing, await rolesIn(parts, community));
}

/** The roles of a community today, with those who hold them. */
export async function rolesIn(
  parts: Pick<DigestParts, 'lists' | 'roster' | 'clock'>,
  community: ReadyCommunity,
): Promise<readonly BoardRole[]> {
  return (await readRoles(parts, community, todayIn(parts, community))).roles;
}

/** Who decides what a digest says. */
export async function decidersOf(
  { roster }: Pick<DigestParts, 'roster'>,
  community: ReadyCommunity,
): Promise<readonly Recipient[]> {
  return (await peopleDeciding({ roster }, community)).map(person => ({ person }));
}

export async function peopleDeciding(
  { roster }: Pick<DigestParts, 'roster'>,
  community: ReadyCommunity,
): Promise<readonly Person[]> {
  return peopleInCharge(community, await roster.members(community.id));
}

/** Who holds the role of sponsor, and whether the bot can write to them. */
function sponsorsIn(roles: readonly BoardRole[]): Sponsors {
  const holders = roles.find(({ id }) => id === sponsorRole)?.holders ?? [];
  return {
    reached: holders
      .filter(({ person, left }) => !isOutside(person) && !left)
      .map(({ person: { id, name } }) => ({ id, name })),
    outside: holders
      .filter(({ person, left }) => isOutside(person) || left)
      .map(({ person: { name, mail } }) => ({ name, mail })),
  };
}
