import type { ReadyCommunity } from '../../../domain/community.ts';
import { endOfDay } from '../../../domain/schedule.ts';
import { keptCount } from '../../../domain/surveys/results.ts';
import { answersLost, daysFrom, waitsForKey, type Survey } from '../../../domain/surveys/survey.ts';
import { change } from '../../lists/list.ts';
import type { SurveyRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import { askCard, closedCard, reminderCard } from './cards.ts';
import type { SurveysParts } from './parts.ts';
import { readResults } from './results.ts';
import { invite, readParticipation, sentKey } from './invited.ts';
import { answersTo, surveyOf } from './store.ts';

export const askKind = 'surveys.ask';
export const reminderKind = 'surveys.reminder';

/** Answers in one row of the list: far below what a SharePoint column holds. */
const answersPerRow = 20;

/**
 * Sends a survey into the channel, once, however often it is called; or says for whom it is, who get it on their
 * mornings.
 */
export async function openSurvey(parts: SurveysParts, community: ReadyCommunity, survey: Survey): Promise<void> {
  const { id, audience } = survey;
  if (audience !== 'channel') return invite(parts, community, { id, audience });
  const { participation } = parts.lists.of(community.id);
  if (await participation.find(sentKey(survey))) return;

  await parts.messenger.post({
    community: community.id,
    kind: askKind,
    period: id,
    to: [{ channel: true }],
    card: t => askCard({ community, survey, inChat: false, sheet: null, token: null }, t),
    summary: t => t('summary', { title: survey.title }),
    expires: endOfDay(survey.closesOn, community.settings.timeZone),
  });
  // The mark comes last: a job that is stopped before it sends again, and the outbox knows each card.
  await participation.create({ key: sentKey(survey), survey: id, month: '', asked: [], spared: [] });
}

/** The one reminder in the channel. */
export async function remindChannel(parts: SurveysParts, community: ReadyCommunity, survey: Survey): Promise<void> {
  await parts.messenger.post({
    community: community.id,
    kind: reminderKind,
    period: survey.id,
    to: [{ channel: true }],
    card: t => reminderCard({ community, survey, link: parts.links.tab(community.id, 'surveys') }, t),
    summary: t => t('reminder.summary', { title: survey.title }),
    expires: endOfDay(survey.closesOn, community.settings.timeZone),
  });
}

/**
 * Counts a survey that has closed; of what is counted the coordinators are told on the next morning. An anonymous one
 * is put down in the list only now, torn into questions and shuffled, all at once; so neither times nor the order of
 * its rows say who answered what. May be repeated: what is counted stays in the box, in the same order, and the survey
 * counts as uncounted until its cards are turned. Last the number is written down, and then the box is destroyed.
 */
export async function settle(parts: SurveysParts, community: ReadyCommunity, row: SurveyRow): Promise<SurveyRow> {
  const survey = surveyOf(row);
  // The server that counted it may have been stopped before this, or a member pressed Send in that very moment.
  if (row.answered !== null && survey.anonymous) await parts.ballotBox.destroy(community.id, survey.id);
  if (row.answered !== null) return row;

  const answered = survey.anonymous
    ? await putDown(parts, community, survey)
    : (await answersTo(parts, community, survey.id)).length;
  if (answered === null) return row;
  const { surveys } = parts.lists.of(community.id);
  // Another server may have counted it and destroyed the box meanwhile: its number stands.
  const now = answered === answersLost ? (await surveys.find(row.key))?.value : undefined;
  if (now && now.answered !== null) return now;

  const counted = { ...row, answered, sent: await sentTo(parts, community, survey) };
  const link = parts.links.tab(community.id, 'surveys');
  const results = await readResults(parts, community, counted, false);
  for (const kind of [askKind, reminderKind]) {
    await parts.messenger.refresh({
      community: community.id,
      kind,
      period: survey.id,
      card: t => closedCard({ community, survey, link, results }, t),
    });
  }
  const { sent } = counted;
  const stored = await change(surveys, row.key, current =>
    current?.answered === null ? { ...current, answered, sent } : undefined,
  );
  if (survey.anonymous) await parts.ballotBox.destroy(community.id, survey.id);
  return stored?.value ?? counted;
}

/** How many of those it is for have been sent it in their own chats by now; null for a survey in the channel. */
export async function sentTo(
  parts: SurveysParts,
  community: ReadyCommunity,
  { id, audience }: Pick<Survey, 'id' | 'audience'>,
): Promise<number | null> {
  if (audience === 'channel') return null;
  const { asked } = await readParticipation(parts, community, id);
  const reached = await parts.reached(community.id, { kind: askKind, period: id });
  return asked.filter(person => reached.has(person.id)).length;
}

/** Ends an open survey whose answers were destroyed, as happens when the app is removed from a team and added again. */
export async function endLost(parts: SurveysParts, community: ReadyCommunity, row: SurveyRow): Promise<void> {
  const closedOn = todayIn(parts, community);
  const closed = await change(parts.lists.of(community.id).surveys, row.key, current =>
    current?.closedOn === null ? { ...current, closedOn } : undefined,
  );
  if (closed) await settle(parts, community, closed.value);
}

/** Null while the box cannot be opened: it waits for its key, a month at most. */
async function putDown(
  { lists, ballotBox, clock }: SurveysParts,
  community: ReadyCommunity,
  survey: Survey,
): Promise<number | null> {
  const counted = await ballotBox.count(community.id, survey.id, survey);
  const { answers } = lists.of(community.id);
  const day = todayIn({ clock }, community);
  if (counted === 'gone') return answersLost;
  if (counted === 'locked') return daysFrom(survey.closedOn ?? survey.closesOn, day) > waitsForKey ? answersLost : null;
  for (const { question, sheets } of counted.questions) {
    for (let start = 0; start < sheets.length; start += answersPerRow) {
      await answers.create({
        key: `${survey.id}/${question}/${start}`,
        survey: survey.id,
        person: null,
        day,
        sheets: sheets.slice(start, start + answersPerRow),
      });
    }
  }
  return keptCount(survey, counted.answered);
}
