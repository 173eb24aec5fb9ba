import { createHash } from 'node:crypto';
import { addDays, endOfDay } from '../../../domain/schedule.ts';
import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { nameOf, type Survey, type SurveyDraft } from '../../../domain/surveys/survey.ts';
import { todayIn } from '../../shared/days.ts';
import { trialCard } from './cards.ts';
import type { SurveysParts } from './parts.ts';

const trialKind = 'surveys.trial';

/** A survey that nobody has planned yet, as it would be. */
export function surveyLike(id: string, draft: SurveyDraft): Survey {
  return { ...draft, id, closedOn: null };
}

/**
 * Sends the card to whoever writes the survey. The same draft comes once a day, however often it is asked for.
 *
 * @returns false for somebody who wants no messages of this community, and so gets none
 */
export async function sendTrial(
  parts: SurveysParts,
  community: ReadyCommunity,
  { id, draft, who }: { readonly id: string; readonly draft: SurveyDraft; readonly who: Person },
): Promise<boolean> {
  const stopped = await parts.messenger.stopped(community.id, [who.id]);
  if (stopped.get(who.id)?.all) return false;
  const today = todayIn(parts, community);
  const survey = surveyLike(id, draft);
  await parts.messenger.post({
    community: community.id,
    kind: trialKind,
    period: createHash('sha256')
      .update(`${today} ${JSON.stringify(survey)}`)
      .digest('hex')
      .slice(0, 32),
    to: [{ person: { id: who.id, name: who.name } }],
    card: t => trialCard({ community, survey }, t),
    summary: t => t('trial.summary', { title: nameOf(survey) }),
    expires: endOfDay(addDays(today, 1), community.settings.timeZone),
  });
  return true;
}
