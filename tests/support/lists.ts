import { createFindSite, createTeamLists, type FindSite } from '../../bot/lists/community-lists.ts';
import { createGraphThrottle } from '../../bot/graph/throttle.ts';
import { createGraph, type Caller, type Graph } from '../../bot/graph/client.ts';
import { createEntraClient } from '../../bot/graph/entra.ts';
import type { ListsOf, TeamLists } from '../../bot/lists/model.ts';
import { provisionView } from '../../bot/features/settings/problems.ts';
import { text } from '../../bot/features/settings/text.ts';
import { createTexts } from '../../bot/text.ts';
import { createProvision } from '../../bot/lists/provisioning.ts';
import type { ProvisionView } from '../../domain/settings/api.ts';
import { tenant } from '../../infra/local/directory.ts';
import { startMicrosoft365, type Microsoft365 } from '../../infra/local/microsoft365.ts';
import { localOutside } from '../../infra/local/product.ts';
import { sampleTeam, seedPeople } from '../../infra/local/sample-people.ts';
import { untilEnd } from './clean-up.ts';

/** SharePoint lists over HTTP: local Entra and Graph, reached with the real clients. */
export interface ListsOverHttp {
  readonly microsoft365: Microsoft365;
  readonly team: string;
  readonly lists: ListsOf<TeamLists>;
  readonly graphAs: (caller: Caller) => Graph;
  readonly findSite: FindSite;
  /** Makes the lists; what Graph said is told in English. */
  readonly provision: (community: string) => Promise<ProvisionView>;
  stop(): Promise<void>;
}

/** A team whose site the app may change; its lists are not made yet. */
export async function startListsOverHttp(): Promise<ListsOverHttp> {
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => 'http://localhost:1' });
  const stop = untilEnd(() => microsoft365.close());
  seedPeople(microsoft365.directory);
  microsoft365.graph.grantSite(sampleTeam.id, 'fullcontrol');
  microsoft365.graph.setTeamConsent(sampleTeam.id, ['TeamMember.Read.Group']);

  const { fetch, networkClient } = localOutside(microsoft365);
  const registration = { appId: tenant.appId, appPassword: tenant.appSecret, tenantId: tenant.id };
  const graphAs = createGraph({
    client: createEntraClient(registration, networkClient),
    people: createEntraClient(registration, networkClient),
    fetch,
    throttle: createGraphThrottle({ unitsAMinute: 100_000 }),
  });
  const findSite = createFindSite(graphAs);
  const provision = createProvision(graphAs, findSite);
  const english = createTexts({ settings: text }).for('settings', 'en-GB');
  return {
    microsoft365,
    team: sampleTeam.id,
    lists: createTeamLists(graphAs, findSite),
    graphAs,
    findSite,
    provision: async community => provisionView(await provision(community, english), english),
    stop,
  };
}
