import type { Weekday } from '../community.ts';
import type {
  AimProgress,
  Coming,
  DigestAudience,
  DigestNumbers,
  RoleName,
  DigestPeriod,
  Highlight,
  SurveyInDigest,
} from './digest.ts';
import { boardFor, weekFrom, type Tick } from '../facilitation/facilitation.ts';
import { progressOf, type Action } from '../plan/plan.ts';
import type { BoardRole } from '../roles/roles.ts';
import { addDays, localDay, weekdayOf } from '../schedule.ts';
import { resultsOf } from '../surveys/results.ts';
import { answersLost, fewest, phaseOf, type Sheet, type Survey } from '../surveys/survey.ts';
import { reasonsOf, type Newcomer } from '../welcome/welcome.ts';

/** What the numbers are made from, as the community’s lists have it now. */
export interface DigestFacts {
  readonly audience: DigestAudience;
  readonly now: Date;
  readonly timeZone: string;
  /** The first day of the facilitation week. */
  readonly first: Weekday;
  /** The day since which there is anything to count; earlier weeks had no card. */
  readonly since: string | null;
  readonly actions: readonly Pick<Action, 'title' | 'due' | 'state' | 'aim'>[];
  /** The charter’s aims, in its order. */
  readonly aims: readonly string[];
  readonly roles: readonly BoardRole[];
  readonly newcomers: readonly Newcomer[];
  readonly surveys: readonly SurveyFacts[];
  readonly ticks: readonly Tick[];
  /** The day of the charter’s next review. */
  readonly reviewOn: string | null;
}

export interface SurveyFacts {
  readonly survey: Survey;
  readonly answered: number | null;
  readonly sheets: readonly Sheet[];
}

const mostHighlights = 2;
const mostSurveys = 3;
/** A survey may close days before it has been counted, when the digest of its last day has gone out. */
const counting = 7;
const mostComing = 6;

/** Every number of a digest. The same for preview, card and text, so that they cannot disagree. */
export function digestOf(facts: DigestFacts, period: DigestPeriod, before: DigestNumbers | null): DigestNumbers {
  const today = localDay(facts.now, facts.timeZone);
  const numbers: Omit<DigestNumbers, 'change'> = {
    plan: { ...progressOf(facts.actions, today), aims: progressByAim(facts, today) },
    roles: rolesIn(facts),
    newcomers: newcomersIn(facts, period),
    surveys: surveysIn(facts, period, before),
    facilitation: facilitationIn(facts, period),
    coming: comingAfter(facts, period, today),
  };
  return { ...numbers, change: before && changeSince(before, numbers) };
}

/** The first days of the facilitation weeks that ended in this period. */
export function weeksIn(
  { from, to }: Pick<DigestPeriod, 'from' | 'to'>,
  { timeZone, first, since, now }: Pick<DigestFacts, 'timeZone' | 'first' | 'since' | 'now'>,
): readonly string[] {
  const [begin, end] = [localDay(new Date(from), timeZone), localDay(earlier(new Date(to), now), timeZone)];
  const weeks: string[] = [];
  // A week that began before the period may end in it.
  let week = addDays(begin, -7);
  while (weekdayOf(week) !== first) week = addDays(week, 1);
  for (; week < end; week = addDays(week, 7)) {
    const last = weekFrom(week).days.at(-1) ?? week;
    if (last >= begin && last < end && (since === null || week >= since)) weeks.push(week);
  }
  return weeks;
}

/** Whether this survey’s results belong to this period: it has closed in it, or just before and was not counted yet. */
export function isReported(
  { survey, answered }: Pick<SurveyFacts, 'survey' | 'answered'>,
  { from, to }: Pick<DigestPeriod, 'from' | 'to'>,
  { now, timeZone, before }: Pick<DigestFacts, 'now' | 'timeZone'> & { readonly before: DigestNumbers | null },
): boolean {
  const [begin, end] = [addDays(localDay(new Date(from), timeZone), -counting), localDay(new Date(to), timeZone)];
  const closed = survey.closedOn ?? survey.closesOn;
  return (
    phaseOf(survey, localDay(now, timeZone)) === 'closed' &&
    answered !== null &&
    answered !== answersLost &&
    closed >= begin &&
    closed <= end &&
    !(before?.surveys.some(({ id }) => id === survey.id) ?? false)
  );
}

