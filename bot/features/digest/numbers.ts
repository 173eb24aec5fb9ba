import { reviewKey } from '../../../domain/charter/charter.ts';
import type { DigestNumbers, DigestPeriod } from '../../../domain/digest/digest.ts';
import { digestOf, isReported, weeksIn, type DigestFacts, type SurveyFacts } from '../../../domain/digest/numbers.ts';
import { localDay } from '../../../domain/schedule.ts';
import { aimsOf } from '../../documents/aims.ts';
import { whenThere } from '../../lists/list.ts';
import type { CommunityLists } from '../../lists/model.ts';
import type { DigestSituation } from './facts.ts';
import type { DigestParts } from './parts.ts';

/** Counts everything a digest of this period tells, from the community’s lists as they are now. */
export async function countFor(
  parts: Pick<DigestParts, 'lists' | 'clock'>,
  { community, audience, timeZone, first, roles, sent }: DigestSituation,
  period: DigestPeriod,
): Promise<DigestNumbers> {
  const lists = parts.lists.of(community.id);
  const before = sent[0]?.numbers ?? null;
  const when = {
    now: parts.clock(),
    timeZone,
    first,
    since: community.installedAt === undefined ? null : localDay(new Date(community.installedAt), timeZone),
  };
  const [plan, charter, newcomers, surveys] = await Promise.all([
    whenThere(() => lists.plan.all()),
    whenThere(() => lists.charter.all()),
    whenThere(() => lists.newcomers.all()),
    surveysIn(lists, facts => isReported(facts, period, { ...when, before })),
  ]);
  const aims = charter.find(({ value }) => value.section === 'aims' && value.key !== reviewKey)?.value.text ?? '';

  return digestOf(
    {
      audience,
      ...when,
      roles,
      actions: plan.map(({ value }) => value),
      aims: aimsOf(aims),
      newcomers: newcomers.map(({ value }) => value),
      surveys,
      ticks: await ticksIn(lists, weeksIn(period, when)),
      reviewOn: charter.find(({ value }) => value.key === reviewKey)?.value.reviewOn ?? null,
    },
    period,
    before,
  );
}

/** The community’s surveys; the answers only of those that are reported. */
async function surveysIn(
  lists: Pick<CommunityLists, 'surveys' | 'answers'>,
  reported: (facts: Pick<SurveyFacts, 'survey' | 'answered'>) => boolean,
): Promise<readonly SurveyFacts[]> {
  const found: SurveyFacts[] = [];
  // One after the other: each is a question to Graph, and being throttled is slower.
  for (const { value } of await whenThere(() => lists.surveys.all())) {
    const { key, answered, ...survey } = value;
    const facts = { survey: { id: key, ...survey }, answered };
    const answers = reported(facts) ? await whenThere(() => lists.answers.all({ survey: key })) : [];
    found.push({ ...facts, sheets: answers.flatMap(row => row.value.sheets) });
  }
  return found;
}

async function ticksIn(
  lists: Pick<CommunityLists, 'ticks'>,
  weeks: readonly string[],
): Promise<readonly DigestFacts['ticks'][number][]> {
  const ticks: DigestFacts['ticks'][number][] = [];
  for (const week of weeks) ticks.push(...(await whenThere(() => lists.ticks.all({ week }))).map(({ value }) => value));
  return ticks;
}
