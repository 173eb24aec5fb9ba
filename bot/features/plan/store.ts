import type { Community, Member, Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import {
  Action,
  added,
  byDue,
  changedFields,
  edited,
  longestNotes,
  longestTitle,
  mayChange,
  mostOwners,
  reachOf,
  type By,
  type KeptAction,
} from '../../../domain/plan/plan.ts';
import { withDetail } from '../../../domain/plan/change-detail.ts';
import { mostLinks, mostSteps, type DetailChange } from '../../../domain/plan/details.ts';
import { change, type Stored } from '../../lists/list.ts';
import type { CommunityLists, PlanRow } from '../../lists/model.ts';
import { readOpenActions, readPlanNow } from '../../lists/plan.ts';
import type { PlanParts } from './parts.ts';

/** An action with its id. */
export interface PlannedAction extends KeptAction {
  readonly id: string;
}

/** Where an action is saved. */
export interface Saving {
  /** The new action's id; a second call with the same one finds the first one's action. */
  readonly id: string;
  /**
   * The person's token, for SharePoint's history to name them; null for a card or a typed command, which bring none.
   */
  readonly onBehalfOf: string | null;
}

/** To read the plan and to add to it is everybody’s; to change an action depends on whose it is. */
export const reading = { may: 'community.read', ready: true } as const;
export const changing = { may: 'community.read', own: 'action', ready: true } as const;

/** What a person says of a new action. Owners are named by their ids. */
export interface NewAction {
  readonly title: string;
  readonly owners?: readonly Pick<Person, 'id'>[];
  readonly due?: string | null;
  readonly notes?: string;
}

/**
 * Adds an action, which every member may. Throws `invalid` for a title that is empty or too long, a day that is none,
 * or an owner who is not in the team.
 */
export async function addAction(
  parts: Pick<PlanParts, 'lists' | 'roster' | 'clock'>,
  community: ReadyCommunity,
  who: Member,
  { title, owners = [], due = null, notes = '' }: NewAction,
  { id, onBehalfOf }: Saving,
): Promise<PlannedAction> {
  const action = Action.safeParse({
    title,
    owners: await membersNamed(parts, community, owners),
    due,
    state: 'to-do',
    weight: 'baseline',
    aim: null,
    notes,
  } satisfies Action);
  if (!action.success)
    throw new CommunityError(
      'invalid',
      'the action does not fit: expected a title, at most ten owners, and a calendar day',
      { fields: action.error.issues.map(issue => issue.path.join('.')) },
    );
  const { row } = await listOf(parts, community, onBehalfOf).create({
    key: id,
    ...added(action.data, byOf(parts, who)),
  });
  return actionOf(row.value);
}

/**
 * Changes some of an action on a card's behalf. `decide` gets it as it is stored, and returns undefined when there is
 * nothing to change. Throws `not-found`, or `not-allowed` for fields that this person may not change.
 */
export async function changeAction(
  parts: PlanParts,
  community: Community,
  who: Member,
  id: string,
  decide: (current: PlannedAction) => Partial<Action> | undefined,
): Promise<PlannedAction> {
  const row = await change(listOf(parts, community, null), id, current => {
    if (!current) return undefined;
    const before = actionOf(current);
    const wanted = decide(before);
    if (!wanted) return undefined;
    mustReach(before, { ...before, ...wanted }, who, community);
    return rowOf(id, edited(before, wanted, byOf(parts, who)));
  });
  if (!row) throw noAction(community, id);
  return actionOf(row.value);
}

/**
 * Changes one step or link on what is stored now, again whenever somebody saved in between: two people who tick two
 * steps at once both hold. Whoever may say how an action goes may change them. Throws `not-found`, `not-allowed`, or
 * `too-large` for one more than there may be.
 */
export async function changeDetail(
  parts: PlanParts,
  community: Community,
  who: Member,
  wanted: DetailChange,
  { id, onBehalfOf }: Saving,
): Promise<Stored<PlanRow>> {
  const row = await change(listOf(parts, community, onBehalfOf), id, current => {
    if (!current) return undefined;
    const before = actionOf(current);
    if (reachOf(before, who, community) === 'nothing')
      throw new CommunityError(
        'not-allowed',
        'steps and links of an action are changed by its owners, whoever added it, coordinators and team owners',
        { permission: 'plan.edit' },
      );
    const { steps, links } = before;
    const details = { steps, links };
    const after = withDetail(details, wanted);
    return after === details ? undefined : rowOf(id, edited(before, after, byOf(parts, who)));
  });
  if (!row) throw noAction(community, id);
  return row;
}

/** Throws `not-allowed` when the two differ in something that is not this person's to change. */
export function mustReach(before: KeptAction, after: Action, who: Member, community: Community): void {
  const reach = reachOf(before, who, community);
  const refused = changedFields(before, after).filter(field => !mayChange(field, reach));
  if (refused.length === 0) return;
  throw new CommunityError(
    'not-allowed',
    `${refused.join(', ')} of this action may be changed by coordinators, team owners and whoever added it; its owners may change state, due and notes`,
    { permission: 'plan.edit', fields: refused },
  );
}

/** Every action there ever was, soonest first: for whoever asks for all of it. */
export async function readActions(
  parts: Pick<PlanParts, 'lists'>,
  community: Community,
): Promise<readonly Stored<PlanRow>[]> {
  return (await parts.lists.of(community.id).plan.all()).toSorted((one, other) => byDue(one.value, other.value));
}

/** What is not done and what was done lately, soonest first, and how many more are done. */
export async function readNow(
  parts: Pick<PlanParts, 'lists' | 'clock'>,
  community: Community,
): Promise<{ readonly actions: readonly PlannedAction[]; readonly doneBefore: number }> {
  const { rows, doneBefore } = await readPlanNow(parts, community);
  return {
    actions: rows.map(({ value }) => actionOf(value)).toSorted(byDue),
    doneBefore: doneBefore.reduce((sum, { count }) => sum + count, 0),
  };
}

/** What is not done, soonest first; nothing in a community whose lists are older than its plan. */
export async function readOpen(
  parts: Pick<PlanParts, 'lists' | 'clock'>,
  community: Community,
): Promise<readonly PlannedAction[]> {
  return (await readOpenActions(parts, community)).map(({ value }) => actionOf(value)).toSorted(byDue);
}

/** Actions of a community, for features that show them in their own way. */
export function planReader(parts: Pick<PlanParts, 'lists' | 'clock'>): PlanReader {
  return {
    now: async community => (await readNow(parts, community)).actions,
    async find(community, id) {
      const row = await parts.lists.of(community.id).plan.find(id);
      return row && actionOf(row.value);
    },
  };
}

interface PlanReader {
  /** What is not done, and what was done lately. */
  now(community: Community): Promise<readonly PlannedAction[]>;
  /** The action with this id, done or not. */
  find(community: Community, id: string): Promise<PlannedAction | undefined>;
}

/** Adds actions for features that plan in their own way; see {@link addAction}. */
export function planAdder(
  parts: Pick<PlanParts, 'lists' | 'roster' | 'clock'>,
): (community: ReadyCommunity, who: Member, action: NewAction, id: string) => Promise<PlannedAction> {
  return (community, who, action, id) => addAction(parts, community, who, action, { id, onBehalfOf: null });
}

/** Throws `not-found`. */
export async function findAction(parts: PlanParts, community: Community, id: string): Promise<PlannedAction> {
  const row = await parts.lists.of(community.id).plan.find(id);
  if (!row) throw noAction(community, id);
  return actionOf(row.value);
}

/** A row as the rules know it. It may have been edited in SharePoint, where nothing keeps a day a day. */
export function actionOf({ key, title, owners, due, aim, notes, steps, links, ...rest }: PlanRow): PlannedAction {
  return {
    id: key,
    ...rest,
    title: title.trim().slice(0, longestTitle) || '…',
    owners: owners.slice(0, mostOwners),
    due: Action.shape.due.safeParse(due).data ?? null,
    aim: aim?.trim().slice(0, longestTitle) || null,
    notes: notes.slice(0, longestNotes),
    steps: steps.slice(0, mostSteps),
    links: links.slice(0, mostLinks),
  };
}

export function rowOf(
  key: string,
  {
    title,
    owners,
    due,
    state,
    weight,
    aim,
    notes,
    steps,
    links,
    addedBy,
    addedAt,
    doneAt,
    changedBy,
    changedAt,
  }: KeptAction,
): PlanRow {
  return {
    key,
    title,
    owners: owners.map(({ id, name }) => ({ id, name })),
    due,
    state,
    weight,
    aim,
    notes,
    steps,
    links,
    addedBy,
    addedAt,
    doneAt,
    changedBy,
    changedAt,
  };
}

/**
 * Members by their ids, named as the team names them. Throws `invalid` for a person who is neither in the team nor
 * `known` already.
 */
export async function membersNamed(
  { roster }: Pick<PlanParts, 'roster'>,
  community: Community,
  people: readonly Pick<Person, 'id'>[],
  known: readonly Person[] = [],
): Promise<Person[]> {
  if (people.length === 0) return [];
  const members: readonly Person[] = await roster.members(community.id);
  return people.map(({ id }) => {
    const found = members.find(member => member.id === id) ?? known.find(person => person.id === id);
    if (!found)
      throw new CommunityError('invalid', 'an owner of an action is somebody in the team', { fields: ['owners'] });
    return { id, name: found.name };
  });
}

export function listOf(
  { lists }: Pick<PlanParts, 'lists'>,
  community: Community,
  onBehalfOf: string | null,
): CommunityLists['plan'] {
  return (onBehalfOf === null ? lists.of(community.id) : lists.onBehalfOf(community.id, onBehalfOf)).plan;
}

export function byOf({ clock }: Pick<PlanParts, 'clock'>, { id, name }: Person): By {
  return { by: { id, name }, now: clock() };
}

export function noAction(community: Community, id: string): CommunityError {
  return new CommunityError('not-found', `the plan of community ${community.id} has no action ${id}`);
}
