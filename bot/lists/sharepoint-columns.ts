import type { ColumnDefinition, List, ListItem } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Graph } from '../graph/client.ts';
import type { ListInOrder } from './mirror.ts';
import { columnName, type ListDefinition } from './model.ts';
import { listPath, type FindPlace } from './places.ts';
import { fieldsOf } from './sharepoint-fields.ts';

/** When a column in which no row had a value was found to be there, by its list's path and its name. */
export type FoundInOrder = Map<string, number>;

/** How long that is believed, in milliseconds. */
const believed = 10 * 60_000;
/** How many columns are remembered. */
const mostRemembered = 50_000;

/** Notices what somebody took out of a list by hand in SharePoint: a column, its index, or the whole list. */
export interface ColumnCheck {
  /** Throws `not-set-up` when these items came without a column that the list has lost. */
  mustBeWhole(items: readonly ListItem[]): Promise<void>;
  /** Throws `not-set-up` when the list has lost a column; one that came with a later version may still be missing. */
  mustHaveColumns(): Promise<void>;
  /**
   * A missing list is a set-up that is not finished, not a missing row; a missing column is not what was sent being
   * wrong.
   */
  explained<R>(call: () => Promise<R>): Promise<R>;
}

export interface ColumnCheckParts {
  readonly definition: ListDefinition;
  readonly graph: Graph;
  /** The path of the list. */
  readonly path: () => Promise<string>;
  readonly inOrder: FoundInOrder;
}

export function createColumnCheck({ definition, graph, path, inOrder }: ColumnCheckParts): ColumnCheck {
  async function lackingColumns({ later }: { readonly later: boolean }): Promise<readonly string[]> {
    // The list with its columns is one thing, which costs half of what many things do.
    const { columns } = await graph.get<{ columns?: readonly ColumnDefinition[] }>(
      `${await path()}?$select=id&$expand=columns($select=name,indexed,enforceUniqueValues)`,
    );
    const lacks = lackingOf(definition, columns ?? []);
    return later ? lacks : lacks.filter(name => !isLater(definition, name));
  }

  const explained: ColumnCheck['explained'] = async call => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CommunityError)) throw error;
      if (error.code === 'not-found') throw missingList(definition);
      const lacks =
        error.code === 'invalid' && error.details['status'] === 400 ? await lackingColumns({ later: true }) : [];
      throw lacks.length > 0 ? brokenList(definition, lacks) : error;
    }
  };

  return {
    explained,
    async mustHaveColumns() {
      const lacks = await explained(() => lackingColumns({ later: false }));
      if (lacks.length > 0) throw brokenList(definition, lacks);
    },
    /**
     * Graph leaves out what was never set, and says nothing of a column that somebody deleted: a charter would look as
     * if it had never been written. So where no row has a value, the columns themselves are looked at, now and then.
     */
    async mustBeWhole(items) {
      const list = await path();
      const now = Date.now();
      const suspicious = emptyColumns(definition, items).filter(
        name => now - (inOrder.get(`${list} ${name}`) ?? 0) >= believed,
      );
      if (suspicious.length === 0) return;
      const lacks = await lackingColumns({ later: false });
      if (lacks.length > 0) throw brokenList(definition, lacks);
      if (inOrder.size >= mostRemembered) inOrder.clear();
      for (const name of suspicious) inOrder.set(`${list} ${name}`, Date.now());
    },
  };
}

/**
 * Looks at the columns of all lists of a community's site in one call, and names those of ours that are in order. Of the others
 * it says nothing: one that is not among them may be on another page, or called otherwise, or not right.
 */
export function createSiteCheck(
  graph: Graph,
  findPlace: FindPlace,
  definitions: readonly (readonly [name: string, ListDefinition])[],
): (community: string) => Promise<readonly ListInOrder[]> {
  return async community => {
    const place = await findPlace(community);
    const { value } = await graph.get<{ value: readonly List[] }>(
      `/sites/${place.site.id}/lists?$select=id,displayName&$expand=columns($select=name,indexed,enforceUniqueValues)`,
    );
    return definitions.flatMap(([list, definition]) => {
      const id = place.lists[list];
      const found = value.find(one => (id === undefined ? one.displayName === definition.title : one.id === id));
      const lacks = lackingOf(definition, found?.columns ?? []).filter(name => !isLater(definition, name));
      return lacks.length === 0 ? [{ list, source: listPath(place, list, definition.title) }] : [];
    });
  };
}

/** Columns in which none of these items has a value; none where there is no item. */
function emptyColumns(definition: ListDefinition, items: readonly ListItem[]): readonly string[] {
  if (items.length === 0) return [];
  const fields = items.map(fieldsOf);
  return ['key', ...Object.keys(definition.columns)]
    .map(columnName)
    .filter(name => fields.every(one => one[name] === undefined));
}

/**
 * Columns that are not there, or have lost the index that finding rows by them needs. Of the key also its uniqueness,
 * without which two servers make the same row twice.
 */
function lackingOf(definition: ListDefinition, present: readonly ColumnDefinition[]): readonly string[] {
  const byName = new Map(present.map(column => [column.name, column]));
  return ['key', ...Object.keys(definition.columns)]
    .filter(name => {
      const column = byName.get(columnName(name));
      if (!column) return true;
      if (name === 'key') return !column.indexed || !column.enforceUniqueValues;
      return definition.columns[name]?.indexed === true && !column.indexed;
    })
    .map(columnName);
}

/** Whether the list may lack the column of this name, see `later` in `model.ts`. */
export function isLater({ columns }: ListDefinition, name: string): boolean {
  return Object.entries(columns).some(([property, { later }]) => later === true && columnName(property) === name);
}

function missingList({ title }: ListDefinition): CommunityError {
  return new CommunityError(
    'not-set-up',
    `the list ${title} is missing: open Settings and check the SharePoint lists`,
    { list: title },
  );
}

function brokenList({ title }: ListDefinition, lacks: readonly string[]): CommunityError {
  return new CommunityError(
    'not-set-up',
    `the list ${title} lacks the column ${lacks.join(', ')}, its index or its uniqueness: open Settings and check the SharePoint lists`,
    { list: title, columns: lacks },
  );
}
