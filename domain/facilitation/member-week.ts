import { isOverdue, byDue, type Action } from '../plan/plan.ts';
import { addDays } from '../schedule.ts';
import { contributionsFor, type Contribution } from './contributions.ts';

/** What is on for one member in the days to come. */
export interface MemberWeek {
  /** Their own open actions that are overdue or due within a week, soonest first. */
  readonly actions: readonly { readonly title: string; readonly due: string; readonly overdue: boolean }[];
  /** Surveys that are open to them and that they have not answered under their name. */
  readonly surveys: readonly { readonly title: string; readonly closesOn: string }[];
  /** Ids of key roles that nobody holds and that they have not offered to take. */
  readonly freeRoles: readonly string[];
  /** Ids of roles they have offered to take, while nobody has answered. */
  readonly offered: readonly string[];
  readonly contributions: readonly Contribution[];
}

export interface MemberFacts {
  readonly person: string;
  readonly today: string;
  readonly actions: readonly Pick<Action, 'title' | 'due' | 'state' | 'owners'>[];
  readonly openSurveys: readonly { readonly title: string; readonly closesOn: string; readonly answered: boolean }[];
  readonly vacant: readonly string[];
  readonly offered: readonly string[];
}

const most = 4;

export function memberWeekOf({ person, today, actions, openSurveys, vacant, offered }: MemberFacts): MemberWeek {
  const until = addDays(today, 7);
  return {
    actions: actions
      .filter(({ state, owners }) => state !== 'done' && owners.some(({ id }) => id === person))
      .toSorted(byDue)
      .flatMap(action => {
        const { title, due } = action;
        return due === null || due > until ? [] : [{ title, due, overdue: isOverdue(action, today) }];
      })
      .slice(0, most),
    surveys: openSurveys
      .flatMap(({ title, closesOn, answered }) => (answered ? [] : [{ title, closesOn }]))
      .slice(0, most),
    freeRoles: vacant.filter(role => !offered.includes(role)).slice(0, most),
    offered: offered.slice(0, most),
    contributions: contributionsFor(person, today),
  };
}
