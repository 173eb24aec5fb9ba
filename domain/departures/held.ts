import type { Person, Settings } from '../community.ts';
import { byDue, isLeftBehind, type Action, type KeptAction } from '../plan/plan.ts';
import { coordinatorRole } from '../roles/method.ts';
import type { BoardRole } from '../roles/roles.ts';

/** What a community has in which somebody may be named. */
export interface Holdables<Kept> {
  readonly settings: Pick<Settings, 'coordinators' | 'facilitation'>;
  readonly roles: readonly Pick<BoardRole, 'id' | 'own' | 'holders'>[];
  readonly actions: readonly Kept[];
  /** Those that are not over. */
  readonly surveys: readonly { readonly title: string; readonly plannedBy: Person }[];
  /** What waits to be put into the charter. */
  readonly drafts: readonly { readonly by: Person }[];
  /** Ids of those in the team. */
  readonly members: ReadonlySet<string>;
}

/** What somebody held who has left, each with those who are there to ask. */
export interface Held<Kept> {
  /** As it stood where they are named; empty where it stood nowhere. */
  readonly name: string;
  /** The others who coordinate; null where they did not. */
  readonly coordinates: readonly Person[] | null;
  readonly facilitates: readonly Person[] | null;
  readonly roles: readonly { readonly role: Pick<BoardRole, 'id' | 'own'>; readonly others: readonly Person[] }[];
  /** Open ones, soonest first. */
  readonly actions: readonly {
    readonly action: Kept;
    readonly others: readonly Person[];
    readonly leftBehind: boolean;
  }[];
  readonly surveys: readonly string[];
  readonly drafts: number;
}

type Owned = Pick<KeptAction, 'owners' | 'addedBy'> & Pick<Action, 'state' | 'due' | 'title'>;

/** Null for somebody who held nothing: of them there is nothing to say. */
export function heldBy<Kept extends Owned>(
  person: string,
  { settings, roles, actions, surveys, drafts, members }: Holdables<Kept>,
): Held<Kept> | null {
  const isTheirs = ({ id }: Pick<Person, 'id'>): boolean => id === person;
  const othersOf = (people: readonly Person[]): readonly Person[] =>
    people.filter(({ id }) => id !== person && members.has(id));
  const besides = (people: readonly Person[]): readonly Person[] | null =>
    people.some(isTheirs) ? othersOf(people) : null;
  const { coordinators, facilitation } = settings;
  const theirRoles = roles.filter(
    ({ id, holders }) => id !== coordinatorRole && holders.some(holding => isTheirs(holding.person)),
  );
  const open = actions.filter(({ state, owners }) => state !== 'done' && owners.some(isTheirs)).toSorted(byDue);
  const planned = surveys.filter(({ plannedBy }) => isTheirs(plannedBy));
  const written = drafts.filter(({ by }) => isTheirs(by));
  const people = [
    ...coordinators,
    ...facilitation.facilitators,
    ...theirRoles.flatMap(({ holders }) => holders.map(holding => holding.person)),
    ...open.flatMap(({ owners }) => owners),
    ...planned.map(({ plannedBy }) => plannedBy),
    ...written.map(({ by }) => by),
  ];
  if (!people.some(isTheirs)) return null;
  return {
    name: people.find(one => isTheirs(one) && one.name.trim() !== '')?.name ?? '',
    coordinates: besides(coordinators),
    facilitates: besides(facilitation.facilitators),
    roles: theirRoles.map(role => ({ role, others: othersOf(role.holders.map(holding => holding.person)) })),
    actions: open.map(action => ({
      action,
      others: othersOf(action.owners),
      leftBehind: isLeftBehind(action, id => members.has(id)),
    })),
    surveys: planned.map(({ title }) => title),
    drafts: written.length,
  };
}

/** Who owns an action once this person does not: whoever takes it over, and those who own it beside them. */
export function ownersWithout(owners: readonly Person[], person: string, instead: Person | null): readonly Person[] {
  const others = owners.filter(({ id }) => id !== person && id !== instead?.id);
  return instead ? [...others, instead] : others;
}
