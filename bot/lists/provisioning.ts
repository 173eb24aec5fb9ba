import { isDeepStrictEqual } from 'node:util';
import type { ColumnDefinition, ListItem } from '@microsoft/microsoft-graph-types';
import type { ProvisionView } from '../../domain/settings/api.ts';
import { CommunityError, type ErrorCode } from '../../domain/errors.ts';
import type { Caller, Graph } from '../graph/client.ts';
import { isThereAlready } from '../graph/graph-error.ts';
import type { Translate } from '../text.ts';
import { findLists, presentOf, wantedLists, type Existing, type Found, type Wanted } from './find-lists.ts';
import { listsWithoutVersions } from './kept-versions.ts';
import { columnName, type Column, type ListDefinition } from './model.ts';
import type { Place, Places, TeamSite } from './places.ts';
import { isLater } from './sharepoint-columns.ts';

/** What became of one list. */
interface Outcome {
  readonly name: string;
  readonly state: ProvisionView['lists'][number]['state'];
  /** For `failed`: what Graph said, before anybody is told in their language what to do. */
  readonly problem?: { readonly code: ErrorCode; readonly said: string };
  /** For `failed`: it may pass without anybody doing anything. */
  readonly temporary?: boolean;
  /** For `failed`: only columns that came with a later version are missing, and the list works without them. */
  readonly later?: boolean;
  /** What is overwritten there is gone. */
  readonly withoutVersions?: true;
}

export interface Provisioned {
  readonly lists: readonly Outcome[];
  /** Where the app lacks a grant: what IT has to know to give it. */
  readonly grant?: NeededGrant;
}

/** The grant that IT gives with one call of Graph. */
export interface NeededGrant {
  readonly appId: string;
  readonly site: TeamSite;
  /** What does it where this app's programs are. */
  readonly command: string;
  /** The call of Graph, and what is sent with it: for whoever has no such place. */
  readonly call: string;
  readonly body: string;
}

/** @param t the language in which new lists are described in SharePoint, once for all of their readers */
export type Provision = (community: string, t: Translate) => Promise<Provisioned>;

export interface ProvisionParts {
  readonly graphAs: (caller: Caller) => Graph;
  readonly places: Pick<Places, 'find' | 'keepLists'>;
  readonly appId: string;
  /** Graph's address in this cloud. */
  readonly graph: string;
  /** Hears of a community with a list that was made or mended. */
  readonly mended?: (community: string) => Promise<void>;
}

/**
 * Makes a team's SharePoint lists what `model.ts` says: creates what is missing, adds missing columns, indexes and
 * uniqueness, and leaves everything else alone. May be repeated at any time; a list that fails does not keep the others
 * waiting. Lists are looked for by the ids that are kept of them, so that a list with another title is not made anew.
 */
export function createProvision({
  graphAs,
  places,
  appId,
  graph: address,
  mended = async () => {},
}: ProvisionParts): Provision {
  return async (community, t) => {
    const graph = graphAs('app');
    const wanted = wantedLists(key => t(`settings:list.about.${key}`));
    const failed = ({ title }: ListDefinition, error: unknown): Outcome => ({
      name: title,
      state: 'failed',
      ...problemOf(error),
    });

    let place: Place | undefined;
    let found: readonly (Existing | CommunityError)[];
    try {
      place = await places.find(community);
      found = await findLists(graph, place, wanted);
    } catch (error) {
      return answer(
        place,
        wanted.map(definition => failed(definition, error)),
      );
    }

    const lists: Outcome[] = [];
    const ids: Record<string, string> = { ...place.lists };
    // One after the other: SharePoint refuses changes of one site that get in each other's way.
    for (const [index, definition] of wanted.entries()) {
      try {
        const { state, id, refused } = await ensureList(graph, place.site.id, definition, presentOf(found[index]));
        ids[definition.key] = id;
        lists.push(
          refused === undefined ? { name: definition.title, state } : { ...failed(definition, refused), later: true },
        );
      } catch (error) {
        lists.push(failed(definition, error));
      }
    }
    if (!isDeepStrictEqual(ids, place.lists)) await places.keepLists(community, ids);
    if (lists.some(({ state }) => state === 'created' || state === 'repaired')) await mended(community);
    const bare = await listsWithoutVersions(graph, place.site.id, Object.values(ids));
    const isBare = (index: number): boolean => bare.has(ids[wanted[index]?.key ?? ''] ?? '');
    return answer(
      place,
      lists.map((list, index) => (isBare(index) ? { ...list, withoutVersions: true } : list)),
    );
  };

  function answer(place: Place | undefined, lists: readonly Outcome[]): Provisioned {
    const lacksGrant = lists.some(({ problem }) => problem?.code === 'not-granted');
    return place && lacksGrant ? { lists, grant: grantOn(place.site, appId, address) } : { lists };
  }
}

