import { isReady, type Person } from '../../../domain/community.ts';
import { isBlank, isEmpty, type DigestPeriod, type SentDigest } from '../../../domain/digest/digest.ts';
import {
  isLookedAt,
  stepInBundle,
  type Resume,
  type Send,
  type Step,
  type Tell,
} from '../../../domain/digest/next-step.ts';
import { bundleMonth } from '../../../domain/digest/schedule.ts';
import { endOfDay } from '../../../domain/schedule.ts';
import { change } from '../../lists/list.ts';
import { todayIn } from '../../shared/days.ts';
import { rolesIn, situationOf, standingOf, type DigestSituation } from './facts.ts';
import { freeze, type ByHand } from './freeze.ts';
import { eachAlone } from '../../shared/each-row.ts';
import { errorText } from '../../shared/error-text.ts';
import type { DigestParts } from './parts.ts';
import { membersCard } from './members-card.ts';
import { countFor } from './numbers.ts';
import { sponsorCard, type Told } from './sponsor-card.ts';
import { clearDraft, draftKey, emptyDraft, readDigests } from './store.ts';

export const sponsorKind = 'digest.sponsor';
const membersKind = 'digest.members';

/** Does what was decided for this situation. */
export async function carryOut(
  parts: DigestParts,
  situation: DigestSituation,
  step: Step,
  byHand?: ByHand,
): Promise<void> {
  switch (step.step) {
    case 'nothing':
      // Said in the tab, so here it is only noted.
      if (step.why === 'for-nobody')
        parts.log.info({ community: situation.community.id }, 'no digest for the sponsor: nobody holds that role');
      return;
    case 'tell':
      await noteTold(parts, situation, step);
      return carryOut(parts, situation, step.then);
    case 'send':
      if (!byHand && !step.alone && (await isNothing(parts, situation, step.period)))
        return parts.log.info({ community: situation.community.id }, 'no digest for the channel: nothing to tell');
      return deliver(parts, situation, await freeze(parts, situation, step.period, byHand), step);
    case 'resume':
      return deliver(parts, situation, step.digest, step);
  }
}

/**
 * Whether a digest that is due would bring the channel nothing: what comes later in its days of grace is told in it, and
 * later still with the next. A sponsor reads that a time was quiet.
 */
async function isNothing(parts: DigestParts, situation: DigestSituation, period: DigestPeriod): Promise<boolean> {
  const { audience, draft } = situation;
  if (audience !== 'members' || (draft && !isBlank(draft) && isLookedAt(situation, period))) return false;
  return isEmpty(await countFor(parts, situation, period));
}

/** From today on, mornings tell the coordinators that a draft waits; and whom it will be for is noted. */
async function noteTold(
  parts: DigestParts,
  { community, audience, sponsors }: DigestSituation,
  { issue }: Tell,
): Promise<void> {
  for (const { id } of sponsors.reached)
    await parts.bundles.expect({ month: bundleMonth(issue), person: id, community: community.id });

  await change(parts.lists.of(community.id).digests, draftKey(audience), row => ({
    ...(row ?? emptyDraft(audience)),
    toldFor: issue.key,
    toldOn: todayIn(parts, community),
  }));
}

/** Sends what is written down. May be repeated: the outbox knows each card. */
async function deliver(
  parts: DigestParts,
  situation: DigestSituation,
  digest: SentDigest,
  { latest, alone }: Send | Resume,
): Promise<void> {
  const { community } = situation;
  const expires = endOfDay(latest, situation.timeZone);
  if (digest.audience === 'members') {
    await parts.messenger.post({
      community: community.id,
      kind: membersKind,
      period: digest.period.key,
      to: [{ channel: true }],
      card: t => membersCard({ community, digest, links: parts.links }, t),
      summary: t => t('members.summary', { community: community.name }),
      expires,
    });
  } else {
    const failures = await eachAlone(
      parts.log,
      digest.sentTo,
      person => deliverTo(parts, { community, digest }, { person, alone, expires }),
      {
        ids: ({ id }) => ({ community: community.id, digest: digest.key, person: id }),
        said: 'a sponsor could not be sent a digest yet; it is tried again',
      },
    );
    // The draft stays until everybody has it; the outbox knows who does.
    if (failures.length > 0) throw failures[0];
  }
  await clearDraft(parts.lists.of(community.id).digests, digest);
}

/** One sponsor’s card, which brings the digests of their other communities along. */
async function deliverTo(
  parts: DigestParts,
  { community, digest }: Told,
  { person, alone, expires }: { readonly person: Person; readonly alone: boolean; readonly expires: Date },
): Promise<void> {
  const part = { person: person.id, community: community.id, month: bundleMonth(digest.period) };
  const carried = digest.period.kind === 'now' ? [community.id] : await parts.bundles.claim(part, alone);
  if (!carried.includes(community.id))
    return parts.log.info(
      { community: community.id, digest: digest.key },
      'a sponsor gets this digest with that of another community',
    );

  const told: Told[] = [{ community, digest }];
  for (const other of carried.filter(id => id !== community.id)) {
    const found = await digestOfAnother(parts, other, person);
    if (found) told.push(found);
    else await parts.bundles.release({ ...part, community: other });
  }
  await parts.messenger.post({
    community: community.id,
    kind: sponsorKind,
    period: digest.period.key,
    to: [{ person }],
    card: t => sponsorCard({ told }, t),
    summary: t =>
      told.length === 1
        ? t('sponsor.summary', { community: community.name })
        : t('sponsor.summarySeveral', { count: told.length }),
    expires,
  });
}

/** Undefined when it cannot be had now, or is not for this person, so that its own community’s job sends it later. */
async function digestOfAnother(parts: DigestParts, id: string, person: Person): Promise<Told | undefined> {
  try {
    const community = await parts.communities.find(id);
    if (!community || !isReady(community)) return undefined;
    const standing = await standingOf(parts, community, 'sponsor', await readDigests(parts, community));
    const step = stepInBundle(standing);
    if (step.step === 'nothing') return undefined;
    const digest =
      step.step === 'resume'
        ? step.digest
        : await freeze(parts, situationOf(standing, await rolesIn(parts, community)), step.period);
    return digest.sentTo.some(({ id: to }) => to === person.id) ? { community, digest } : undefined;
  } catch (error) {
    // One community’s trouble must not keep the digest of the others.
    parts.log.warn(
      { community: id, error: errorText(error) },
      'the digest of another community could not be brought along',
    );
    return undefined;
  }
}
