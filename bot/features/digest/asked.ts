import type { MemberQuestion } from '../../../domain/digest/digest.ts';
import { putsToSponsor, questionsFor, type AskedSurvey } from '../../../domain/digest/member-questions.ts';
import { localDay } from '../../../domain/schedule.ts';
import { whenThere } from '../../lists/list.ts';
import type { DigestSituation } from './facts.ts';
import type { DigestParts } from './parts.ts';

/** What members asked their sponsor in surveys that closed lately, and no digest has told. */
export async function readAsked(
  { lists }: Pick<DigestParts, 'lists'>,
  { community, timeZone, now, sent }: DigestSituation,
): Promise<MemberQuestion[]> {
  const { surveys, answers } = lists.of(community.id);
  const today = localDay(now, timeZone);
  const found: AskedSurvey[] = [];
  for (const { value } of await whenThere(() => surveys.all())) {
    const { key, answered, ...rest } = value;
    const survey = { id: key, ...rest };
    if (!putsToSponsor(survey, today)) continue;
    const rows = await whenThere(() => answers.all({ survey: key }));
    found.push({ survey, answers: rows.map(row => row.value) });
  }
  return questionsFor(found, sent);
}