function progressByAim({ actions, aims }: DigestFacts, today: string): AimProgress[] {
  const others = actions.filter(({ aim }) => aim === null || !aims.includes(aim));
  return [
    ...aims.map(aim => ({
      aim,
      ...progressOf(
        actions.filter(action => action.aim === aim),
        today,
      ),
    })),
    ...(others.length > 0 ? [{ aim: null, ...progressOf(others, today) }] : []),
  ];
}

/** Leadership groups and the further roles are an offer of the method: only key roles and the community’s own can be missing. */
function rolesIn({ roles }: DigestFacts): DigestNumbers['roles'] {
  const needed = roles.filter(({ kind }) => kind === 'key' || kind === 'own');
  const open = needed.filter(({ vacant }) => vacant).map(nameOf);
  return { filled: needed.length - open.length, vacant: open.length, open };
}

function nameOf({ id, own }: BoardRole): RoleName {
  return own?.title ?? { role: id };
}

/**
 * Who joined is no secret; why they came is, where few say so. A reason counts from as many people on as a survey’s
 * answers do, and never in the channel: two audiences with periods of their own could be subtracted. An answer belongs
 * to the period in which it was given, which may be a later one than that of joining: so every answer is told, and in
 * one digest only, and no two digests count the same answers.
 */
function newcomersIn({ audience, newcomers }: DigestFacts, { from, to }: DigestPeriod): DigestNumbers['newcomers'] {
  const inside = (moment: string | null): boolean =>
    moment !== null && Date.parse(moment) >= Date.parse(from) && Date.parse(moment) < Date.parse(to);
  const reasons = audience === 'sponsor' ? reasonsOf(newcomers.filter(({ answeredAt }) => inside(answeredAt))) : [];
  return {
    joined: newcomers.filter(({ joinedAt }) => inside(joinedAt)).length,
    reasons: reasons.filter(({ count }) => count >= fewest),
  };
}

function surveysIn(
  { surveys, now, timeZone }: DigestFacts,
  period: DigestPeriod,
  before: DigestNumbers | null,
): SurveyInDigest[] {
  const today = localDay(now, timeZone);
  return surveys
    .filter(facts => isReported(facts, period, { now, timeZone, before }))
    .slice(0, mostSurveys)
    .map(({ survey, answered, sheets }) => {
      // As anybody may see them: a digest travels.
      const results = resultsOf({ survey, phase: phaseOf(survey, today), answered, sheets, coordinates: false });
      if (results.state === 'hidden') return { id: survey.id, title: survey.title, answered: null, highlights: [] };
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
      return {
        id: survey.id,
        title: survey.title,
        answered: results.answered,
        highlights: highlights.slice(0, mostHighlights),
      };
    });
}

function facilitationIn(facts: DigestFacts, period: DigestPeriod): DigestNumbers['facilitation'] {
  const weeks = weeksIn(period, facts);
  const tasks = weeks.flatMap(week =>
    boardFor(weekFrom(week), facts.ticks, facts.now, facts.timeZone).days.flatMap(day => day.tasks),
  );
  return {
    weeks: weeks.length,
    ticked: tasks.filter(({ state }) => state.kind === 'ticked').length,
    due: tasks.length,
  };
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
      .map(({ survey }) => ({ kind: 'survey' as const, day: survey.closesOn, title: survey.title, name: '' })),
    ...roles.flatMap(role =>
      role.holders.flatMap(({ person, until: day, left }) =>
        day === null || left ? [] : [{ kind: 'term' as const, day, title: nameOf(role), name: person.name }],
      ),
    ),
  ];
  const near = all
    .filter(({ day }) => day >= today && day <= until)
    .toSorted((one, other) => one.day.localeCompare(other.day));
  return { items: near.slice(0, mostComing), more: Math.max(0, near.length - mostComing) };
}

function changeSince(before: DigestNumbers, now: Omit<DigestNumbers, 'change'>): NonNullable<DigestNumbers['change']> {
  const [kept, keptBefore] = [keptShare(now.facilitation), keptShare(before.facilitation)];
  return {
    done: now.plan.done - before.plan.done,
    filled: now.roles.filled - before.roles.filled,
    joined: now.newcomers.joined - before.newcomers.joined,
    kept: kept === null || keptBefore === null ? null : kept - keptBefore,
  };
}

/** Percent of the tasks that were ticked; null where none was due. */
export function keptShare({ ticked, due }: DigestNumbers['facilitation']): number | null {
  return due === 0 ? null : Math.round((ticked / due) * 100);
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
