import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChecks, type Checks } from '../../../bot/checks/checks.ts';
import type { Config } from '../../../bot/config.ts';
import { openDatabase, type Database } from '../../../bot/database/connection.ts';
import { createChannelTabs } from '../../../bot/graph/channel-tabs.ts';
import { createGraph } from '../../../bot/graph/client.ts';
import { createEntraClient, type NetworkClient } from '../../../bot/graph/entra.ts';
import { createGraphThrottle } from '../../../bot/graph/throttle.ts';
import { createPlaceStore } from '../../../bot/lists/place-store.ts';
import { createPlaces } from '../../../bot/lists/places.ts';
import { createProvision } from '../../../bot/lists/provisioning.ts';
import { tenant } from '../../../infra/local/directory.ts';
import { startMicrosoft365, type Microsoft365 } from '../../../infra/local/microsoft365.ts';
import { localConfig, localOutside } from '../../../infra/local/product.ts';
import { samplePeople, sampleTeam, seedPeople } from '../../../infra/local/sample-people.ts';
import { temporaryFolder, untilEnd } from '../../support/clean-up.ts';
import { fillWithDatabase } from '../../support/prepared.ts';

/** What a test changes about how the checks look. */
export interface Choices {
  readonly config?: Partial<Config>;
  readonly networkClient?: NetworkClient;
  readonly fetch?: typeof fetch;
  readonly machineTime?: () => Date;
  readonly db?: null;
}

/** A tenant in which everything is as it should be: the app has its site, its lists, its team and its tab. */
export interface Stage {
  readonly microsoft365: Microsoft365;
  readonly database: Database;
  readonly config: Config;
  /** The server the checks ask at its public address. */
  readonly server: Server;
  checks(choices?: Choices): Checks;
  /** The id of a team's site, as its owner learns it. */
  siteOf(team: string): Promise<string>;
}

const owner = samplePeople[0]!;
export const permissions = ['TeamMember.Read.Group', 'TeamsTab.Create.Group', 'TeamsTab.Read.Group'];

export async function openStage(): Promise<Stage> {
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => publicUrl });
  untilEnd(() => microsoft365.close());
  const server = createServer((_request, response) => void response.end('{"state":"live"}'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  untilEnd(async () => void server.close());
  const publicUrl = `http://localhost:${(server.address() as AddressInfo).port}`;

  const folder = await temporaryFolder('checks');
  await fillWithDatabase(folder.path);
  const database = await openDatabase({ databaseUrl: null, dataDir: folder.path });
  untilEnd(() => database.close());
  const known = localConfig({ microsoft365Url: microsoft365.url, port: 0, publicUrl, dataDir: folder.path });
  const config: Config = {
    ...known,
    credential: { kind: 'secret', secret: tenant.appSecret, ends: '2099-01-01' },
  };
  const outside = localOutside(microsoft365);

  function partsOf(choices: Choices) {
    const chosen = { ...config, ...choices.config };
    const client = createEntraClient(chosen, choices.networkClient ?? outside.networkClient);
    const throttle = createGraphThrottle({ unitsAMinute: 10_000 });
    const graphAs = createGraph({ client, people: client, fetch: choices.fetch ?? outside.fetch, throttle });
    return { config: chosen, client, graphAs };
  }

  seedPeople(microsoft365.directory);
  await addCommunity(database);
  microsoft365.graph.grantSite(sampleTeam.id, 'fullcontrol');
  microsoft365.graph.setTeamConsent(sampleTeam.id, permissions);
  const { graphAs } = partsOf({});
  const places = createPlaces({ store: createPlaceStore(database.db), graphAs });
  await places.learn(sampleTeam.id, await microsoft365.entra.issueTabToken(owner.id));
  await createProvision({ graphAs, places, appId: tenant.appId, graph: config.cloud.graph })(sampleTeam.id, key => key);
  const channelTabs = createChannelTabs({ graph: graphAs('app'), config, channelOf: async () => sampleTeam.threadId });
  const tab = await channelTabs.add({ id: sampleTeam.id } as never, 'Community');
  await database.db.updateTable('communities').set({ tab }).execute();

  return {
    microsoft365,
    database,
    config,
    server,
    async siteOf(team) {
      const onBehalfOf = await microsoft365.entra.issueTabToken(owner.id);
      return (await graphAs({ onBehalfOf }).get<{ id: string }>(`/groups/${team}/sites/root?$select=id`)).id;
    },
    checks(choices = {}) {
      const { config: chosen, client, graphAs: as } = partsOf(choices);
      return createChecks({
        config: chosen,
        client,
        graph: as('app'),
        db: choices.db === null ? null : database.db,
        channelTabs: createChannelTabs({ graph: as('app'), config: chosen, channelOf: async () => undefined }),
        fetch: choices.fetch ?? outside.fetch,
        ...(choices.machineTime ? { machineTime: choices.machineTime } : {}),
      });
    },
  };
}

async function addCommunity({ db }: Database): Promise<void> {
  await db
    .insertInto('communities')
    .values({
      id: sampleTeam.id,
      name: sampleTeam.displayName,
      thread_id: sampleTeam.threadId,
      channel_id: sampleTeam.threadId,
      service_url: 'http://localhost/',
      installed_by: null,
      installed_at: new Date(),
      settings: {} as never,
      removed_at: null,
    })
    .execute();
}

/** Entra as it refuses with this number. */
export function refusing(number: number, error = 'invalid_client'): NetworkClient {
  const answer = {
    error,
    error_description: `AADSTS${number}: no. Trace ID: a Correlation ID: b`,
    error_codes: [number],
    error_uri: `https://login.microsoftonline.com/error?code=${number}`,
  };
  const send = async () => ({ headers: {}, status: 401, body: answer as never });
  return { sendGetRequestAsync: send, sendPostRequestAsync: send };
}
