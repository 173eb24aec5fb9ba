import type { Act, Trace } from '../../../domain/plan/acts.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import { answerCard } from '../../shared/answer.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import type { Reminding, Taken, Wanted } from './act-data.ts';
import type { PlannedAction } from './store.ts';
import { longestAction, nameOf, pageOf, titleOf, whichCard, type Where } from './which-cards.ts';

/** What was done, and the way back. */
export function actedCard(
  {
    act,
    action,
    trace,
    ...where
  }: Where & { readonly act: Act['kind']; readonly action: PlannedAction; readonly trace: Trace },
  t: Translate,
): Card {
  const { before, after, line } = trace;
  const data: Taken = {
    action: action.id,
    state: before.state,
    due: before.due ?? '',
    stateAfter: after.state,
    dueAfter: after.due ?? '',
    line,
  };
  // Done again after it broke in the middle, it finds nothing to change, and so no way back to something else.
  const isBack = before.state !== after.state || before.due !== after.due || line !== '';
  return answerCard({
    community: where.community,
    title: t(`act.${act}`, { title: titleOf(action), ...onDay(action.due, nearDay) }),
    text: act === 'stuck' ? t(line === '' ? 'act.stuckText' : 'act.stuckWhy') : '',
    others: isBack ? [{ title: t('act.undo'), verb: 'plan.undo', data }] : [],
    page: pageOf(where, t),
  });
}

/** Somebody else's action: what would be done, before it is. */
export function confirmCard(
  { wanted, action, ...where }: Where & { readonly wanted: Wanted; readonly action: PlannedAction },
  t: Translate,
): Card {
  const { act, due, why } = wanted;
  return answerCard({
    community: where.community,
    title: t(`act.ask.${act}`, { title: titleOf(action), ...onDay(due || null, nearDay) }),
    facts: [
      { title: t('act.ask.owner'), value: t('names', { names: action.owners.map(nameOf) }) },
      ...(action.due === null ? [] : [{ title: t('act.ask.due'), value: t('act.day', onDay(action.due, nearDay)) }]),
      ...(why === '' ? [] : [{ title: t('act.ask.why'), value: plain(why) }]),
    ],
    primary: { title: t(`act.ask.${act}Yes`), verb: 'plan.act', data: wanted },
    page: pageOf(where, t),
  });
}

/** Which of several is meant. */
export function whichToActCard(
  {
    wanted,
    actions,
    isGuess,
    ...where
  }: Where & {
    readonly wanted: Omit<Wanted, 'action'>;
    readonly actions: readonly PlannedAction[];
    /** Nothing has all the words that were said. */
    readonly isGuess: boolean;
  },
  t: Translate,
): Card {
  const title = t(isGuess ? 'act.which.guess' : `act.which.${wanted.act}`, onDay(wanted.due || null, nearDay));
  const onward = ({ id }: PlannedAction) => ({ verb: 'plan.choose', data: { ...wanted, action: id } });
  return whichCard({ ...where, title, actions, onward }, t);
}

/** What a reminder would put on the plan, before it does. */
export function remindCard({ reminding, ...where }: Where & { readonly reminding: Reminding }, t: Translate): Card {
  return answerCard({
    community: where.community,
    title: t('remind.title', {
      title: plain(shortened(reminding.title, longestAction)),
      ...onDay(reminding.due, nearDay),
    }),
    text: t('remind.text'),
    primary: { title: t('remind.yes'), verb: 'plan.remind', data: reminding },
    page: pageOf(where, t),
  });
}

/** A sentence about the plan, and the way to it. */
export function tellCard({ text, ...where }: Where & { readonly text: string }, t: Translate): Card {
  return answerCard({ community: where.community, title: text, page: pageOf(where, t) });
}
