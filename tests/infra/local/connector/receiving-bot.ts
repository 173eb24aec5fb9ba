import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Activity, type TurnContext } from 'botbuilder';
import {
  AppCredentials,
  ClaimsIdentity,
  MsalServiceClientCredentialsFactory,
  type ConnectorClient,
} from 'botframework-connector';
import { createServer, plugins, type Server } from 'restify';
import type { AddressInfo } from 'node:net';
import { tenant } from '../../../../infra/local/directory.ts';
import { startMicrosoft365, type Microsoft365 } from '../../../../infra/local/microsoft365.ts';
import { seedPeople } from '../../../../infra/local/sample-people.ts';
import type { LocalTenant } from '../../../../infra/local/tenant.ts';
import { signIn } from '../tenant.ts';

/** Local Microsoft 365 and a bot made of botbuilder's own adapter, whose token checks are the real ones. */
export interface Stage {
  readonly microsoft365: Microsoft365;
  /** What reached the bot with a good token, in order. */
  readonly heard: Activity[];
  /** The bot's own way to the connector. */
  bot(): Promise<ConnectorClient>;
  /** How the bot answers the next activities; forgotten by `reset`. */
  answer(turn: (context: TurnContext) => Promise<void>): void;
  /** The product's server, for pages of a test's own. */
  readonly server: Server;
  close(): Promise<void>;
}

const audience = 'https://api.botframework.com';

/**
 * botbuilder keeps tokens for the whole process, by app and not by tenant: one of another stage would be offered here.
 */
function forgetTokens(): void {
  (AppCredentials as unknown as { readonly cache: Map<string, unknown> }).cache.clear();
}

export async function openStage(dataDir: string | null = null): Promise<Stage> {
  let botUrl = '';
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir, productUrl: () => botUrl });
  seedPeople(microsoft365.directory);
  forgetTokens();

  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: tenant.appId,
      MicrosoftAppPassword: tenant.appSecret,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: tenant.id,
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenant.id}`,
      ToChannelFromBotOAuthScope: audience,
      ToBotFromChannelTokenIssuer: audience,
      OAuthUrl: microsoft365.url,
      ToBotFromChannelOpenIdMetadataUrl: `${microsoft365.url}/v1/.well-known/openidconfiguration`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${microsoft365.url}/${tenant.id}/v2.0/.well-known/openid-configuration`,
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: true,
    },
    new MsalServiceClientCredentialsFactory(
      tenant.appId,
      signIn({ url: () => microsoft365.url } as LocalTenant) as unknown as ConstructorParameters<
        typeof MsalServiceClientCredentialsFactory
      >[1],
    ),
  );
  const adapter = new CloudAdapter(authentication);
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  const heard: Activity[] = [];
  let turn: (context: TurnContext) => Promise<void> = async () => undefined;

  const server = createServer();
  server.use(plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request as never, response, async context => {
      heard.push(context.activity);
      await turn(context);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  botUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    microsoft365,
    heard,
    async bot() {
      const serviceUrl = `${microsoft365.url}/connector/`;
      const identity = new ClaimsIdentity([
        { type: 'aud', value: tenant.appId },
        { type: 'appid', value: tenant.appId },
        { type: 'serviceurl', value: serviceUrl },
      ]);
      return (await authentication.createConnectorFactory(identity).create(serviceUrl, audience)) as ConnectorClient;
    },
    answer: next => void (turn = next),
    server,
    async close() {
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        (server as unknown as { server: { closeAllConnections(): void } }).server.closeAllConnections();
      });
      await microsoft365.close();
      forgetTokens();
    },
  };
}

/** A message with one card. */
export function cardMessage(card: object): Activity {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', version: '1.5', ...card },
      },
    ],
  } as unknown as Activity;
}

export function textMessage(text: string): Activity {
  return { type: 'message', text } as Activity;
}

/** The invoke response of a card action, as botbuilder sends it. */
export async function respond(context: TurnContext, body: unknown, status = 200): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status, body } });
}
