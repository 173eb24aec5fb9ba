import { reviewKey } from '../../../domain/charter/charter.ts';
import type { DigestNumbers, DigestPeriod } from '../../../domain/digest/digest.ts';
import { digestOf, isReported, type SurveyFacts } from '../../../domain/digest/numbers.ts';
import { aimsOf } from '../../documents/aims.ts';
import { whenThere } from '../../lists/list.ts';
import type { CommunityLists } from '../../lists/model.ts';
import { readPlanWhenThere } from '../../lists/plan.ts';
import type { DigestSituation } from './facts.ts';
import type { DigestParts } from './parts.ts';

/** Counts everything a digest of this period tells, from the community’s lists as they are now. */
export async function countFor(
  parts: Pick<DigestParts, 'lists' | 'clock'>,
  { community, audience, timeZone, roles, sent }: DigestSituation,
  period: DigestPeriod,
): Promise<DigestNumbers> {
  const lists = parts.lists.of(community.id);
  const when = {
    now: parts.clock(),
    timeZone,
    toldSurveys: new Set(sent.flatMap(({ numbers }) => numbers.surveys.map(({ id }) => id))),
  };
  const [plan, charter, newcomers, surveys] = await Promise.all([
    readPlanWhenThere(parts, community, period.from),
    whenThere(() => lists.charter.all()),
    whenThere(() => lists.newcomers.all()),
    surveysIn(lists, facts => isReported(facts, period, when)),
  ]);
  const aims = charter.find(({ value }) => value.section === 'aims' && value.key !== reviewKey)?.value.text ?? '';

  return digestOf(
    {
      audience,
      ...when,
      roles,
      actions: plan.rows.map(({ value }) => value),
      doneBefore: plan.doneBefore,
      aims: aimsOf(aims),
      newcomers: newcomers.map(({ value }) => value),
      surveys,
      reviewOn: charter.find(({ value }) => value.key === reviewKey)?.value.reviewOn ?? null,
    },
    period,
    sent[0] ?? null,
  );
}

/** The community’s surveys; the answers only of those that are reported. */
async function surveysIn(
  lists: Pick<CommunityLists, 'surveys' | 'answers'>,
  reported: (facts: Pick<SurveyFacts, 'survey' | 'answered'>) => boolean,
): Promise<readonly SurveyFacts[]> {
  const found: SurveyFacts[] = [];
  for (const { value } of await whenThere(() => lists.surveys.all())) {
    const { key, answered, ...survey } = value;
    const facts = { survey: { id: key, ...survey }, answered };
    const answers = reported(facts) ? await whenThere(() => lists.answers.all({ survey: key })) : [];
    found.push({ ...facts, sheets: answers.flatMap(row => row.value.sheets) });
  }
  return found;
}
