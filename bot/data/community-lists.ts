import type { Site } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Caller, Graph } from './graph.ts';
import { definitions, type CommunityLists, type ListDefinition, type Lists } from './lists.ts';
import type { Readings } from './shared-readings.ts';
import { createSharePointList, type FoundInOrder } from './sharepoint-list.ts';

/** Finds the SharePoint site of a team. Its id never changes, so it is asked for once in each process. */
export type FindSite = (community: string) => Promise<string>;

export function createFindSite(graphAs: (caller: Caller) => Graph): FindSite {
  const known = new Map<string, Promise<string>>();

  async function ask(community: string): Promise<string> {
    const site = await graphAs('app').get<Site>(`/groups/${encodeURIComponent(community)}/sites/root?$select=id`);
    if (!site.id) throw new CommunityError('unavailable', `Graph gave no site for team ${community}`);
    return site.id;
  }

  return community => {
    const asked = known.get(community) ?? ask(community);
    known.set(community, asked);
    // A failure is not remembered.
    asked.catch(() => known.delete(community));
    return asked;
  };
}

/** @param readings shares them; without it every call reads for itself. */
export function createLists(graphAs: (caller: Caller) => Graph, findSite: FindSite, readings?: Readings): Lists {
  const inOrder: FoundInOrder = new Map();

  function listsFor(community: string, caller: Caller): CommunityLists {
    const graph = graphAs(caller);
    const entries = Object.entries(definitions).map(([name, definition]) => {
      const list = createSharePointList(definition as ListDefinition, graph, () => findSite(community), inOrder);
      const where = { community, list: name };
      if (!readings) return [name, list];
      return [name, caller === 'app' ? readings.share(list, where) : readings.watch(list, where)];
    });
    return Object.fromEntries(entries) as CommunityLists;
  }

  return {
    of: community => listsFor(community, 'app'),
    onBehalfOf: (community, assertion) => listsFor(community, { onBehalfOf: assertion }),
  };
}
