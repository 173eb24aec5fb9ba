import { namedIn } from '../../../domain/attention/naming.ts';
import { isLeftBehind, isOverdue } from '../../../domain/plan/plan.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { todayIn } from '../../shared/days.ts';
import { weekIn, type ReadComing, type ReadWaiting } from '../../shared/waiting.ts';
import type { Translate } from '../../text.ts';
import type { PlanParts } from './parts.ts';
import { readOpen, type PlannedAction } from './store.ts';
import { overdueKind, overduePeriod } from './wishes.ts';

/** In characters: three of them are one line of a card. */
const longestTitle = 50;
const longestName = 24;

/**
 * What is overdue, by its name and its owners. What nobody in the team owns any more is told of with those who left.
 * The feature that shows it brings the language; the sentences are this feature's.
 */
export function planWaiting(
  parts: Pick<PlanParts, 'lists' | 'roster' | 'clock'> & { readonly coming: ReadComing },
): ReadWaiting {
  return async community => {
    const [members, actions] = await Promise.all([parts.roster.members(community.id), readOpen(parts, community)]);
    const today = todayIn(parts, community);
    const here = new Set(members.map(({ id }) => id));
    const overdue = actions.filter(action => isOverdue(action, today) && !isLeftBehind(action, id => here.has(id)));
    const week = weekIn(parts, community);
    const questions = overdue.map(action => {
      const due = action.due ?? today;
      const to = action.owners.map(({ id }) => id);
      return { kind: overdueKind, period: overduePeriod(action.id, due), to, cameUp: due, since: due, action };
    });
    const coming = await parts.coming(community, week, questions);
    const open = questions.filter(one => !coming.has(one));
    const named = namedIn(week, open, ({ cameUp }) => cameUp);
    const { more } = named;
    const shown = named.shown.map(({ item: { action }, last }) => ({ item: action, last }));
    return t => {
      if (shown.length === 0) return [];
      const names = shown.map(({ item, last }) => nameOf(item, { here, last }, t));
      return [{ text: t('plan:waiting.overdue', { names }), more }];
    };
  };
}

function nameOf(
  { title, owners }: PlannedAction,
  { here, last }: { readonly here: ReadonlySet<string>; readonly last: boolean },
  t: Translate,
): string {
  const names = owners.filter(({ id }) => here.has(id)).map(({ name }) => plain(shortened(name, longestName)));
  const of = names.length === 0 ? [t('plan:waiting.nobody')] : names;
  const details = [...of, ...(last ? [t('plan:waiting.last')] : [])].join(', ');
  return t('plan:waiting.action', { title: plain(shortened(title, longestTitle)), details });
}
