import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { tenant, type Channel, type Team } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import { teamRoute, type GraphAnswer, type Route, type TeamCall } from './call.ts';
import { GraphError, problems } from './errors.ts';

/** What a configuration page, or Graph's caller, says of a tab. */
export const TabConfiguration = z.object({
  entityId: z.string().min(1).max(200),
  contentUrl: z.url(),
  websiteUrl: z.url().optional(),
  removeUrl: z.url().optional(),
});
export type TabConfiguration = z.infer<typeof TabConfiguration>;

/** A tab that somebody, or the app, added to a channel. */
interface AddedTab extends TabConfiguration {
  readonly teamId: string;
  readonly channelId: string;
  readonly name: string;
}

/** The app's tabs in channels. There is none that nobody added. */
export interface Tabs {
  of(teamId: string): readonly (AddedTab & { readonly id: string })[];
  /** @throws Error for a page of somebody else: the manifest's `validDomains` hold the product's own alone */
  add(tab: AddedTab): string;
  remove(id: string): void;
  /** The app left the team, and its tabs with it. */
  removeAll(teamId: string): void;
  onChange(listener: () => void): void;
  readonly routes: readonly Route[];
}

const Body = z.object({
  displayName: z.string().min(1).max(128),
  'teamsApp@odata.bind': z.string(),
  configuration: TabConfiguration,
});

export function openTabs(
  { store, productUrl }: Pick<LocalTenant, 'store' | 'productUrl'>,
  { base, hasApp }: { readonly base: string; readonly hasApp: (teamId: string) => boolean },
): Tabs {
  const tabs = store.collection<AddedTab>('graph.tabs');
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  function add(tab: AddedTab): string {
    for (const page of [tab.contentUrl, tab.websiteUrl, tab.removeUrl]) {
      if (page !== undefined && new URL(page).origin !== new URL(productUrl()).origin)
        throw new Error(`A tab's address has to begin with ${productUrl()}.`);
    }
    const id = String(tabs.next());
    tabs.put(id, tab);
    changed();
    return id;
  }

  function create({ team, params, body }: TeamCall): GraphAnswer {
    const channel = team.channels.find(({ id }) => id === params['channel']);
    if (!channel) throw problems.itemNotFound('channel');
    const asked = Body.safeParse(body);
    if (!asked.success) throw new GraphError(400, 'BadRequest', 'Invalid tab in the request body.');
    const { displayName, configuration, 'teamsApp@odata.bind': bound } = asked.data;
    if (bound !== `${base}/appCatalogs/teamsApps/${tenant.catalogueAppId}`)
      throw new GraphError(404, 'NotFound', 'No app was found for the teamsApp of the request.');
    if (!hasApp(team.id)) throw new GraphError(403, 'Forbidden', 'The app is not installed in the team.');
    let id: string;
    try {
      id = add({ ...configuration, teamId: team.id, channelId: channel.id, name: displayName });
    } catch (error) {
      throw new GraphError(400, 'BadRequest', error instanceof Error ? error.message : String(error));
    }
    return { status: 201, body: shown(base, team, channel, { id, displayName, configuration }) };
  }

  return {
    of: teamId => [...tabs.entries()].flatMap(([id, tab]) => (tab.teamId === teamId ? [{ ...tab, id }] : [])),
    add,
    remove(id) {
      tabs.delete(id);
      changed();
    },
    removeAll(teamId) {
      for (const [id, tab] of [...tabs.entries()]) if (tab.teamId === teamId) tabs.delete(id);
      changed();
    },
    onChange: listener => void listeners.add(listener),
    routes: [teamRoute('POST', '/teams/{team}/channels/{channel}/tabs', create)],
  };
}

function shown(
  base: string,
  team: Team,
  channel: Channel,
  tab: { readonly id: string; readonly displayName: string; readonly configuration: TabConfiguration },
): object {
  return {
    '@odata.context': `${base}/$metadata#teams('${team.id}')/channels('${encodeURIComponent(channel.id)}')/tabs/$entity`,
    ...tab,
    id: randomUUID(),
    webUrl: `https://teams.microsoft.com/l/entity/${tenant.catalogueAppId}/${encodeURIComponent(tab.configuration.entityId)}?context=${encodeURIComponent(JSON.stringify({ channelId: channel.id }))}`,
  };
}
