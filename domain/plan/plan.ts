import { z } from 'zod';
import { Day, Person, type Community, type Member } from '../community.ts';
import { canWith } from '../permissions.ts';
import { line, prose } from '../text.ts';
import { noDetails, type ActionDetails } from './details.ts';

/** Longest title of an action and longest aim, in characters; both are one line in SharePoint. */
export const longestTitle = 200;
/** Longest notes of an action, in characters. */
export const longestNotes = 10_000;
/** Most owners of one action. */
export const mostOwners = 10;

/** The states of an action, in the order of the board. */
export const actionStates = ['to-do', 'doing', 'stuck', 'done'] as const;
export const ActionState = z.enum(actionStates);
export type ActionState = z.infer<typeof ActionState>;

/** Whether the plan needs an action, or would like it (seed T, the action plan). */
export const weights = ['baseline', 'nice-to-have'] as const;
const Weight = z.enum(weights);
type Weight = z.infer<typeof Weight>;

/** What people say about an action. */
export const Action = z.object({
  title: line(longestTitle).min(1),
  owners: z.array(Person).max(mostOwners),
  /** The day it is due, in the community's zone; null while nobody has said. */
  due: Day.nullable(),
  state: ActionState,
  weight: Weight,
  /** The line of the charter's aims that it serves, as it was written when it was chosen; null for none. */
  aim: line(longestTitle).min(1).nullable(),
  notes: prose(longestNotes),
});
export type Action = z.infer<typeof Action>;

/** Names an action; whoever adds it chooses it, so that adding may be repeated. */
export const ActionId = z
  .string()
  .regex(/^[a-z0-9-]{8,64}$/, { error: 'expected 8 to 64 small letters, digits and hyphens' });

/** An action as it is kept, with who added and changed it. */
export interface KeptAction extends Action, ActionDetails {
  readonly addedBy: Person;
  /** ISO instants. */
  readonly addedAt: string;
  /** Null while it is not done. */
  readonly doneAt: string | null;
  readonly changedBy: Person;
  readonly changedAt: string;
}

export type ActionField = keyof Action;

/** What can be changed on its own, in the order of the form. */
export const actionFields = [
  'title',
  'state',
  'owners',
  'due',
  'weight',
  'aim',
  'notes',
] as const satisfies readonly ActionField[];

/** What an owner may say about an action that somebody else planned: how it goes, and when it will be done. */
const progressFields: readonly ActionField[] = ['state', 'due', 'notes'];

/** What somebody may change about one action: everything, how it goes, or nothing. */
export const reaches = ['everything', 'progress', 'nothing'] as const;
export type Reach = (typeof reaches)[number];

/**
 * Coordinators, and whoever added an action, may change everything about it; its owners how it goes. Everybody may add
 * one.
 */
export function reachOf(action: Pick<KeptAction, 'owners' | 'addedBy'>, member: Member, community: Community): Reach {
  if (canWith(member, 'action', action.addedBy.id === member.id, community)) return 'everything';
  return action.owners.some(({ id }) => id === member.id) ? 'progress' : 'nothing';
}

export function mayChange(field: ActionField, reach: Reach): boolean {
  return reach === 'everything' || (reach === 'progress' && progressFields.includes(field));
}

/** The fields in which two actions differ. Owners are the same people, in whatever order and under whatever name. */
export function changedFields(one: Action, other: Action): readonly ActionField[] {
  return actionFields.filter(field =>
    field === 'owners' ? !samePeople(one.owners, other.owners) : one[field] !== other[field],
  );
}

/** `into` with one field of `from`. */
export function takeField(field: ActionField, into: Action, from: Action): Action {
  return { ...into, [field]: from[field] };
}

/** Who changes something, and when. */
export interface By {
  readonly by: Person;
  readonly now: Date;
}

/** An action that is new; one that was removed comes back with what was in it. */
export function added(action: Action, { by, now }: By, details: ActionDetails = noDetails): KeptAction {
  const at = now.toISOString();
  return {
    ...action,
    ...details,
    addedBy: by,
    addedAt: at,
    doneAt: action.state === 'done' ? at : null,
    changedBy: by,
    changedAt: at,
  };
}

/** The action as it reads now. It was done at the moment it became so, whatever is changed about it later. */
export function edited<Kept extends KeptAction>(
  current: Kept,
  action: Partial<Action & ActionDetails>,
  { by, now }: By,
): Kept {
  const next = { ...current, ...action };
  const at = now.toISOString();
  return { ...next, doneAt: next.state === 'done' ? (current.doneAt ?? at) : null, changedBy: by, changedAt: at };
}

/** The order in which actions are read: by day, those without one last, then by title. */
export function byDue(one: Pick<Action, 'due' | 'title'>, other: Pick<Action, 'due' | 'title'>): number {
  return (one.due ?? '9999').localeCompare(other.due ?? '9999') || one.title.localeCompare(other.title);
}

/** How far a set of actions is. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly stuck: number;
  /** Not done, and due before today. */
  readonly overdue: number;
}

/**
 * @param today the calendar day in the community's zone
 * @param doneBefore how many more there are, all of them done
 */
export function progressOf(actions: readonly Pick<Action, 'state' | 'due'>[], today: string, doneBefore = 0): Progress {
  return {
    total: actions.length + doneBefore,
    done: actions.filter(({ state }) => state === 'done').length + doneBefore,
    stuck: actions.filter(({ state }) => state === 'stuck').length,
    overdue: actions.filter(action => isOverdue(action, today)).length,
  };
}

export function isOverdue({ state, due }: Pick<Action, 'state' | 'due'>, today: string): boolean {
  return state !== 'done' && due !== null && due < today;
}

export function isDueToday({ state, due }: Pick<Action, 'state' | 'due'>, today: string): boolean {
  return state !== 'done' && due === today;
}

/** Whether an action that is not done has owners and none of them is in the team any more: nobody is left to do it. */
export function isLeftBehind(
  { state, owners }: Pick<Action, 'state' | 'owners'>,
  isHere: (person: string) => boolean,
): boolean {
  return state !== 'done' && owners.length > 0 && owners.every(({ id }) => !isHere(id));
}

function samePeople(some: readonly Person[], others: readonly Person[]): boolean {
  const ids = new Set(others.map(({ id }) => id));
  return some.length === others.length && some.every(({ id }) => ids.has(id));
}