/** Only `fullcontrol` has been shown to make lists; `write` is enough once they are there. */
function grantOn(site: TeamSite, appId: string, address: string): NeededGrant {
  const application = { id: appId, displayName: 'CoP Companion' };
  return {
    appId,
    site,
    // By the address: it needs no quotation marks in any shell, and whoever runs it need not be in the team.
    command: `npm run grant -- ${site.url}`,
    call: `POST ${address}/v1.0/sites/${site.id}/permissions`,
    body: JSON.stringify({ roles: ['fullcontrol'], grantedToIdentitiesV2: [{ application }] }),
  };
}

interface Ensured {
  readonly state: Outcome['state'];
  readonly id: string;
  /** Why a column that came with a later version could not be made. */
  readonly refused?: CommunityError;
}

async function ensureList(graph: Graph, site: string, definition: Wanted, existing: Existing): Promise<Ensured> {
  const there = existing ?? (await makeList(graph, site, definition));
  // What Graph made is looked at like what was there: columns of a new list have been seen to be missing.
  const { repaired, refused } = await mendColumns(
    graph,
    `/sites/${site}/lists/${there.id}`,
    definition,
    there.columns ?? [],
  );
  return { id: there.id, state: there.isNew ? 'created' : repaired ? 'repaired' : 'ready', ...refused };
}

async function makeList(graph: Graph, site: string, definition: Wanted): Promise<Found & { readonly isNew: boolean }> {
  const isNew = await unlessThere(() =>
    graph.post(`/sites/${site}/lists`, {
      displayName: definition.title,
      description: definition.about,
      list: { template: 'genericList' },
      columns: wantedColumns(definition),
    }),
  );
  // Somebody was quicker, or it was us and the answer got lost, where it is not new.
  const path = `/sites/${site}/lists/${encodeURIComponent(definition.title)}?$expand=columns`;
  return { ...(await graph.get<Found>(path)), isNew };
}

/** Says whether there was something to mend, and why a column that the list works without could not be made. */
async function mendColumns(
  graph: Graph,
  path: string,
  definition: Wanted,
  columns: readonly ColumnDefinition[],
): Promise<{ readonly repaired: boolean; readonly refused: Pick<Ensured, 'refused'> }> {
  const present = new Map(columns.map(column => [column.name, column]));
  let repaired = false;
  let refused: Pick<Ensured, 'refused'> = {};
  for (const wanted of wantedColumns(definition)) {
    const found = present.get(wanted.name);
    if (!found) {
      try {
        await unlessThere(() => graph.post(`${path}/columns`, wanted));
      } catch (error) {
        if (!isLater(definition, wanted.name) || !(error instanceof CommunityError)) throw error;
        refused = { refused: error };
        continue;
      }
      if (wanted.name === columnName('key')) await fillKeys(graph, path);
      repaired = true;
      continue;
    }
    const lacks = lackingOf(wanted, found);
    if (!lacks) continue;
    await graph.patch(`${path}/columns/${found.id}`, lacks);
    repaired = true;
  }
  return { repaired, refused };
}

/**
 * The index and the uniqueness that a column has lost. SharePoint makes a column unique only together with an index.
 */
function lackingOf(
  { indexed, enforceUniqueValues }: WantedColumn,
  found: ColumnDefinition,
): Pick<ColumnDefinition, 'indexed' | 'enforceUniqueValues'> | undefined {
  if (enforceUniqueValues && !found.enforceUniqueValues) return { indexed: true, enforceUniqueValues: true };
  return indexed && !found.indexed ? { indexed: true } : undefined;
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
