import { pino } from 'pino';
import { createTeamLists } from '../../bot/lists/community-lists.ts';
import type { Database } from '../../bot/database/connection.ts';
import { createMirror, usualFreshness, type Freshness, type Mirror } from '../../bot/lists/mirror.ts';
import { createMirrorStore } from '../../bot/lists/mirror-store.ts';
import { createPlaces, type Places } from '../../bot/lists/places.ts';
import { createGraphThrottle } from '../../bot/graph/throttle.ts';
import { createGraph, type Caller, type Graph } from '../../bot/graph/client.ts';
import { createEntraClient } from '../../bot/graph/entra.ts';
import type { ListsOf, TeamLists } from '../../bot/lists/model.ts';
import { provisionView } from '../../bot/features/settings/problems.ts';
import { text } from '../../bot/features/settings/text.ts';
import { createTexts } from '../../bot/text.ts';
import { createProvision, type Provisioned } from '../../bot/lists/provisioning.ts';
import type { ProvisionView } from '../../domain/settings/api.ts';
import { tenant } from '../../infra/local/directory.ts';
import { startMicrosoft365, type Microsoft365 } from '../../infra/local/microsoft365.ts';
import { localOutside } from '../../infra/local/product.ts';
import { samplePeople, sampleTeam, seedPeople } from '../../infra/local/sample-people.ts';
import { untilEnd } from './clean-up.ts';
import { placesInMemory } from './places.ts';

/** SharePoint lists over HTTP: local Entra and Graph, reached with the real clients. */
export interface ListsOverHttp {
  readonly microsoft365: Microsoft365;
  readonly team: string;
  readonly lists: ListsOf<TeamLists>;
  /** The same lists as one server has them: read from the copy in this database. */
  readonly mirroredIn: (database: Database, options?: MirrorOptions) => ListsOf<TeamLists>;
  /** The same, with the copy itself. */
  readonly mirrorIn: (
    database: Database,
    options?: MirrorOptions,
  ) => { readonly mirror: Mirror; readonly lists: ListsOf<TeamLists> };
  readonly graphAs: (caller: Caller) => Graph;
  readonly places: Places;
  /** The id of a team's site. */
  readonly findSite: (community: string) => Promise<string>;
  /** Makes the lists; what Graph said is told in English. */
  readonly provision: (community: string) => Promise<ProvisionView>;
  /** What was made, before anybody is told in their language. */
  readonly ask: (community: string) => Promise<Provisioned>;
  /** A new token of the app itself, with what is consented to at this moment. */
  readonly appToken: () => Promise<string>;
  stop(): Promise<void>;
}

export interface MirrorOptions {
  /** How old a copy may be; whoever reads looks again when left out. */
  readonly freshness?: Freshness;
  readonly now?: () => Date;
  readonly isBackground?: () => boolean;
  readonly changed?: (community: string, list: string) => void;
  /** Hears of a community whose lists are not right. */
  readonly broken?: (community: string) => void;
}

/** Whoever reads looks again: what was changed by hand in SharePoint is there. */
export const alwaysFresh: Freshness = { ...usualFreshness, fresh: 0, served: 0, forJobs: 0, patience: Infinity };

/** A team whose site the app may change; its lists are not made yet. */
export async function startListsOverHttp({
  between = fetch => fetch,
}: {
  /** What stands between the product and Graph, such as a network that loses answers. */
  readonly between?: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
} = {}): Promise<ListsOverHttp> {
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => 'http://localhost:1' });
  const stop = untilEnd(() => microsoft365.close());
  seedPeople(microsoft365.directory);
  microsoft365.graph.grantSite(sampleTeam.id, 'fullcontrol');
  microsoft365.graph.setTeamConsent(sampleTeam.id, ['TeamMember.Read.Group']);

  const { fetch, networkClient } = localOutside(microsoft365);
  const credential = { kind: 'secret', secret: tenant.appSecret } as const;
  const registration = { appId: tenant.appId, credential, tenantId: tenant.id };
  const graphAs = createGraph({
    client: createEntraClient(registration, networkClient),
    people: createEntraClient(registration, networkClient),
    fetch: between(fetch),
    throttle: createGraphThrottle({ unitsAMinute: 100_000 }),
  });
  const places = createPlaces({ store: placesInMemory(), graphAs });
  // As when its owner opens the tab.
  await places.learn(sampleTeam.id, await microsoft365.entra.issueTabToken(samplePeople[0]!.id));
  const provision = createProvision({
    graphAs,
    places,
    appId: tenant.appId,
    graph: 'https://graph.microsoft.com',
  });
  const mirrorIn: ListsOverHttp['mirrorIn'] = (database, options = {}) => {
    const { freshness = alwaysFresh, now = microsoft365.clock.now, isBackground = () => false } = options;
    const mirror = createMirror({
      store: createMirrorStore(database.db),
      graph: graphAs('app'),
      now,
      log: pino({ level: 'silent' }),
      isBackground,
      inBackground: work => work(),
      changed: options.changed ?? (() => {}),
      broken: options.broken ?? (() => {}),
      freshness,
    });
    return { mirror, lists: createTeamLists(graphAs, places.find, { mirror }) };
  };
  const english = createTexts({ settings: text }).for('settings', 'en-GB');
  return {
    microsoft365,
    team: sampleTeam.id,
    lists: createTeamLists(graphAs, places.find),
    mirrorIn,
    mirroredIn: (database, options) => mirrorIn(database, options).lists,
    graphAs,
    places,
    findSite: async community => (await places.find(community)).site.id,
    provision: async community =>
      provisionView(await provision(community, english), { name: sampleTeam.displayName }, english),
    ask: community => provision(community, english),
    async appToken() {
      const scopes = ['https://graph.microsoft.com/.default'];
      const result = await createEntraClient(registration, networkClient).acquireTokenByClientCredential({ scopes });
      return result?.accessToken ?? '';
    },
    stop,
  };
}
