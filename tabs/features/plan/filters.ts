import type { ActionView, PlanView } from '../../../domain/plan/api.ts';
import type { Person } from '../../../domain/community.ts';
import { byDue, isLeftBehind } from '../../../domain/plan/plan.ts';
import { isDue, type DueFilter } from '../../../domain/plan/due.ts';

/** What of the plan is shown; `all` for everything. */
export interface Filter {
  /** A person's id, `nobody`, or `left` for what is not done and whose owners have all left the team. */
  readonly owner: string;
  /** The aim's text, or `none`. An aim may be called either, so texts have a mark in front: {@link aimValue}. */
  readonly aim: string;
  readonly due: DueFilter | 'all';
  /** What was typed to search for: each word stands somewhere in an action. */
  readonly words: string;
}

export const everything: Filter = { owner: 'all', aim: 'all', due: 'all', words: '' };

export function isFiltered(filter: Filter): boolean {
  return filter.owner !== 'all' || filter.aim !== 'all' || filter.due !== 'all' || filter.words.trim() !== '';
}

export function aimValue(aim: string | null): string {
  return aim === null ? 'none' : `=${aim}`;
}

/** The actions that fit, soonest first. */
export function filtered(
  { actions, today, left }: PlanView,
  { owner, aim, due, words }: Filter,
): readonly ActionView[] {
  const sought = plainWords(words).split(/\s+/).filter(Boolean);
  return actions
    .filter(action => sought.length === 0 || sought.every(word => textOf(action).includes(word)))
    .filter(action => aim === 'all' || aimValue(action.aim) === aim)
    .filter(action => due === 'all' || isDue(due, action, today))
    .filter(action => {
      if (owner === 'all') return true;
      if (owner === 'nobody') return action.owners.length === 0;
      if (owner === 'left') return isLeftBehind(action, id => !left.includes(id));
      return action.owners.some(({ id }) => id === owner);
    })
    .toSorted(byDue);
}

function textOf({ title, notes, aim, owners, steps, links }: ActionView): string {
  const inside = [...steps.map(({ text }) => text), ...links.map(link => link.title)];
  return plainWords([title, notes, aim ?? '', ...owners.map(({ name }) => name), ...inside].join('\n'));
}

/** Without capitals and accents: who looks for "Zoe" finds "Zoë". */
function plainWords(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Everybody who owns an action, by name. */
export function ownersIn({ actions }: PlanView): readonly Person[] {
  const people = new Map(actions.flatMap(({ owners }) => owners).map(person => [person.id, person]));
  return [...people.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The charter's aims, and those that only actions still name. */
export function aimsIn({ actions, aims }: PlanView): readonly string[] {
  return [...new Set([...aims, ...actions.flatMap(({ aim }) => aim ?? [])])];
}

/** Actions that are not done and that nobody is left for. */
export function leftBehind({ actions, left }: PlanView): readonly ActionView[] {
  return actions.filter(action => isLeftBehind(action, id => !left.includes(id)));
}
