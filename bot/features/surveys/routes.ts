import { api } from '../../../domain/api.ts';
import type { AnswerView, SurveysView, SurveyView } from '../../../domain/surveys/api.ts';
import type { FileAnswer } from '../../../domain/endpoint.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { can, mustBeAble } from '../../../domain/permissions.ts';
import { phaseOf, sameDraft, SurveyId, type Sheet, type SurveyDraft } from '../../../domain/surveys/survey.ts';
import { surveysPerMonth } from '../../../domain/surveys/pace.ts';
import { toRepeat } from '../../../domain/surveys/repeats.ts';
import { change, type Stored } from '../../lists/list.ts';
import type { SurveyRow } from '../../lists/model.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { planning, reading, refusalIn, share } from './actions.ts';
import { askCard } from './cards.ts';
import type { Card } from '../../cards.ts';
import { fileOf } from './csv.ts';
import type { SurveysParts } from './parts.ts';
import { readReach } from './invited.ts';
import { readResults, readTrend, wordsOf } from './results.ts';
import { mustStandApart, planSurvey } from './plan-survey.ts';
import { openSurvey, settle } from './sending.ts';
import { answer, answersTo, findSurvey, readSurveys, surveyOf } from './store.ts';
import { sendTrial, surveyLike } from './trial.ts';
import { surveyView } from './view.ts';

type Asked<Body> = TabRequest<Body, ReadyCommunity>;
const readingResults = { may: 'surveys.results', ready: true } as const;

async function read(parts: SurveysParts, request: Asked<unknown>): Promise<TabAnswer<SurveysView>> {
  const { community } = request;
  const today = todayIn(parts, community);
  const mayPlan = can(request.who, 'surveys.plan', community);
  const rows = (await readSurveys(parts, community, today)).filter(
    ({ value }) => mayPlan || phaseOf(value, today) !== 'planned',
  );
  const surveys: SurveyView[] = [];
  // One after the other: each asks for several lists.
  const repeated = new Set(
    toRepeat(
      rows.map(({ value }) => surveyOf(value)),
      today,
    ).map(({ id }) => id),
  );
  for (const row of rows)
    surveys.push(await surveyView(parts, { ...request, row, again: repeated.has(row.value.key) }));
  const reach = mayPlan ? await readReach(parts, community) : {};
  return { body: { today, perMonth: surveysPerMonth(community.settings), reach, surveys } };
}

async function plan(parts: SurveysParts, request: Asked<SurveyDraft>): Promise<TabAnswer<SurveyView>> {
  const { who, community, body: draft, onBehalfOf } = request;
  const row = await planSurvey(parts, community, { key: idFrom(request), draft, by: who, onBehalfOf });
  return { body: await planned(parts, request, row) };
}

/** Everything may change until the first day, when the first people read it. */
async function changeIt(parts: SurveysParts, request: Asked<SurveyDraft>): Promise<TabAnswer<SurveyView>> {
  const { community, body: draft, ifMatch, onBehalfOf } = request;
  const stored = await findSurvey(parts, community, idFrom(request));
  const today = todayIn(parts, community);
  if (!sameDraft(stored.value, draft)) {
    if (phaseOf(stored.value, today) !== 'planned') throw await conflict(parts, request, stored);
    if (draft.opensOn < today)
      throw new CommunityError('invalid', `a survey opens today (${today}) or later`, { fields: ['opensOn'] });
    await mustStandApart(parts, community, stored.value.key, draft);
  }

  const saved = await saveVersion(
    parts.lists.onBehalfOf(community.id, onBehalfOf).surveys,
    { ...stored.value, ...draft },
    ifMatch ?? null,
    row => sameDraft(row, draft),
  );
  if (saved.kind === 'conflict') throw await conflict(parts, request, saved.current);
  const survey = surveyOf(saved.row.value);
  if (phaseOf(survey, today) === 'open') await openSurvey(parts, community, survey);
  const body = await planned(parts, request, saved.row);
  return { body, etag: body.etag };
}

/** A survey as whoever plans it sees it. */
function planned(parts: SurveysParts, { who, community }: Asked<unknown>, row: Stored<SurveyRow>): Promise<SurveyView> {
  return surveyView(parts, { who, community, row, again: false });
}

async function conflict(
  parts: SurveysParts,
  request: Asked<unknown>,
  current: Stored<SurveyRow> | undefined,
): Promise<CommunityError> {
  return new CommunityError(
    'version-conflict',
    'this survey has changed since it was read, or is not planned any more: merge with what is stored now and save with its ETag',
    {
      current: current ? await planned(parts, request, current) : null,
      etag: current?.etag,
    },
  );
}

/** Asked again whenever somebody stops typing. */
async function preview({
  community,
  body: draft,
  t,
  ...request
}: Asked<SurveyDraft>): Promise<TabAnswer<{ card: Card }>> {
  const survey = surveyLike(idFrom(request), draft);
  const inChat = survey.audience !== 'channel';
  return { body: { card: askCard({ community, survey, inChat, sheet: null, token: null }, t) } };
}

