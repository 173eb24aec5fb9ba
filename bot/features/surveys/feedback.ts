import { nextOpenDay } from '../../../domain/attention/open-days.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { fewestThere, isFeedbackDay } from '../../../domain/surveys/feedback.ts';
import { surveyTemplates, templateIn } from '../../../domain/surveys/method.ts';
import { longestEvent, type Survey, type SurveyDraft } from '../../../domain/surveys/survey.ts';
import { shortened } from '../../../domain/text.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import type { HeldEvent } from '../../shared/held-event.ts';
import { createTexts, type Translate } from '../../text.ts';
import { feedbackId } from './feedback-id.ts';
import { planSurvey } from './plan-survey.ts';
import type { SurveysParts } from './parts.ts';
import { text } from './text.ts';

/** A title is cut so that the day, which tells one coffee from the next, stands behind it. */
const longestTitle = longestEvent - 30;

const texts = createTexts({ surveys: text });

/**
 * Plans what those are asked who were at an event: from the next open day, for as long as the survey to start from
 * says, in the language of the community. Nothing where fewer than three were there, where it was long ago, or where
 * somebody has planned feedback on it themselves. May be repeated: the survey of an event has one key.
 */
export function feedbackPlanner(parts: SurveysParts): (community: ReadyCommunity, event: HeldEvent) => Promise<void> {
  return async (community, event) => {
    const today = todayIn(parts, community);
    const day = localDay(new Date(event.startsAt), community.settings.timeZone);
    if (!isFeedbackDay(day, today) || (await event.there()).length < fewestThere) return;
    const key = feedbackId(event);
    const rows = (await parts.lists.of(community.id).surveys.all()).map(({ value }) => value);
    if (rows.some(row => row.key === key || isAbout(row, event, day))) return;
    const opensOn = nextOpenDay(addDays(today, 1), await parts.restDays.of(community));
    const draft = feedbackOn(event, { day, opensOn }, texts.for('surveys', community.settings.language));
    try {
      await planSurvey(parts, community, { key, draft, by: event.hosts[0] ?? event.addedBy, onBehalfOf: null });
    } catch (error) {
      // An anonymous survey keeps its distance from another that asks the same; who was there is noted all the same.
      if (!(error instanceof CommunityError && error.code === 'invalid')) throw error;
      parts.log.warn({ community: community.id, survey: key }, 'feedback was not planned');
    }
  };
}

function feedbackOn(
  { title }: Pick<HeldEvent, 'title'>,
  { day, opensOn }: { readonly day: string; readonly opensOn: string },
  t: Translate,
): SurveyDraft {
  const template = surveyTemplates.find(({ id }) => id === 'event');
  if (!template) throw new Error('no survey to start from asks about an event');
  const { title: name, intro, questions, days } = templateIn(t, template);
  const event = t('attended.event', { title: shortened(title, longestTitle), ...onDay(day, nearDay) });
  return {
    ...{ title: name, intro, questions: [...questions], anonymous: true, audience: 'attended', event },
    ...{ tellsResults: false, everyQuarter: false, repeats: null, opensOn, closesOn: addDays(opensOn, days) },
  };
}

/** Somebody has planned it in their own words: what it is about has the title, and it did not open before the event. */
function isAbout({ event, opensOn }: Pick<Survey, 'event' | 'opensOn'>, { title }: HeldEvent, day: string): boolean {
  return event !== null && opensOn >= day && event.toLowerCase().includes(title.toLowerCase());
}
