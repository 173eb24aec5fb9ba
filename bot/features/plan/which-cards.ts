import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import { answerCard, mostAnswerButtons } from '../../shared/answer.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import type { PlanParts } from './parts.ts';
import type { PlannedAction } from './store.ts';

/** Of a name on a button, and of titles and names in a sentence, in characters. */
export const longestOnButton = 40;
export const longestAction = 90;
const longestName = 40;

/** Where what somebody said about the plan is answered. */
export interface Where {
  readonly community: ReadyCommunity;
  readonly links: PlanParts['links'];
}

/** Which of several actions is meant, each a button that goes on with it. */
export function whichCard(
  {
    title,
    actions,
    onward,
    ...where
  }: Where & {
    readonly title: string;
    readonly actions: readonly PlannedAction[];
    readonly onward: (action: PlannedAction) => { readonly verb: string; readonly data: object };
  },
  t: Translate,
): Card {
  const shown = actions.slice(0, mostAnswerButtons);
  const more = actions.length - shown.length;
  return answerCard({
    community: where.community,
    title,
    text: more > 0 ? t('act.which.more', { count: more }) : '',
    others: shown.map(action => ({ title: onButton(action, shown, t), ...onward(action) })),
    page: pageOf(where, t),
  });
}

/** Where two are called the same, their days tell them apart. Buttons read no Markdown. */
function onButton({ title, due }: PlannedAction, all: readonly PlannedAction[], t: Translate): string {
  const short = shortened(title, longestOnButton);
  const twins = all.filter(other => shortened(other.title, longestOnButton) === short);
  if (twins.length < 2) return short;
  return due === null
    ? t('act.which.noDay', { title: short })
    : t('act.which.due', { title: short, ...onDay(due, nearDay) });
}

export function titleOf({ title }: Pick<PlannedAction, 'title'>): string {
  return plain(shortened(title, longestAction));
}

export function nameOf({ name }: Pick<Person, 'name'>): string {
  return plain(shortened(name, longestName));
}

export function pageOf({ community, links }: Where, t: Translate) {
  return { open: t('open'), link: links.tab(community.id, 'plan') };
}
