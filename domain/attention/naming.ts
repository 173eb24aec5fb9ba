import { addDays } from '../schedule.ts';

/**
 * For how many days those who facilitate read the name of something that is open. Its owner is asked the last time
 * after six weeks, and has two to answer; then it is let go.
 */
const namedFor = 56;
/** How many of a kind are named in a line. */
const mostNamed = 3;

/** How something that is open stands in a week: `last` is said once, then it is `let-go`. */
export type Standing = 'named' | 'last' | 'let-go';

/**
 * @param since the day on which it came up
 * @param week the first day of the week in which it is read
 */
export function standingOf(since: string, week: string): Standing {
  const end = addDays(since, namedFor);
  if (end <= week) return 'let-go';
  return end <= addDays(week, 7) ? 'last' : 'named';
}

export interface NamedOnes<Item> {
  readonly shown: readonly { readonly item: Item; readonly last: boolean }[];
  /** How many are open beside these; what was let go is not counted. */
  readonly more: number;
}

/** Which of what is open are named in this week: what came up last, as something can still be done about it. */
export function namedIn<Item>(week: string, items: readonly Item[], sinceOf: (item: Item) => string): NamedOnes<Item> {
  const open = items
    .map(item => ({ item, since: sinceOf(item), standing: standingOf(sinceOf(item), week) }))
    .filter(({ standing }) => standing !== 'let-go')
    .toSorted((one, other) => other.since.localeCompare(one.since));
  const shown = open.slice(0, mostNamed).map(({ item, standing }) => ({ item, last: standing === 'last' }));
  return { shown, more: open.length - shown.length };
}
