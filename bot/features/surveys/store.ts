import type { Community, Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import {
  checkSheet,
  partOf,
  phaseOf,
  type CheckedSheet,
  type Sheet,
  type Survey,
} from '../../../domain/surveys/survey.ts';
import { change, type Stored } from '../../lists/list.ts';
import type { AnswerRow, SurveyRow } from '../../lists/model.ts';
import type { Shut } from './ballot-box.ts';
import { todayIn } from '../../shared/days.ts';
import type { SurveysParts } from './parts.ts';

export function surveyOf({ key, plannedBy: _by, answered: _answered, sent: _sent, ...survey }: SurveyRow): Survey {
  return { id: key, ...survey };
}

/** Throws `not-found` for a survey that does not exist. */
export async function findSurvey(
  { lists }: SurveysParts,
  community: Community,
  id: string,
): Promise<Stored<SurveyRow>> {
  const row = await lists.of(community.id).surveys.find(id);
  if (!row) throw new CommunityError('not-found', `community ${community.id} has no survey ${id}`);
  return row;
}

/** Every survey that was not taken back, newest first. */
export async function readSurveys(
  { lists }: SurveysParts,
  community: Community,
  today: string,
): Promise<readonly Stored<SurveyRow>[]> {
  const rows = await lists.of(community.id).surveys.all();
  return rows
    .filter(({ value }) => phaseOf(value, today) !== 'taken back')
    .toSorted(
      ({ value: one }, { value: other }) =>
        other.opensOn.localeCompare(one.opensOn) || other.key.localeCompare(one.key),
    );
}

export type Answered =
  /** `token` is null when the answer carries a name. */
  | { readonly kind: 'kept'; readonly token: string | null }
  /** `locked`: the server does not have the key of the box. */
  | { readonly kind: 'closed' | 'not-open' | 'empty' | 'answered-before' | 'locked' }
  /** Required questions, by what they ask. */
  | { readonly kind: 'missing'; readonly questions: readonly string[] }
  | { readonly kind: 'too-long'; readonly length: number };

export interface Answering {
  readonly community: ReadyCommunity;
  readonly survey: Survey;
  readonly who: Person;
  readonly given: Readonly<Record<string, unknown>>;
  /** Questions whose inputs did not come back: to them, what was answered before stays. */
  readonly unsaid: readonly string[];
  /** What an earlier anonymous answer can be changed with. */
  readonly token: string | null;
}

/** Keeps an answer, or puts it in the place of the earlier one. */
export async function answer(
  parts: SurveysParts,
  { community, survey, who, given, unsaid, token }: Answering,
): Promise<Answered> {
  const today = todayIn(parts, community);
  const phase = phaseOf(survey, today);
  if (phase !== 'open') return { kind: phase === 'planned' ? 'not-open' : 'closed' };
  const before = unsaid.length === 0 ? null : await namedAnswer(parts, community, survey, who);
  // Of an anonymous answer only the box knows what it said: whoever has its token answered what was required.
  const kept = survey.anonymous ? (token === null ? [] : unsaid) : unsaid.filter(id => id in (before ?? {}));
  const checked = checkSheet(survey.questions, given, kept);
  if ('fault' in checked) return refusalOf(checked);

  const { sheet } = checked;
  if (survey.anonymous) {
    const ballot = { community: community.id, survey: survey.id, person: who.id, sheet };
    const alone = checkSheet(survey.questions, given);
    return castBallot(parts, ballot, { token, unsaid, alone: 'fault' in alone ? refusalOf(alone) : null });
  }
  // Saved by the app, also from the tab: an answer needs no version history in their name.
  const key = answerKey(survey.id, who);
  const person = { id: who.id, name: who.name };
  await change(parts.lists.of(community.id).answers, key, row => ({
    key,
    survey: survey.id,
    person,
    day: today,
    sheets: [{ ...partOf(row?.sheets[0] ?? {}, unsaid), ...sheet }],
  }));
  return { kind: 'kept', token: null };
}

function refusalOf(checked: Extract<CheckedSheet, { readonly fault: string }>): Answered {
  if (checked.fault === 'too-long') return { kind: 'too-long', length: checked.length };
  if (checked.fault === 'missing') return { kind: 'missing', questions: checked.questions.map(({ text }) => text) };
  return { kind: 'empty' };
}

interface Casting extends Pick<Answering, 'token' | 'unsaid'> {
  /** What speaks against this answer where no earlier one stays behind it. */
  readonly alone: Answered | null;
}

async function castBallot(
  { ballotBox }: SurveysParts,
  ballot: { readonly community: string; readonly survey: string; readonly person: string; readonly sheet: Sheet },
  { token, unsaid, alone }: Casting,
): Promise<Answered> {
  const { community, survey, sheet } = ballot;
  const replaced =
    token === null ? 'unknown' : await ballotBox.replace({ community, survey, token, sheet, keeping: unsaid });
  if (replaced === 'replaced') return { kind: 'kept', token };
  if (replaced === 'unknown' && alone) return alone;
  const first = replaced === 'unknown' ? await ballotBox.cast(ballot) : replaced;
  if (typeof first === 'object') return { kind: 'kept', token: first.token };
  // A person who presses in the very moment in which it is counted reads that it has closed.
  return { kind: first === 'gone' ? 'closed' : first };
}

/** What a person answered under their name. */
export async function namedAnswer(
  { lists }: SurveysParts,
  community: Community,
  survey: Survey,
  who: Person,
): Promise<Sheet | null> {
  if (survey.anonymous) return null;
  return (await lists.of(community.id).answers.find(answerKey(survey.id, who)))?.value.sheets[0] ?? null;
}

export async function hasAnswered(
  parts: SurveysParts,
  community: Community,
  survey: Survey,
  who: Person,
): Promise<boolean> {
  if (survey.anonymous) {
    const done = await answeredBy(parts, community, survey);
    return typeof done !== 'string' && done.has(who.id);
  }
  return (await namedAnswer(parts, community, survey, who)) !== null;
}

/** Whether what is answered to an anonymous survey can go nowhere. */
export async function isShut(parts: SurveysParts, community: Community, survey: Survey): Promise<boolean> {
  return survey.anonymous && typeof (await answeredBy(parts, community, survey)) === 'string';
}

export async function answersTo(
  { lists }: SurveysParts,
  community: Community,
  survey: string,
): Promise<readonly AnswerRow[]> {
  return (await lists.of(community.id).answers.all({ survey })).map(({ value }) => value);
}

/** Who has answered a survey that is still open; or why the box of an anonymous one cannot tell. */
export async function answeredBy(
  parts: SurveysParts,
  community: Community,
  survey: Survey,
): Promise<ReadonlySet<string> | Shut> {
  if (survey.anonymous) {
    const box = await parts.ballotBox.look(community.id, survey.id);
    return box.state === 'open' ? box.voters : box.state;
  }
  return new Set((await answersTo(parts, community, survey.id)).flatMap(({ person }) => person?.id ?? []));
}

function answerKey(survey: string, { id }: Person): string {
  return `${survey}/${id}`;
}
