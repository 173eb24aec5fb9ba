import { later, mondayOf } from '../days.ts';
import type { Received } from '../diary.ts';
import { equal, sameDay, type Claim } from './claims.ts';
import { isOverdue, planOf } from './lists.ts';
import { dayFrom, saidDay } from './said-days.ts';

/** The action of this title: what a line says of one stands below it. */
export function actionCalled(card: Received, title: string) {
  return planOf(card.facts).find(action => action.title === title);
}

function endOfWeek(day: string): string {
  return later(mondayOf(day), 6);
}

export const ofThePlan: readonly Claim[] = [
  {
    says: /(\d+) actions? (?:is|are) due this week/,
    but: ([, count], { facts, day }) =>
      equal(
        count,
        planOf(facts).filter(
          ({ state, due }) => state !== 'done' && due !== null && due >= day && due <= endOfWeek(day),
        ).length,
      ),
  },
  {
    says: /(\d+) more of yours (?:is|are) overdue/,
    but: ([, count], { facts, day, to, lines }) =>
      equal(
        count,
        planOf(facts).filter(
          action =>
            isOverdue(action, day) && action.owners.some(({ id }) => id === to) && !lines.includes(action.title),
        ).length,
      ),
  },
  {
    says: new RegExp(`· (due|overdue since) ${saidDay}(?: ·|$)`),
    but: ([all, how, ...said], card, _diary, above) => {
      const action = actionCalled(card, above);
      const day = dayFrom([all, ...said], card.day, how === 'due' ? 'ahead' : 'behind');
      return action ? sameDay(day, action.due) : undefined;
    },
  },
  {
    says: /^(?:Actions )?Done: (.+)\. Thank you!$/,
    but: ([, title], card) => {
      const action = actionCalled(card, title ?? '');
      return !action || action.state === 'done' ? undefined : `it is ${action.state}`;
    },
  },
];
