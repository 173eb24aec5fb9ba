import type { Community } from '../community.ts';
import type { KeptAction } from './plan.ts';

/** Most actions in one calendar. Calendars fetch the whole file again and again. */
export const mostEntries = 1000;

/**
 * Whose calendar a link leads to: everything one person has to do in all their communities, or everything of one
 * community.
 */
export const calendarScopes = ['mine', 'community'] as const;
export type CalendarScope = (typeof calendarScopes)[number];

/** An action with its id and the community it belongs to. */
export interface PlacedAction extends Pick<KeptAction, 'title' | 'owners' | 'due' | 'state' | 'addedAt' | 'changedAt'> {
  readonly id: string;
  readonly community: PlacedIn;
}

/** The community an action belongs to; Teams may call the app otherwise in its team than elsewhere. */
export type PlacedIn = Pick<Community, 'id' | 'name' | 'teamsApp'>;

/** One day's entry of a calendar. */
export interface CalendarEntry {
  /**
   * The same for one action for ever, so that a calendar moves its entry instead of adding another (RFC 5545, 3.8.4.7).
   */
  readonly uid: string;
  /** Rises with every change (RFC 5545, 3.8.7.4). */
  readonly sequence: number;
  readonly changedAt: string;
  /** The whole day, in no zone: the day an action is due is the same wherever its owners are. */
  readonly day: string;
  readonly title: string;
  readonly owners: readonly string[];
  readonly community: PlacedIn;
}

/** What stands in a calendar: what is due on a day and not done, soonest first. */
export function entriesOf(actions: readonly PlacedAction[]): readonly CalendarEntry[] {
  return actions
    .flatMap(action =>
      action.state !== 'done' && action.due !== null ? [entryOf({ ...action, due: action.due })] : [],
    )
    .toSorted((one, other) => one.day.localeCompare(other.day) || one.uid.localeCompare(other.uid))
    .slice(0, mostEntries);
}

/** One action's entry, done or not. */
export function entryOf({
  id,
  title,
  owners,
  due,
  addedAt,
  changedAt,
  community,
}: PlacedAction & { readonly due: string }): CalendarEntry {
  // Seconds since it was added: no counter to keep, and a change in SharePoint itself counts like any other that we
  // write.
  const sequence = Math.max(0, Math.floor((Date.parse(changedAt) - Date.parse(addedAt)) / 1000));
  return {
    uid: `${id}.${community.id}@cop-companion`,
    sequence,
    changedAt,
    day: due,
    title,
    owners: owners.map(({ name }) => name),
    community,
  };
}
