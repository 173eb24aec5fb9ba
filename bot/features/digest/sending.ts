import { isReady, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { noWords, rhythmsOf, type DigestAudience, type DigestPeriod } from '../../../domain/digest.ts';
import { bundleMonth, issueOn, periodNow, periodOf, type DigestIssue } from '../../../domain/digest-schedule.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { addDays, endOfDay, localDay } from '../../../domain/schedule.ts';
import { change, type List } from '../../data/list.ts';
import type { DigestRow } from '../../data/lists.ts';
import { todayIn } from '../../today.ts';
import { membersCard } from './members-card.ts';
import { byHandCard, draftCard } from './note-cards.ts';
import { countFor, decidersOf, sponsorsOf } from './facts.ts';
import type { DigestParts } from './index.ts';
import { sponsorCard, type Told } from './sponsor-card.ts';
import {
  clearDraft,
  draftKey,
  emptyDraft,
  lastOf,
  readDigests,
  sentFrom,
  sentKey,
  wordsOf,
  type Digests,
  type SentDigest,
} from './store.ts';

export const sponsorKind = 'digest.sponsor';
const membersKind = 'digest.members';
const draftKind = 'digest.draft';
const byHandKind = 'digest.byHand';

/** How many days a digest that was sent out of turn stays worth delivering. */
const grace = 3;

/** When the next digest of this audience goes out by itself; null when it does not. */
export function nextIssue(
  parts: Pick<DigestParts, 'clock'>,
  community: ReadyCommunity,
  audience: DigestAudience,
  digests: Pick<Digests, 'sent'>,
): DigestIssue | null {
  const { settings } = community;
  const sent = new Set(digests.sent.filter(one => one.audience === audience).map(({ period }) => period.key));
  return issueOn(rhythmsOf(settings)[audience], {
    today: todayIn(parts, community),
    first: settings.facilitation.day,
    sent,
  });
}

/**
 * What a digest that is sent today tells of: the one that is about to go out anyway comes early, else one out of turn.
 */
export function periodToday(
  parts: Pick<DigestParts, 'clock'>,
  community: ReadyCommunity,
  audience: DigestAudience,
  digests: Digests,
): { readonly period: DigestPeriod; readonly issue: DigestIssue | null } {
  const { timeZone } = community.settings;
  const now = parts.clock();
  const last = lastOf(digests, audience)?.period.to ?? null;
  const issue = nextIssue(parts, community, audience, digests);
  if (issue && localDay(now, timeZone) >= issue.notice)
    return { period: endingBy(periodOf(issue, { last, timeZone }), now), issue };
  return { period: periodNow(rhythmsOf(community.settings)[audience], { now, last, timeZone }), issue: null };
}

/** Tells the coordinators, once, that a draft waits, and notes whom it will be for. */
export async function tell(
  parts: DigestParts,
  community: ReadyCommunity,
  audience: DigestAudience,
  issue: DigestIssue,
): Promise<void> {
  if (await isForNobody(parts, community, audience)) return;
  const sponsors = audience === 'sponsor' ? await sponsorsOf(parts, community) : null;
  for (const { id } of sponsors?.reached ?? [])
    await parts.bundles.expect({ month: bundleMonth(issue), person: id, community: community.id });

  const { timeZone } = community.settings;
  const today = todayIn(parts, community);
  const goesOut = issue.due > today ? issue.due : addDays(today, 1);
  await parts.messenger.post({
    community: community.id,
    kind: draftKind,
    period: sentKey(audience, issue.key),
    to: await decidersOf(parts, community),
    card: t =>
      draftCard(
        {
          community,
          audience,
          day: goesOut,
          outside: sponsors?.outside ?? [],
          link: parts.links.tab(community.id, 'digest'),
        },
        t,
      ),
    summary: t => t('draft.summary', onDay(goesOut)),
    expires: endOfDay(issue.latest, timeZone),
  });
  await change(parts.lists.of(community.id).digests, draftKey(audience), row => ({
    ...(row ?? emptyDraft(audience)),
    toldFor: issue.key,
    toldOn: today,
  }));
}

/** A digest for the sponsor of a community without one. Said in the tab, so here it is only noted. */
export async function isForNobody(
  parts: DigestParts,
  community: ReadyCommunity,
  audience: DigestAudience,
): Promise<boolean> {
  if (audience === 'members') return false;
  const { reached, outside } = await sponsorsOf(parts, community);
  const nobody = reached.length + outside.length === 0;
  if (nobody) parts.log.info({ community: community.id }, 'no digest for the sponsor: nobody holds that role');
  return nobody;
}

export interface Frozen {
  readonly audience: DigestAudience;
  readonly period: DigestPeriod;
  /** Who sends it by hand, and so has looked at it. */
  readonly by?: Person;
  /** The list as the person who sends it, so that version history names them. */
  readonly list?: List<DigestRow>;
}

/** Counts, and writes down what goes out. Whatever was written down already stays, so that this may be repeated. */
export async function freeze(
  parts: DigestParts,
  community: ReadyCommunity,
  { audience, period, by, list = parts.lists.of(community.id).digests }: Frozen,
): Promise<SentDigest> {
  const key = sentKey(audience, period.key);
  const existing = await list.find(key);
  if (existing) return frozen(existing.value);

  const digests = await readDigests(parts, community);
  const draft = digests.drafts[audience]?.value;
  const lookedBy = by ?? draft?.lookedBy ?? null;
  const { reached } = audience === 'sponsor' ? await sponsorsOf(parts, community) : { reached: [] };
  const numbers = await countFor(parts, community, {
    audience,
    period,
    before: lastOf(digests, audience)?.numbers ?? null,
  });
  const { kind, from, to } = period;
  const now = parts.clock().toISOString();
  const { row } = await list.create({
    ...emptyDraft(audience),
    key,
    period: kind,
    from,
    to,
    ...(lookedBy ? wordsOf(draft) : noWords),
    sendOn: null,
    lookedBy: lookedBy && { id: lookedBy.id, name: lookedBy.name },
    lookedAt: lookedBy ? (draft?.lookedAt ?? now) : null,
    numbers,
    sentTo: reached.map(({ id, name }) => ({ id, name })),
    sentAt: now,
    state: audience === 'sponsor' && reached.length === 0 ? 'by-hand' : 'sent',
  });
  return frozen(row.value);
}

/** Sends what is written down. May be repeated: the outbox knows each card. */
export async function deliver(
  parts: DigestParts,
  community: ReadyCommunity,
  digest: SentDigest,
  { issue, alone = false }: { readonly issue: DigestIssue | null; readonly alone?: boolean },
): Promise<void> {
  const { timeZone } = community.settings;
  const expires = endOfDay(issue?.latest ?? addDays(localDay(new Date(digest.sentAt), timeZone), grace), timeZone);
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
    for (const person of digest.sentTo) await deliverTo(parts, community, digest, { person, issue, alone, expires });
    await askToPassOn(parts, community, digest);
  }
  await clearDraft(parts.lists.of(community.id).digests, digest);
}

