import type { ColumnDefinition, List, ListItem } from '@microsoft/microsoft-graph-types';
import type { ProvisionView } from '../../domain/settings/api.ts';
import { CommunityError, type ErrorCode } from '../../domain/errors.ts';
import type { FindSite } from './community-lists.ts';
import type { Caller, Graph } from '../graph/client.ts';
import { isThereAlready } from '../graph/graph-error.ts';
import type { Translate } from '../text.ts';
import { columnName, definitions, type Column, type ListDefinition } from './model.ts';

/** What became of one list. */
interface Outcome {
  readonly name: string;
  readonly state: ProvisionView['lists'][number]['state'];
  /** For `failed`: what Graph said, before anybody is told in their language what to do. */
  readonly problem?: { readonly code: ErrorCode; readonly said: string };
  /** For `failed`: it may pass without anybody doing anything. */
  readonly temporary?: boolean;
}

export interface Provisioned {
  readonly lists: readonly Outcome[];
}

/** @param t the language in which new lists are described in SharePoint, once for all of their readers */
export type Provision = (community: string, t: Translate) => Promise<Provisioned>;

/** A list as it is to be, with its description. */
type Wanted = ListDefinition & { readonly about: string };

/** A list as Graph shows it with its columns; undefined when there is none. */
type Existing = (List & { readonly columns?: readonly ColumnDefinition[] }) | undefined;

/**
 * Makes a team's SharePoint lists what `model.ts` says: creates what is missing, adds missing columns and indexes,
 * and leaves everything else alone. May be repeated at any time; a list that fails does not keep the others waiting.
 */
export function createProvision(graphAs: (caller: Caller) => Graph, findSite: FindSite): Provision {
  return async (community, t) => {
    const graph = graphAs('app');
    const wanted: readonly Wanted[] = Object.entries(definitions as Readonly<Record<string, ListDefinition>>)
      .filter(([, { kept }]) => kept === 'team')
      .map(([list, definition]) => ({ ...definition, about: t(`settings:list.about.${list}`) }));
    const failed = ({ title }: ListDefinition, error: unknown): Outcome => ({
      name: title,
      state: 'failed',
      ...problemOf(error),
    });

    let site: string;
    let found: readonly (Existing | CommunityError)[];
    try {
      site = await findSite(community);
      // Looking is most of the work, as most lists are in order: one call for all of them.
      found = await graph.getAll<Existing>(wanted.map(definition => `${pathOf(site, definition)}?$expand=columns`));
    } catch (error) {
      return { lists: wanted.map(definition => failed(definition, error)) };
    }

    const lists: Outcome[] = [];
    // One after the other: SharePoint refuses changes of one site that get in each other's way.
    for (const [index, definition] of wanted.entries()) {
      try {
        lists.push({
          name: definition.title,
          state: await ensureList(graph, site, definition, presentOf(found[index])),
        });
      } catch (error) {
        lists.push(failed(definition, error));
      }
    }
    return { lists };
  };
}

function pathOf(site: string, { title }: ListDefinition): string {
  return `/sites/${site}/lists/${encodeURIComponent(title)}`;
}

function presentOf(found: Existing | CommunityError): Existing {
  if (!(found instanceof CommunityError)) return found;
  if (found.code === 'not-found') return undefined;
  throw found;
}

async function ensureList(
  graph: Graph,
  site: string,
  definition: Wanted,
  existing: Existing,
): Promise<Outcome['state']> {
  const path = pathOf(site, definition);
  if (!existing) {
    const made = await unlessThere(() =>
      graph.post(`/sites/${site}/lists`, {
        displayName: definition.title,
        description: definition.about,
        list: { template: 'genericList' },
        columns: wantedColumns(definition),
      }),
    );
    if (made) return 'created';
    // Somebody was quicker, or it was us and the answer got lost.
    return ensureList(graph, site, definition, await graph.get<NonNullable<Existing>>(`${path}?$expand=columns`));
  }

  const present = new Map((existing.columns ?? []).map(column => [column.name, column]));
  let repaired = false;
  for (const wanted of wantedColumns(definition)) {
    const found = present.get(wanted.name);
    if (!found) {
      await unlessThere(() => graph.post(`${path}/columns`, wanted));
      if (wanted.name === columnName('key')) await fillKeys(graph, path);
      repaired = true;
    } else if (wanted.indexed && !found.indexed) {
      await graph.patch(`${path}/columns/${found.id}`, { indexed: true });
      repaired = true;
    }
  }
  return repaired ? 'repaired' : 'ready';
}

/** Rows say their key in their title, too, so that a deleted column of keys takes no row with it. */
async function fillKeys(graph: Graph, path: string): Promise<void> {
  let next: string | undefined = `${path}/items?$expand=fields`;
  while (next) {
    const page: { value: ListItem[]; '@odata.nextLink'?: string } = await graph.get(next);
    for (const { id, fields } of page.value) {
      const { Title, [columnName('key')]: key } = (fields ?? {}) as Record<string, unknown>;
      if (typeof Title === 'string' && Title !== '' && key === undefined)
        await graph.patch(`${path}/items/${id}/fields`, { [columnName('key')]: Title });
    }
    next = page['@odata.nextLink'];
  }
}

/** Returns whether it was made; false when there is one of that name. */
async function unlessThere(make: () => Promise<unknown>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    if (isThereAlready(error)) return false;
    throw error;
  }
}

type WantedColumn = Omit<ColumnDefinition, 'name'> & { readonly name: string };

function wantedColumns(definition: ListDefinition): WantedColumn[] {
  const key: WantedColumn = {
    name: columnName('key'),
    displayName: 'Key',
    text: {},
    indexed: true,
    enforceUniqueValues: true,
  };
  return [key, ...Object.entries(definition.columns).map(([name, column]) => wantedColumn(name, column))];
}

function wantedColumn(name: string, column: Column<unknown>): WantedColumn {
  const words = name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return {
    name: columnName(name),
    displayName: words[0]?.toUpperCase() + words.slice(1),
    ...(column.indexed ? { indexed: true } : {}),
    ...facetOf(column),
  };
}

/** Graph's column facets: graph-docs columndefinition. */
function facetOf(column: Column<unknown>): Omit<ColumnDefinition, 'name'> {
  switch (column.facet) {
    case 'text':
      return { text: {} };
    case 'note':
    case 'json':
      return { text: { allowMultipleLines: true, textType: 'plain' } };
    case 'number':
      return { number: {} };
    case 'yesNo':
      return { boolean: {} };
    case 'moment':
      return { dateTime: { format: 'dateTime' } };
    case 'choice':
      return { choice: { choices: [...(column.choices ?? [])], displayAs: 'dropDownMenu' } };
  }
}

function problemOf(error: unknown): Pick<Outcome, 'problem' | 'temporary'> {
  if (!(error instanceof CommunityError)) throw error;
  const said = typeof error.details['said'] === 'string' ? error.details['said'] : error.message;
  return {
    problem: { code: error.code, said },
    ...(['throttled', 'unavailable', 'version-conflict'].includes(error.code) ? { temporary: true } : {}),
  };
}
