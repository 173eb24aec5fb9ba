import { isWorkingDay } from '../days.ts';
import { equal, sameDay, type Claim } from './claims.ts';
import { reviewDay } from './claims-of-charter.ts';
import { actionCalled } from './claims-of-plan.ts';
import { isOverdue, planOf } from './lists.ts';
import { dayFrom, saidDay } from './said-days.ts';

export const ofDigests: readonly Claim[] = [
  {
    says: /(\d+) of (\d+) actions (?:of our plan are )?done/,
    // Shown again later, a digest says what was so when it went out.
    but: ([, done, total], { facts, kind }) =>
      kind === 'answer'
        ? undefined
        : (equal(done, planOf(facts).filter(({ state }) => state === 'done').length) ??
          equal(total, planOf(facts).length)),
  },
  {
    says: /actions done.*; (\d+) overdue/,
    but: ([, count], { facts, day, kind }) =>
      kind === 'answer' ? undefined : equal(count, planOf(facts).filter(action => isOverdue(action, day)).length),
  },
  {
    says: /actions done.*; (\d+) stuck/,
    but: ([, count], { facts, kind }) =>
      kind === 'answer' ? undefined : equal(count, planOf(facts).filter(({ state }) => state === 'stuck').length),
  },
  {
    says: new RegExp(`^On ${saidDay} the digest of .+ goes out`),
    but: (match, { day, kind }, { received, days }) => {
      const goesOut = dayFrom(match, day);
      if (!days.has(goesOut)) return undefined;
      if (!isWorkingDay(goesOut)) return 'nothing goes out on that day';
      const wanted = kind === 'digest.draft' ? /^digest\.(sponsor|members|byHand)$/ : /^digest\./;
      return received.some(one => wanted.test(one.kind) && one.day === goesOut && !one.edit)
        ? undefined
        : 'no digest went out on that day';
    },
  },
  {
    says: new RegExp(`^- ${saidDay}: (?!the )(.+)$`),
    but: ([, day, month, year, title], card) => {
      const action = actionCalled(card, title ?? '');
      return action ? sameDay(dayFrom([undefined, day, month, year], card.day), action.due) : undefined;
    },
  },
  {
    says: new RegExp(`^- ${saidDay}: the charter is due for review`),
    but: (match, card) => sameDay(dayFrom(match, card.day), reviewDay(card)),
  },
];
