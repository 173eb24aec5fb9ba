import type { Person } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import type { Card } from '../../cards.ts';
import { answerCard, mostAnswerButtons } from '../../shared/answer.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import type { PlannedAction } from './store.ts';
import { longestOnButton, nameOf, pageOf, titleOf, whichCard, type Where } from './which-cards.ts';

/** Whose an action would be, and whose it is. */
export function giveCard(
  { action, person, ...where }: Where & { readonly action: PlannedAction; readonly person: Person },
  t: Translate,
): Card {
  const data = { action: action.id, to: person.id, shown: idsOf(action.owners) };
  return answerCard({
    community: where.community,
    title: t('assign.ask', { title: titleOf(action), name: nameOf(person) }),
    facts: [
      { title: t('assign.now'), value: namesOf(action.owners, t) },
      ...(action.due === null ? [] : [{ title: t('act.ask.due'), value: t('act.day', onDay(action.due, nearDay)) }]),
    ],
    primary: { title: t('assign.yes'), verb: 'plan.give', data },
    page: pageOf(where, t),
  });
}

/** Whose it is now, and the way back. */
export function gaveCard(
  { action, before, ...where }: Where & { readonly action: PlannedAction; readonly before: readonly string[] },
  t: Translate,
): Card {
  const data = { action: action.id, to: before.join(','), shown: idsOf(action.owners) };
  const isUndone = data.to === data.shown;
  return answerCard({
    community: where.community,
    title: t('assign.done', { title: titleOf(action), names: namesOf(action.owners, t) }),
    others: isUndone ? [] : [{ title: t('act.undo'), verb: 'plan.give', data }],
    page: pageOf(where, t),
  });
}

/** Which of several people is meant, each a button. */
export function whomCard(
  { action, people, ...where }: Where & { readonly action: PlannedAction; readonly people: readonly Person[] },
  t: Translate,
): Card {
  return answerCard({
    community: where.community,
    title: t('assign.who', { title: titleOf(action) }),
    others: people.slice(0, mostAnswerButtons).map(({ id, name }) => ({
      title: shortened(name, longestOnButton),
      verb: 'plan.assign',
      data: { action: action.id, to: id },
    })),
    page: pageOf(where, t),
  });
}

/** Which of several actions is meant. */
export function whichToGiveCard(
  { actions, to, ...where }: Where & { readonly actions: readonly PlannedAction[]; readonly to: readonly string[] },
  t: Translate,
): Card {
  const onward = ({ id }: PlannedAction) => ({ verb: 'plan.assign', data: { action: id, to: to.join(',') } });
  return whichCard({ ...where, title: t('act.which.guess'), actions, onward }, t);
}

function idsOf(people: readonly Person[]): string {
  return people.map(({ id }) => id).join(',');
}

function namesOf(people: readonly Person[], t: Translate): string {
  return people.length === 0 ? t('assign.nobody') : t('names', { names: people.map(nameOf) });
}
