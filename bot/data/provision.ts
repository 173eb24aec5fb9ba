import type { ColumnDefinition, List } from '@microsoft/microsoft-graph-types';
import type { ProvisionView } from '../../domain/api.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { FindSite } from './community-lists.ts';
import type { Caller, Graph } from './graph.ts';
import { columnName, definitions, type Column, type ListDefinition } from './lists.ts';

type Outcome = ProvisionView['lists'][number];

/**
 * Makes a team's SharePoint lists what `lists.ts` says: creates what is missing, adds missing columns and indexes,
 * and leaves everything else alone. May be repeated at any time; a list that fails does not keep the others waiting.
 */
export function createProvision(graphAs: (caller: Caller) => Graph, findSite: FindSite): (community: string) => Promise<ProvisionView> {
  return async community => {
    const graph = graphAs('app');
    const lists: Outcome[] = [];
    for (const definition of Object.values(definitions) as ListDefinition[]) {
      try {
        lists.push({ name: definition.title, state: await ensureList(graph, await findSite(community), definition) });
      } catch (error) {
        lists.push({ name: definition.title, state: 'failed', problem: problemOf(error) });
      }
    }
    return { lists };
  };
}

async function ensureList(graph: Graph, site: string, definition: ListDefinition): Promise<Outcome['state']> {
  const path = `/sites/${site}/lists/${encodeURIComponent(definition.title)}`;
  const existing = await find(() => graph.get<List & { columns?: ColumnDefinition[] }>(`${path}?$expand=columns`));
  if (!existing) {
    await graph.post(`/sites/${site}/lists`, {
      displayName: definition.title,
      description: definition.about,
      list: { template: 'genericList' },
      columns: wantedColumns(definition),
    });
    return 'created';
  }

  const present = new Map((existing.columns ?? []).map(column => [column.name, column]));
  let repaired = false;
  for (const wanted of wantedColumns(definition)) {
    const found = present.get(wanted.name);
    if (!found) {
      await graph.post(`${path}/columns`, wanted);
      repaired = true;
    } else if (wanted.indexed && !found.indexed) {
      await graph.patch(`${path}/columns/${found.id}`, { indexed: true });
      repaired = true;
    }
  }
  return repaired ? 'repaired' : 'ready';
}

async function find<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof CommunityError && error.code === 'not-found') return undefined;
    throw error;
  }
}

type WantedColumn = Omit<ColumnDefinition, 'name'> & { readonly name: string };

function wantedColumns(definition: ListDefinition): WantedColumn[] {
  const key: WantedColumn = { name: columnName('key'), displayName: 'Key', text: {}, indexed: true, enforceUniqueValues: true };
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

/** What Graph said and what to do, for the person who sets up. */
function problemOf(error: unknown): string {
  if (!(error instanceof CommunityError)) throw error;
  const said = typeof error.details['said'] === 'string' ? error.details['said'] : error.message;
  switch (error.code) {
    case 'not-allowed':
      return `Microsoft 365 refused: ${said}. The app has no permission to create lists on this team’s site. Ask an administrator to grant it the role “owner” on the site (Sites.Selected), then try again.`;
    case 'throttled':
      return `Microsoft 365 asked us to slow down: ${said}. Wait a minute, then try again.`;
    case 'not-found':
      return `Microsoft 365 found no SharePoint site for this team: ${said}. A new team’s site can take some minutes; try again then.`;
    case 'consent-needed':
      return 'Nobody has consented to the app’s permission Sites.Selected in Entra yet. Ask an administrator to grant consent, then try again.';
    default:
      return `Microsoft 365 said: ${said}. Try again; if it stays, give this sentence to an administrator.`;
  }
}
