import type {
  AimProgress,
  Coming,
  DigestAudience,
  DigestNumbers,
  RoleName,
  DigestPeriod,
  Highlight,
  SentDigest,
  SurveyInDigest,
} from './digest.ts';
import { progressOf, type KeptAction } from '../plan/plan.ts';
import { neededRoles, type BoardRole } from '../roles/roles.ts';
import { addDays, localDay } from '../schedule.ts';
import { resultsOf } from '../surveys/results.ts';
import { answersLost, fewest, nameOf, phaseOf, type Sheet, type Survey } from '../surveys/survey.ts';
import { reasonsOf, type Newcomer } from '../welcome/welcome.ts';

/** What the numbers are made from, as the community’s lists have it now. */
export interface DigestFacts {
  readonly audience: DigestAudience;
  readonly now: Date;
  readonly timeZone: string;
  readonly actions: readonly Pick<KeptAction, 'title' | 'due' | 'state' | 'aim' | 'owners' | 'doneAt'>[];
  /** How many more actions were done, all of them before the period, by the aim they name. */
  readonly doneBefore: readonly { readonly aim: string | null; readonly count: number }[];
  /** The charter’s aims, in its order. */
  readonly aims: readonly string[];
  readonly roles: readonly BoardRole[];
  readonly newcomers: readonly Newcomer[];
  readonly surveys: readonly SurveyFacts[];
  /** Ids of the surveys that earlier digests for this audience have told of. */
  readonly toldSurveys: ReadonlySet<string>;
  /** The day of the charter’s next review. */
  readonly reviewOn: string | null;
}

/** The digest before, which this one is compared with. */
export type DigestBefore = Pick<SentDigest, 'numbers' | 'period'>;

export interface SurveyFacts {
  readonly survey: Survey;
  readonly answered: number | null;
  readonly sheets: readonly Sheet[];
}

const mostHighlights = 2;
const mostSurveys = 3;
/** A survey may close days before it has been counted, when the digest of its last day has gone out. */
const counting = 7;
const mostComing = 4;
const mostFinished = 5;

/** Every number of a digest. The same for preview, card and text, so that they cannot disagree. */
export function digestOf(facts: DigestFacts, period: DigestPeriod, before: DigestBefore | null): DigestNumbers {
  const today = localDay(facts.now, facts.timeZone);
  const numbers: Omit<DigestNumbers, 'change'> = {
    plan: {
      ...progressOf(facts.actions, today, countOf(facts.doneBefore)),
      aims: progressByAim(facts, today),
    },
    finished: finishedIn(facts, period),
    roles: rolesIn(facts),
    newcomers: newcomersIn(facts, period),
    surveys: surveysIn(facts, period),
    coming: comingAfter(facts, period, today),
  };
  return { ...numbers, change: before && { filled: numbers.roles.filled - before.numbers.roles.filled } };
}

/** Whether this survey’s results belong to this period: it has closed in it, or just before and was not counted yet. */
export function isReported(
  { survey, answered }: Pick<SurveyFacts, 'survey' | 'answered'>,
  { from, to }: Pick<DigestPeriod, 'from' | 'to'>,
  { now, timeZone, toldSurveys }: Pick<DigestFacts, 'now' | 'timeZone' | 'toldSurveys'>,
): boolean {
  const [begin, end] = [addDays(localDay(new Date(from), timeZone), -counting), localDay(new Date(to), timeZone)];
  const closed = survey.closedOn ?? survey.closesOn;
  return (
    phaseOf(survey, localDay(now, timeZone)) === 'closed' &&
    answered !== null &&
    answered !== answersLost &&
    closed >= begin &&
    closed <= end &&
    !toldSurveys.has(survey.id)
  );
}

function progressByAim({ actions, doneBefore, aims }: DigestFacts, today: string): AimProgress[] {
  const progressWith = (isMeant: (action: { readonly aim: string | null }) => boolean) =>
    progressOf(actions.filter(isMeant), today, countOf(doneBefore.filter(isMeant)));
  const others = progressWith(({ aim }) => aim === null || !aims.includes(aim));
  return [
    ...aims.map(one => ({ aim: one, ...progressWith(({ aim }) => aim === one) })),
    ...(others.total > 0 ? [{ aim: null, ...others }] : []),
  ];
}

