import { openDayBefore } from '../../../domain/attention/open-days.ts';
import type { Person } from '../../../domain/community.ts';
import { audiences, isQuiet } from '../../../domain/digest/digest.ts';
import { issueToTell, nextStep, periodToday } from '../../../domain/digest/next-step.ts';
import { addDays, endOfDay, localDay } from '../../../domain/schedule.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Morning, Wish } from '../../feature.ts';
import {
  peopleDeciding,
  rolesIn,
  situationOf,
  standingOf,
  type DigestSituation,
  type DigestStanding,
} from './facts.ts';
import { countFor } from './numbers.ts';
import { byHandCard, draftCard } from './note-cards.ts';
import type { DigestParts } from './parts.ts';
import { readDigests, sentKey } from './store.ts';

const draftKind = 'digest.draft';
const byHandKind = 'digest.byHand';

/** For how many days after a digest it is worth asking to mail it to somebody outside. */
const mailedWithin = 14;

/**
 * Those who decide what a digest says are told of a draft on one of the mornings before it goes out, and asked to mail
 * one that went out to a sponsor outside. The digest itself is no wish: it comes on the day that was said.
 */
export function digestWishes(parts: DigestParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async morning => {
    const standings = await standingsOf(parts, morning);
    const wishes: Wish[] = [];
    for (const standing of standings) {
      if (!issueToTell(standing) && !isJustOut(standing)) continue;
      const situation = situationOf(standing, await rolesIn(parts, morning.community));
      const deciders = await peopleDeciding(parts, morning.community);
      wishes.push(...(await draftWishes(parts, situation, deciders)), ...byHandWishes(parts, situation, deciders));
    }
    return wishes;
  };
}

/** The sponsors whom a digest reaches this morning, which it may have done already. */
export function digestReaches(parts: DigestParts): (morning: Morning) => Promise<readonly string[]> {
  return async morning => {
    const [standing] = (await standingsOf(parts, morning)).filter(({ audience }) => audience === 'sponsor');
    if (!standing) return [];
    const gone = standing.sent
      .filter(({ sentAt }) => localDay(new Date(sentAt), standing.timeZone) === morning.today)
      .flatMap(({ sentTo }) => sentTo.map(({ id }) => id));
    if (nextStep({ ...standing, forNobody: false }).step !== 'send') return gone;
    const { sponsors } = situationOf(standing, await rolesIn(parts, morning.community));
    return [...gone, ...sponsors.reached.map(({ id }) => id)];
  };
}

async function standingsOf(
  parts: DigestParts,
  { community, now }: Pick<Morning, 'community' | 'now'>,
): Promise<readonly DigestStanding[]> {
  const digests = await readDigests(parts, community);
  const { restDays } = parts;
  const standings: DigestStanding[] = [];
  for (const audience of audiences)
    standings.push(await standingOf({ clock: () => now, restDays }, community, audience, digests));
  return standings;
}

async function draftWishes(
  parts: DigestParts,
  situation: DigestSituation,
  deciders: readonly Person[],
): Promise<readonly Wish[]> {
  const { community, audience, sponsors, forNobody, timeZone, rest } = situation;
  const told = issueToTell(situation);
  if (!told || forNobody) return [];
  const { issue, goesOutOn } = told;
  const until = openDayBefore(goesOutOn, rest);
  const link = parts.links.tab(community.id, 'digest');
  const { period } = periodToday(situation);
  const from = localDay(new Date(period.from), timeZone);
  const numbers = await countFor(parts, situation, period);
  const line = audience === 'members' && isQuiet(numbers) ? 'empty' : audience;
  return deciders.map(
    (person): Wish => ({
      kind: draftKind,
      period: sentKey(audience, issue.key),
      to: { person },
      urgency: 'now',
      until,
      card: t => draftCard({ community, audience, day: goesOutOn, from, numbers, outside: sponsors.outside, link }, t),
      summary: t => t(`draft.line.${line}`, onDay(goesOutOn, nearDay)),
      line: t => t(`digest:draft.line.${line}`, onDay(goesOutOn, nearDay)),
      expires: endOfDay(until, timeZone),
    }),
  );
}

function byHandWishes(parts: DigestParts, situation: DigestSituation, deciders: readonly Person[]): readonly Wish[] {
  const {
    community,
    sponsors: { outside },
    sent: [last],
    timeZone,
  } = situation;
  if (!last || outside.length === 0 || !isJustOut(situation)) return [];
  return deciders.map(
    (person): Wish => ({
      kind: byHandKind,
      period: last.period.key,
      to: { person },
      urgency: 'now',
      until: addDays(localDay(new Date(last.sentAt), timeZone), mailedWithin),
      card: t => byHandCard({ community, outside, link: parts.links.tab(community.id, 'digest') }, t),
      summary: t => t('byHand.summary'),
      line: t => t('digest:byHand.summary'),
    }),
  );
}

/** Whether the last one for a sponsor went out a few days ago. */
function isJustOut({ audience, sent: [last], timeZone, now }: DigestStanding): boolean {
  if (audience !== 'sponsor' || !last) return false;
  return localDay(now, timeZone) <= addDays(localDay(new Date(last.sentAt), timeZone), mailedWithin);
}
