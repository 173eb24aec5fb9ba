import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { can } from '../../../domain/permissions.ts';
import type { SurveyView } from '../../../domain/surveys/api.ts';
import { shownCount } from '../../../domain/surveys/results.ts';
import { dueAgainOn } from '../../../domain/surveys/repeats.ts';
import { firstMorning } from '../../../domain/surveys/days.ts';
import { addDays, momentOn } from '../../../domain/schedule.ts';
import { answersLost, fewest, phaseOf, type Survey } from '../../../domain/surveys/survey.ts';
import type { Stored } from '../../lists/list.ts';
import type { SurveyRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import { readParticipation } from './invited.ts';
import type { SurveysParts } from './parts.ts';
import { readResults, readTrend, wordsOf } from './results.ts';
import { sentTo } from './sending.ts';
import { answeredBy, answersTo, namedAnswer, surveyOf } from './store.ts';

export interface SurveyViewed {
  readonly who: Member;
  readonly community: ReadyCommunity;
  readonly row: Stored<SurveyRow>;
  /** Whether it has closed and is to be asked anew when its quarter has passed. */
  readonly again: boolean;
}

/** One survey, as this person may see it. */
export async function surveyView(
  parts: SurveysParts,
  { who, community, row: { value: row, etag }, again }: SurveyViewed,
): Promise<SurveyView> {
  const survey = surveyOf(row);
  const { id, anonymous, audience, closesOn, closedOn, ...written } = survey;
  const phase = phaseOf(survey, todayIn(parts, community));
  const plans = can(who, 'surveys.plan', community);
  const readsWords = can(who, wordsOf(survey), community);
  const open = phase === 'open';
  const none: ReadonlySet<string> = new Set();
  const inChats = plans && audience !== 'channel';
  const [done, results, participation, sent, arrives, answers] = await Promise.all([
    open || (phase === 'closed' && row.answered === null) ? answeredBy(parts, community, survey) : none,
    readResults(parts, community, row, readsWords),
    inChats ? readParticipation(parts, community, id) : null,
    inChats && row.answered === null ? sentTo(parts, community, survey) : row.sent,
    inChats && phase !== 'closed' ? nextMorning(parts, community, survey) : null,
    readsWords && !anonymous ? answersTo(parts, community, id) : [],
  ]);
  const voters = typeof done === 'string' ? none : done;
  const mine = open && voters.has(who.id);
  // Its answers are gone with the app that was removed: the next morning closes it for good.
  const ended = phase === 'taken back' || done === 'gone';
  return {
    ...written,
    id,
    anonymous,
    audience,
    againOn: plans && again ? dueAgainOn(survey) : null,
    closesOn: closedOn ?? closesOn,
    phase: ended ? 'closed' : phase,
    answered: countFor(survey, row.answered, { voters: voters.size, readsWords }),
    asked: participation ? participation.asked.length : null,
    sent: inChats ? sent : null,
    arrives,
    spared: participation ? [...participation.spared] : [],
    mine: { answered: mine, sheet: mine ? await namedAnswer(parts, community, survey, who) : null },
    results,
    trend: phase === 'closed' ? await readTrend(parts, community, { survey, results }, readsWords) : null,
    named: answers.flatMap(({ person, sheets }) => (person && sheets[0] ? [{ person, sheet: sheets[0] }] : [])),
    etag,
  };
}

/** The next morning on which a survey can come into people's own chats, when one is left before it closes. */
async function nextMorning(
  { clock, restDays }: SurveysParts,
  community: ReadyCommunity,
  survey: Survey,
): Promise<string | null> {
  const today = todayIn({ clock }, community);
  const { timeZone, facilitation } = community.settings;
  const isStillToCome = clock() < momentOn(today, facilitation.time, timeZone);
  return firstMorning(survey, isStillToCome ? today : addDays(today, 1), await restDays.of(community));
}

function countFor(
  survey: Survey,
  answered: number | null,
  { voters, readsWords }: { readonly voters: number; readonly readsWords: boolean },
): number {
  if (answered === null) return shownCount(survey, voters);
  if (answered === answersLost) return 0;
  // Of feedback the exact number is kept for those who read its words.
  return survey.anonymous && !readsWords && answered < fewest ? 0 : answered;
}