function countOf(counts: DigestFacts['doneBefore']): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** What was finished in the period, by when: nothing of an earlier one is told again. */
function finishedIn({ actions }: DigestFacts, period: DigestPeriod): NonNullable<DigestNumbers['finished']> {
  const finished = actions
    .filter(({ state, doneAt }) => state === 'done' && isIn(doneAt, period))
    .toSorted((one, other) => (one.doneAt ?? '').localeCompare(other.doneAt ?? ''));
  return {
    items: finished.slice(0, mostFinished).map(({ title, owners }) => ({ title, by: owners.map(({ name }) => name) })),
    more: Math.max(0, finished.length - mostFinished),
  };
}

function rolesIn({ roles }: DigestFacts): DigestNumbers['roles'] {
  const needed = neededRoles(roles);
  const open = needed.filter(({ vacant }) => vacant).map(roleNameOf);
  return { filled: needed.length - open.length, vacant: open.length, open };
}

function roleNameOf({ id, own }: BoardRole): RoleName {
  return own?.title ?? { role: id };
}

/**
 * Who joined is no secret; why they came is, where few say so. A reason counts from as many people on as a survey’s
 * answers do, and never in the channel: two audiences with periods of their own could be subtracted. An answer belongs
 * to the period in which it was given, which may be a later one than that of joining: so every answer is told, and in
 * one digest only, and no two digests count the same answers.
 */
function newcomersIn({ audience, newcomers }: DigestFacts, period: DigestPeriod): DigestNumbers['newcomers'] {
  const inside = (moment: string | null): boolean => isIn(moment, period);
  const reasons = audience === 'sponsor' ? reasonsOf(newcomers.filter(({ answeredAt }) => inside(answeredAt))) : [];
  return {
    joined: newcomers.filter(({ joinedAt }) => inside(joinedAt)).length,
    reasons: reasons.filter(({ count }) => count >= fewest),
  };
}

function surveysIn({ surveys, now, timeZone, toldSurveys }: DigestFacts, period: DigestPeriod): SurveyInDigest[] {
  const today = localDay(now, timeZone);
  return surveys
    .filter(facts => isReported(facts, period, { now, timeZone, toldSurveys }))
    .flatMap(({ survey, answered, sheets }) => {
      // As anybody may see them: a digest travels.
      const results = resultsOf({ survey, phase: phaseOf(survey, today), answered, sheets, coordinates: false });
      // What nobody may see is nothing to tell.
      if (results.state === 'hidden') return [];
      const highlights = results.questions.flatMap((question): Highlight[] => {
        const most = question.bars.toSorted((one, other) => other.count - one.count)[0];
        if (question.hidden || question.kind === 'text' || !most || most.count === 0) return [];
        return [
          {
            text: question.text,
            answered: question.answered,
            average: question.average,
            most: question.average === null ? most.label : null,
          },
        ];
      });
      return [
        {
          id: survey.id,
          title: nameOf(survey),
          answered: results.answered,
          highlights: highlights.slice(0, mostHighlights),
        },
      ];
    })
    .slice(0, mostSurveys);
}

/**
 * What has a day between today and one period from now. Surveys that are only planned are still their coordinators’.
 */
function comingAfter(
  { actions, roles, surveys, reviewOn }: DigestFacts,
  { kind }: DigestPeriod,
  today: string,
): DigestNumbers['coming'] {
  const until = addDays(today, kind === 'quarter' ? 92 : 31);
  const all: Coming[] = [
    ...actions.flatMap(({ title, due, state }) =>
      due !== null && state !== 'done' ? [{ kind: 'action' as const, day: due, title, name: '' }] : [],
    ),
    ...(reviewOn === null ? [] : [{ kind: 'review' as const, day: reviewOn, title: '', name: '' }]),
    ...surveys
      .filter(({ survey }) => phaseOf(survey, today) === 'open')
      .map(({ survey }) => ({ kind: 'survey' as const, day: survey.closesOn, title: nameOf(survey), name: '' })),
    ...roles.flatMap(role =>
      role.holders.flatMap(({ person, until: day, left }) =>
        day === null || left ? [] : [{ kind: 'term' as const, day, title: roleNameOf(role), name: person.name }],
      ),
    ),
  ];
  const near = all
    .filter(({ day }) => day >= today && day <= until)
    .toSorted((one, other) => one.day.localeCompare(other.day));
  return { items: near.slice(0, mostComing), more: Math.max(0, near.length - mostComing) };
}

function isIn(moment: string | null, { from, to }: Pick<DigestPeriod, 'from' | 'to'>): boolean {
  return moment !== null && Date.parse(moment) >= Date.parse(from) && Date.parse(moment) < Date.parse(to);
}
