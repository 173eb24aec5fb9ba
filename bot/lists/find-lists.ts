import type { ColumnDefinition, List } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Graph } from '../graph/client.ts';
import { columnName, definitions, type ListDefinition } from './model.ts';
import { listPath, type Place } from './places.ts';

/** A list as it is to be, with its description. */
export type Wanted = ListDefinition & { readonly key: string; readonly about: string };

/** The lists of a team's site, each with what `about` says of it. */
export function wantedLists(about: (key: string) => string = () => ''): readonly Wanted[] {
  return Object.entries(definitions as Readonly<Record<string, ListDefinition>>)
    .filter(([, { kept }]) => kept === 'team')
    .map(([key, definition]) => ({ ...definition, key, about: about(key) }));
}

/** A list as Graph shows it with its columns. */
export type Found = List & {
  readonly id: string;
  readonly columns?: readonly ColumnDefinition[];
  readonly isNew?: boolean;
};

/** Undefined when there is none. */
export type Existing = Found | undefined;

type Answer = Existing | CommunityError;

/** Looking is most of the work, as most lists are in order: one call for all of them. */
export async function findLists(graph: Graph, place: Place, wanted: readonly Wanted[]): Promise<readonly Answer[]> {
  const at = (where: Place, { key, title }: Wanted) => `${listPath(where, key, title)}?$expand=columns`;
  const byId = await graph.getAll<Existing>(wanted.map(definition => at(place, definition)));
  // One that was deleted by hand may have been made anew under its title.
  const gone = wanted.filter(({ key }, index) => place.lists[key] !== undefined && isMissing(byId[index]));
  const byTitle = gone.length === 0 ? [] : await graph.getAll<Existing>(gone.map(one => at(withoutIds(place), one)));
  const found = byId.map((one, index) => later(byTitle, gone.indexOf(wanted[index]!)) ?? one);

  const missing = wanted.filter((_, index) => isMissing(found[index]));
  const renamed = missing.length === 0 ? [] : await findRenamed(graph, place, missing);
  return found.map((one, index) => later(renamed, missing.indexOf(wanted[index]!)) ?? one);
}

export function presentOf(found: Answer): Existing {
  if (!(found instanceof CommunityError)) return found;
  if (isMissing(found)) return undefined;
  throw found;
}

/**
 * Lists with another title than they were made with, whose ids nobody kept: the name in the address of a list stays
 * what it was, and a list of ours has our column of keys.
 */
async function findRenamed(graph: Graph, { site }: Place, missing: readonly Wanted[]): Promise<readonly Answer[]> {
  const byName = new Map<string, string>();
  let next: string | undefined = `/sites/${site.id}/lists`;
  while (next) {
    const page: { value: List[]; '@odata.nextLink'?: string } = await graph.get(next);
    for (const { id, name } of page.value) if (id && name) byName.set(name.toLowerCase(), id);
    next = page['@odata.nextLink'];
  }
  const ids = missing.map(({ title }) => byName.get(title.toLowerCase()));
  const known = ids.filter(id => id !== undefined);
  const lists =
    known.length === 0
      ? []
      : await graph.getAll<Found>(known.map(id => `/sites/${site.id}/lists/${id}?$expand=columns`));
  return ids.map(id => {
    const list = id === undefined ? undefined : lists[known.indexOf(id)];
    return list instanceof CommunityError || isOurs(list) ? list : undefined;
  });
}

function isOurs(list: Existing): boolean {
  return list?.columns?.some(({ name }) => name === columnName('key')) ?? false;
}

function isMissing(found: Answer): boolean {
  return found instanceof CommunityError && found.code === 'not-found';
}

function withoutIds(place: Place): Place {
  return { ...place, lists: {} };
}

function later(answers: readonly Answer[], index: number): Answer {
  return index < 0 ? undefined : answers[index];
}