async function tryIt(parts: SurveysParts, request: Asked<SurveyDraft>): Promise<TabAnswer<{ sent: boolean }>> {
  const { who, community, body: draft } = request;
  return { body: { sent: await sendTrial(parts, community, { id: idFrom(request), draft, who }) } };
}

async function close(parts: SurveysParts, request: Asked<unknown>): Promise<TabAnswer<SurveysView>> {
  const { community, onBehalfOf } = request;
  const today = todayIn(parts, community);
  const { value: found } = await findSurvey(parts, community, idFrom(request));
  const closed = await change(parts.lists.onBehalfOf(community.id, onBehalfOf).surveys, found.key, row =>
    row && phaseOf(row, today) !== 'closed' && row.closedOn === null ? { ...row, closedOn: today } : undefined,
  );
  // Also a survey that had closed already: the server that closed it may have been stopped before it was counted.
  if (closed && phaseOf(closed.value, today) === 'closed') await settle(parts, community, closed.value);
  return read(parts, request);
}

/** It says nothing to those who are asked, so it may change while the survey is open, and after. */
async function repeat(parts: SurveysParts, request: Asked<{ everyQuarter: boolean }>): Promise<TabAnswer<SurveysView>> {
  const { community, body, onBehalfOf } = request;
  const { value: found } = await findSurvey(parts, community, idFrom(request));
  await change(parts.lists.onBehalfOf(community.id, onBehalfOf).surveys, found.key, row =>
    row && row.everyQuarter !== body.everyQuarter ? { ...row, everyQuarter: body.everyQuarter } : undefined,
  );
  return read(parts, request);
}

async function answerIt(
  parts: SurveysParts,
  request: Asked<{ sheet: Sheet; token: string | null }>,
): Promise<TabAnswer<AnswerView>> {
  const { who, community, body, t } = request;
  const survey = surveyOf((await findSurvey(parts, community, idFrom(request))).value);
  const answered = await answer(parts, { community, survey, who, given: body.sheet, unsaid: [], token: body.token });
  if (answered.kind === 'kept') return { body: { token: answered.token } };
  if (answered.kind === 'too-long') throw new CommunityError('too-large', 'one of the answers is too long to keep');
  // What is stored now settles it, not a newer version of the same.
  const incomplete = answered.kind === 'empty' || answered.kind === 'missing';
  throw new CommunityError(incomplete ? 'invalid' : 'version-conflict', refusalIn(answered, t), {
    current: { kind: answered.kind },
  });
}

async function shareIt(parts: SurveysParts, request: Asked<unknown>): Promise<TabAnswer<Record<string, never>>> {
  const outcome = await share(parts, request.community, idFrom(request));
  if (outcome === 'nothing-to-share')
    throw new CommunityError('invalid', 'this survey has no results that may be shown');
  return { body: {} };
}

async function exportIt(parts: SurveysParts, request: Asked<unknown>): Promise<TabAnswer<FileAnswer>> {
  const { who, community } = request;
  const { value: row } = await findSurvey(parts, community, idFrom(request));
  const survey = surveyOf(row);
  mustBeAble(who, wordsOf(survey), community);
  const results = await readResults(parts, community, row, true);
  if (results.state === 'hidden')
    throw new CommunityError('invalid', `the results of survey ${survey.id} are hidden: ${results.why}`);
  const answers = survey.anonymous ? [] : await answersTo(parts, community, survey.id);
  const trend = await readTrend(parts, community, { survey, results }, true);
  const compared = trend && trend.questions.length > 0 ? trend : null;
  return { body: fileOf({ survey, results, trend: compared, answers }, request.t) };
}

export function surveysRoutes(parts: SurveysParts): readonly Route[] {
  return [
    route(api.surveys, reading, request => read(parts, request)),
    route(api.planSurvey, planning, request => plan(parts, request)),
    route(api.changeSurvey, planning, request => changeIt(parts, request)),
    route(api.previewSurvey, planning, request => preview(request)),
    route(api.trySurvey, planning, request => tryIt(parts, request)),
    route(api.repeatSurvey, planning, request => repeat(parts, request)),
    route(api.closeSurvey, planning, request => close(parts, request)),
    route(api.answerSurvey, reading, request => answerIt(parts, request)),
    route(api.shareSurvey, planning, request => shareIt(parts, request)),
    route(api.exportSurvey, readingResults, request => exportIt(parts, request)),
  ];
}

function idFrom({ params }: Pick<TabRequest<unknown>, 'params'>): string {
  const id = SurveyId.safeParse(params['survey']);
  if (!id.success)
    throw new CommunityError(
      'not-found',
      'this is no id of a survey: expected 8 to 64 small letters, digits and hyphens',
    );
  return id.data;
}
