import { peopleInCharge, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { criticalFriendsRole } from '../../../domain/roles/method.ts';
import { addDays, endOfDay } from '../../../domain/schedule.ts';
import { isLastMorning, reminderDay } from '../../../domain/surveys/days.ts';
import { dueAgain } from '../../../domain/surveys/repeats.ts';
import type { ChatAudience } from '../../../domain/surveys/audience.ts';
import { isFeedback, nameOf, phaseOf, toldTo, waitsForKey, type Survey } from '../../../domain/surveys/survey.ts';
import type { SurveyRow } from '../../lists/model.ts';
import type { Morning, Wish } from '../../feature.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import { askCard, nobodyCard, resultsCard, type ResultsShown } from './cards.ts';
import { drawFor, readParticipation, writeDown, type Drawn } from './invited.ts';
import { eventOf } from './feedback-id.ts';
import type { SurveysParts } from './parts.ts';
import { repeatWishes } from './repeating.ts';
import { readResults, readTrend } from './results.ts';
import { askKind, reminderKind } from './sending.ts';
import { answeredBy, answersTo, surveyOf } from './store.ts';

const closedKind = 'surveys.closed';
const nobodyKind = 'surveys.nobody';
const toldKind = 'surveys.told';

/** For how many days after the close, or after an anonymous one was counted at the latest, its results are news. */
const newsFor = 14;

type SurveyInChats = Survey & { readonly audience: ChatAudience };

/**
 * A survey in people's own chats comes on their first morning with room before it closes, and its one reminder where
 * there is room for that, too. Those who look after surveys are told when it is for nobody, and what came of it.
 */
export function surveysWishes(parts: SurveysParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async morning => {
    const { community, today } = morning;
    const rows = (await parts.lists.of(community.id).surveys.all()).map(({ value }) => value);
    const wishes: Wish[] = [];
    const besides: Person[] = [];
    const surveys = rows.map(surveyOf);
    if (dueAgain(surveys, today).length > 0)
      wishes.push(...repeatWishes(parts, morning, surveys, await coordinatorsOf(parts, community)));
    for (const row of rows) {
      const survey = surveyOf(row);
      const phase = phaseOf(survey, today);
      if (phase === 'closed') wishes.push(...(await resultsWishes(parts, morning, row)));
      if (phase !== 'open' || !isInChats(survey)) continue;
      const done = await answeredBy(parts, community, survey);
      // Its answers are lost, or cannot be taken now: nobody is asked.
      if (typeof done === 'string') continue;
      const drawn = await drawFor(parts, community, survey, besides);
      if (!drawn.isWritten) besides.push(...drawn.asked);
      const asked = { survey, drawn, done };
      wishes.push(
        ...(drawn.asked.length === 0
          ? nobodyWishes(parts, morning, asked, await coordinatorsOf(parts, community))
          : []),
        ...askWishes(parts, morning, asked),
        ...(await reminderWishes(parts, morning, asked)),
      );
    }
    return wishes;
  };
}

interface AskedSurvey {
  readonly survey: SurveyInChats;
  readonly drawn: Drawn;
  /** Ids of those who have answered. */
  readonly done: ReadonlySet<string>;
}

function isInChats(survey: Survey): survey is SurveyInChats {
  return survey.audience !== 'channel';
}

/**
 * Whoever has answered a survey with names in the tab is not asked. Of an anonymous one they are: whom it was sent is
 * known for a year, and would tell who had answered by then.
 */
function askWishes(
  parts: SurveysParts,
  { community, today, rest }: Morning,
  { survey, drawn, done }: AskedSurvey,
): readonly Wish[] {
  if (drawn.wasSent) return [];
  const message = {
    ...messageOf(parts, community, survey),
    kind: askKind,
    urgency: isLastMorning(survey, today, rest) ? ('now' as const) : ('soon' as const),
    card: t => askCard({ community, survey, inChat: true, sheet: null, token: null }, t),
    summary: t => t('summary', { title: survey.title }),
    line: t => t('surveys:wish.ask', { title: nameOf(survey), ...onDay(survey.closesOn, nearDay) }),
    ...(drawn.isWritten ? {} : { beforeSent: once(() => writeDown(parts, community, survey, drawn)) }),
  } satisfies Omit<Wish, 'to'>;
  return drawn.asked
    .filter(({ id }) => survey.anonymous || !done.has(id))
    .map((person): Wish => ({ ...message, to: { person } }));
}

/** To those whom it reached on a morning before, and who have not answered. */
async function reminderWishes(
  parts: SurveysParts,
  { community, today, rest }: Morning,
  { survey, drawn, done }: AskedSurvey,
): Promise<readonly Wish[]> {
  // How it was is asked once: those who say nothing have said enough.
  const day = survey.audience === 'attended' ? null : reminderDay(survey, rest);
  if (day === null || today < day) return [];
  const reached = await parts.reached(community.id, { kind: askKind, period: survey.id });
  const message = {
    ...messageOf(parts, community, survey),
    kind: reminderKind,
    urgency: 'sometime',
    card: t => askCard({ community, survey, inChat: true, sheet: null, token: null, reminds: true }, t),
    summary: t => t('reminder.summary', { title: survey.title }),
    line: t => t('surveys:wish.reminder', { title: nameOf(survey), ...onDay(survey.closesOn, nearDay) }),
  } satisfies Omit<Wish, 'to'>;
  return drawn.asked
    .filter(({ id }) => !done.has(id) && (reached.get(id) ?? day) < day)
    .map((person): Wish => ({ ...message, to: { person } }));
}

function messageOf({ links }: SurveysParts, community: ReadyCommunity, survey: Survey) {
  return {
    period: survey.id,
    until: survey.closesOn,
    expires: endOfDay(survey.closesOn, community.settings.timeZone),
    // A press would leave behind who opened an anonymous survey, and when.
    ...(survey.anonymous ? { opens: links.tab(community.id, 'surveys') } : {}),
  };
}

/** Tells those who look after surveys that one has opened that is for nobody. */
function nobodyWishes(
  { links }: SurveysParts,
  { community }: Morning,
  { survey, drawn: { spared } }: AskedSurvey,
  coordinators: readonly Person[],
): readonly Wish[] {
  return coordinators.map(
    (person): Wish => ({
      kind: nobodyKind,
      period: survey.id,
      to: { person },
      urgency: 'now',
      until: survey.closesOn,
      card: t => nobodyCard({ community, survey, spared: spared.length, link: links.tab(community.id, 'surveys') }, t),
      summary: t => t('nobody.summary', { title: nameOf(survey) }),
      line: t => t('surveys:nobody.summary', { title: nameOf(survey) }),
    }),
  );
}

/**
 * Tells the coordinators what they may know, with the button that shows in the channel what everybody may: numbers, and
 * of feedback on an event the words, which go to its critical friends as well, and to its hosts where those were asked
 * who were there. Tells those to whom it was promised the
 * numbers that every member may read.
 */
async function resultsWishes(
  parts: SurveysParts,
  { community, today }: Morning,
  row: SurveyRow,
): Promise<readonly Wish[]> {
  const survey = surveyOf(row);
  const until = addDays(survey.closedOn ?? survey.closesOn, newsFor + (survey.anonymous ? waitsForKey : 0));
  if (row.answered === null || today > until) return [];
  const results = await readResults(parts, community, row, true);
  const forAll = await readResults(parts, community, row, false);
  const { asked, spared } = isInChats(survey) ? await readParticipation(parts, community, survey.id) : noInvitation;
  const shown = {
    community,
    survey,
    results,
    trend: await readTrend(parts, community, { survey, results }, true),
    sparedAll: asked.length === 0 && spared.length > 0,
    reach: row.sent === null ? null : { sent: row.sent, of: asked.length },
    link: parts.links.tab(community.id, 'surveys'),
  };
  const tell = (people: readonly Person[], mayShare: boolean): readonly Wish[] => {
    const message = {
      kind: closedKind,
      period: survey.id,
      urgency: 'soon',
      until,
      card: t => resultsCard({ ...shown, mayShare }, t),
      summary: t => t('results.summary', { title: nameOf(survey) }),
      line: t => t('surveys:results.summary', { title: nameOf(survey) }),
    } satisfies Omit<Wish, 'to'>;
    return people.map((person): Wish => ({ ...message, to: { person } }));
  };
  const coordinators = await coordinatorsOf(parts, community);
  const friends = isFeedback(survey) ? await criticalFriendsOf(parts, community) : [];
  const others = [...friends, ...(await hostsOf(parts, community, survey))].filter(
    ({ id }, place, all) => coordinators.every(one => one.id !== id) && all.findIndex(one => one.id === id) === place,
  );
  const readers = new Set([...coordinators, ...others].map(({ id }) => id));
  // Whom it reached is for those who sent it.
  const trend = await readTrend(parts, community, { survey, results: forAll }, false);
  const toldFrom = { ...shown, trend, reach: null, toAll: true, mayShare: false };
  const told = forAll.state === 'shown' ? await toldOf(parts, community, survey, asked) : [];
  return [
    ...tell(coordinators, forAll.state === 'shown'),
    ...tell(others, false),
    ...told
      .filter(({ id }) => !readers.has(id))
      .map((person): Wish => toldWish({ ...toldFrom, results: forAll }, person, until)),
  ];
}

/**
 * Whom a survey promised its numbers, of those in the team; see `toldTo`. Of an anonymous one they are all whom it
 * reached: that it was sent to somebody is known, and says nothing about who answered.
 */
async function toldOf(
  parts: SurveysParts,
  community: ReadyCommunity,
  survey: Survey,
  asked: readonly Person[],
): Promise<readonly Person[]> {
  const told = toldTo(survey);
  if (!survey.tellsResults || told === 'channel') return [];
  const here = new Set((await parts.roster.members(community.id)).map(({ id }) => id));
  if (told === 'answered')
    return (await answersTo(parts, community, survey.id)).flatMap(({ person }) =>
      person && here.has(person.id) ? [person] : [],
    );
  const reached = await parts.reached(community.id, { kind: askKind, period: survey.id });
  return asked.filter(({ id }) => reached.has(id) && here.has(id));
}

/** The numbers, which may wait for a morning with room; its line leads to the page where they stay. */
function toldWish(shown: ResultsShown, person: Person, until: string): Wish {
  const { survey, link } = shown;
  return {
    kind: toldKind,
    period: survey.id,
    to: { person },
    urgency: 'sometime',
    until,
    // Also to a sponsor who answered with their name: its card had promised it.
    ...(survey.anonymous ? {} : { agreed: true as const }),
    opens: link,
    card: t => resultsCard(shown, t),
    summary: t => t('results.summary', { title: nameOf(survey) }),
    line: t => t('surveys:wish.told', { title: nameOf(survey) }),
  };
}

const noInvitation = { asked: [], spared: [] };

async function coordinatorsOf({ roster }: SurveysParts, community: ReadyCommunity): Promise<readonly Person[]> {
  return peopleInCharge(community, await roster.members(community.id));
}

/** Who hosted the event that a survey asks about, of those in the team: its card had said that they read the words. */
async function hostsOf(parts: SurveysParts, community: ReadyCommunity, survey: Survey): Promise<readonly Person[]> {
  const hosts = (await eventOf(parts, community, survey))?.hosts ?? [];
  if (hosts.length === 0) return [];
  const members = await parts.roster.members(community.id);
  return members.filter(({ id }) => hosts.some(host => host.id === id)).map(({ id, name }) => ({ id, name }));
}

/** Those of the team who were accepted into that role. */
async function criticalFriendsOf({ roster }: SurveysParts, community: ReadyCommunity): Promise<readonly Person[]> {
  const members = await roster.members(community.id);
  return members
    .filter(({ id }) =>
      (community.acceptances ?? []).some(({ role, person }) => role === criticalFriendsRole && person === id),
    )
    .map(({ id, name }) => ({ id, name }));
}

/** Done by the first call; one that comes after a failure does it again. */
function once(act: () => Promise<void>): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    await act();
    done = true;
  };
}
