import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import { answerCard, mostAnswerButtons } from '../../shared/answer.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { dayFormat } from './cards.ts';
import type { PlanParts } from './parts.ts';
import type { PlannedAction } from './store.ts';

/** In characters. */
const longestAction = 90;
const longestName = 40;
const longestOnButton = 40;

interface Where {
  readonly community: ReadyCommunity;
  readonly links: PlanParts['links'];
}

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
      ...(action.due === null ? [] : [{ title: t('act.ask.due'), value: t('act.day', onDay(action.due, dayFormat)) }]),
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

/** Which of several actions is meant, each a button. */
export function whichToGiveCard(
  { actions, to, ...where }: Where & { readonly actions: readonly PlannedAction[]; readonly to: readonly string[] },
  t: Translate,
): Card {
  const shown = actions.slice(0, mostAnswerButtons);
  const more = actions.length - shown.length;
  return answerCard({
    community: where.community,
    title: t('act.which.guess'),
    text: more > 0 ? t('act.which.more', { count: more }) : '',
    others: shown.map(({ id, title }) => ({
      title: shortened(title, longestOnButton),
      verb: 'plan.assign',
      data: { action: id, to: to.join(',') },
    })),
    page: pageOf(where, t),
  });
}

function idsOf(people: readonly Person[]): string {
  return people.map(({ id }) => id).join(',');
}

function titleOf({ title }: PlannedAction): string {
  return plain(shortened(title, longestAction));
}

function nameOf({ name }: Person): string {
  return plain(shortened(name, longestName));
}

function namesOf(people: readonly Person[], t: Translate): string {
  return people.length === 0 ? t('assign.nobody') : t('names', { names: people.map(nameOf) });
}

function pageOf({ community, links }: Where, t: Translate) {
  return { open: t('open'), link: links.tab(community.id, 'plan') };
}