/** One sponsor’s card, which brings the digests of their other communities along. */
async function deliverTo(
  parts: DigestParts,
  community: ReadyCommunity,
  digest: SentDigest,
  {
    person,
    issue,
    alone,
    expires,
  }: { readonly person: Person; readonly issue: DigestIssue | null; readonly alone: boolean; readonly expires: Date },
): Promise<void> {
  const part = { person: person.id, community: community.id, month: bundleMonth(digest.period) };
  const carried = issue ? await parts.bundles.claim(part, alone) : [community.id];
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

/**
 * What another community’s own job would send this person; undefined when it cannot be had now, so that job sends it
 * later.
 */
async function digestOfAnother(parts: DigestParts, id: string, person: Person): Promise<Told | undefined> {
  try {
    const community = await parts.communities.find(id);
    if (!community || !isReady(community)) return undefined;
    const issue = nextIssue(parts, community, 'sponsor', { sent: [] });
    if (!issue) return undefined;
    const last = lastOf(await readDigests(parts, community), 'sponsor');
    const period = endingBy(
      periodOf(issue, {
        last: last?.period.key === issue.key ? last.period.from : (last?.period.to ?? null),
        timeZone: community.settings.timeZone,
      }),
      parts.clock(),
    );
    const digest = await freeze(parts, community, { audience: 'sponsor', period });
    return digest.sentTo.some(({ id: to }) => to === person.id) ? { community, digest } : undefined;
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    // One community’s trouble must not keep the digest of the others.
    parts.log.warn({ community: id, code: error.code }, 'the digest of another community could not be brought along');
    return undefined;
  }
}

async function askToPassOn(parts: DigestParts, community: ReadyCommunity, digest: SentDigest): Promise<void> {
  const { outside } = await sponsorsOf(parts, community);
  if (outside.length === 0) return;
  await parts.messenger.post({
    community: community.id,
    kind: byHandKind,
    period: digest.period.key,
    to: await decidersOf(parts, community),
    card: t => byHandCard({ community, outside, link: parts.links.tab(community.id, 'digest') }, t),
    summary: t => t('byHand.summary'),
  });
}

/** A digest that comes early ends now, so that the next one tells the rest. */
export function endingBy(period: DigestPeriod, now: Date): DigestPeriod {
  return now.toISOString() < period.to ? { ...period, to: now.toISOString() } : period;
}

function frozen(row: DigestRow): SentDigest {
  const digest = sentFrom(row);
  if (!digest)
    throw new CommunityError(
      'unavailable',
      `digest ${row.key} is only half written: remove its row in SharePoint, and it is made again`,
      { digest: row.key },
    );
  return digest;
}

export function onDay(day: string): Readonly<Record<string, unknown>> {
  return {
    day: new Date(`${day}T12:00:00Z`),
    formatParams: { day: { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } },
  };
}
