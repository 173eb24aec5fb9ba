import { peopleInCharge, type ReadyCommunity } from '../../../domain/community.ts';
import { reviewKey } from '../../../domain/charter/charter.ts';
import type { DigestAudience, DigestNumbers, DigestPeriod, Sponsors } from '../../../domain/digest/digest.ts';
import { digestOf, isReported, weeksIn, type DigestFacts, type SurveyFacts } from '../../../domain/digest/numbers.ts';
import { sponsorRole } from '../../../domain/roles/method.ts';
import { isOutside, rolesBoard, type BoardRole } from '../../../domain/roles/roles.ts';
import { addMonths, localDay } from '../../../domain/schedule.ts';
import { aimsOf } from '../../documents/aims.ts';
import { readHoldings } from '../../lists/holdings.ts';
import { whenThere } from '../../lists/list.ts';
import type { Recipient } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import type { DigestParts } from './index.ts';

/** Counts everything a digest of this period tells, from the community’s lists as they are now. */
export async function countFor(
  parts: DigestParts,
  community: ReadyCommunity,
  {
    audience,
    period,
    before,
  }: { readonly audience: DigestAudience; readonly period: DigestPeriod; readonly before: DigestNumbers | null },
): Promise<DigestNumbers> {
  const lists = parts.lists.of(community.id);
  const {
    timeZone,
    facilitation: { day: first },
  } = community.settings;
  const now = parts.clock();
  const when = {
    now,
    timeZone,
    first,
    since: community.installedAt === undefined ? null : localDay(new Date(community.installedAt), timeZone),
  };

  const [plan, charter, roles, newcomers, surveys] = await Promise.all([
    whenThere(() => lists.plan.all()),
    whenThere(() => lists.charter.all()),
    readRoles(parts, community),
    whenThere(() => lists.newcomers.all()),
    whenThere(() => lists.surveys.all()),
  ]);
  const aims = charter.find(({ value }) => value.section === 'aims' && value.key !== reviewKey)?.value.text ?? '';
  const withAnswers: SurveyFacts[] = [];
  // One after the other: each is a question to Graph, and being throttled is slower.
  for (const {
    value: { key, answered, ...survey },
  } of surveys) {
    const facts = { survey: { id: key, ...survey }, answered };
    const sheets = isReported(facts, period, { now, timeZone, before })
      ? (await whenThere(() => lists.answers.all({ survey: key }))).flatMap(({ value }) => value.sheets)
      : [];
    withAnswers.push({ ...facts, sheets });
  }
  const ticks: DigestFacts['ticks'][number][] = [];
  for (const week of weeksIn(period, when))
    ticks.push(...(await whenThere(() => lists.ticks.all({ week }))).map(({ value }) => value));

  return digestOf(
    {
      audience,
      ...when,
      roles,
      actions: plan.map(({ value }) => value),
      aims: aimsOf(aims),
      newcomers: newcomers.map(({ value }) => value),
      surveys: withAnswers,
      ticks,
      reviewOn: charter.find(({ value }) => value.key === reviewKey)?.value.reviewOn ?? null,
    },
    period,
    before,
  );
}

/** Who holds the role of sponsor, and whether the bot can write to them. */
export async function sponsorsOf(parts: DigestParts, community: ReadyCommunity): Promise<Sponsors> {
  const holders = (await readRoles(parts, community)).find(({ id }) => id === sponsorRole)?.holders ?? [];
  return {
    reached: holders
      .filter(({ person, left }) => !isOutside(person) && !left)
      .map(({ person: { id, name } }) => ({ id, name })),
    outside: holders
      .filter(({ person, left }) => isOutside(person) || left)
      .map(({ person: { name, mail } }) => ({ name, mail })),
  };
}

/** Who decides what a digest says. */
export async function decidersOf(
  { roster }: Pick<DigestParts, 'roster'>,
  community: ReadyCommunity,
): Promise<readonly Recipient[]> {
  const people = peopleInCharge(community, await roster.members(community.id));
  return people.map(person => ({ person }));
}

async function readRoles(
  { lists, roster, clock }: DigestParts,
  community: ReadyCommunity,
): Promise<readonly BoardRole[]> {
  const { ownRoles } = lists.of(community.id);
  const today = todayIn({ clock }, community);
  const [{ counted }, own, members] = await Promise.all([
    readHoldings(lists, community.id),
    whenThere(() => ownRoles.all()),
    roster.members(community.id),
  ]);
  return rolesBoard({
    holdings: counted,
    own: own.map(({ value }) => value),
    coordinators: community.settings.coordinators,
    members: new Set(members.map(member => member.id)),
    today,
    soon: addMonths(today, 1),
  });
}
