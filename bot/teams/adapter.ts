import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Activity, type InvokeResponse, type TurnContext } from 'botbuilder';
import { ClaimsIdentity, MsalServiceClientCredentialsFactory, type ConnectorClient } from 'botframework-connector';
import type { Config } from '../config.ts';
import type { EntraClient } from '../data/graph.ts';
import type { TeamsActivity } from './activity.ts';

/** Bot Framework's door in both directions, with Microsoft's own token checks. */
export interface Adapter {
  /** Checks the token of an activity and runs the turn. Throws AuthenticationError when the token is not good. */
  receive(authorization: string, activity: Activity, turn: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined>;
  /** Checks the token of an activity and does no more. Throws AuthenticationError when the token is not good. */
  check(authorization: string, activity: TeamsActivity): Promise<void>;
  /** Runs the turn for an activity whose token was checked when it came. */
  run(activity: TeamsActivity, turn: (context: TurnContext) => Promise<void>): Promise<void>;
  /** The connector at this address, with the bot's own token. */
  connector(serviceUrl: string): Promise<ConnectorClient>;
}

const issuer = 'https://api.botframework.com';

/** Opens what Bot Framework keeps protected, so that the status codes and the log are ours. */
class Door extends CloudAdapter {
  receive(authorization: string, activity: Activity, turn: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, turn);
  }

  /** With the activity itself in the turn, where `continueConversationAsync` would put an empty one. */
  run(identity: ClaimsIdentity, activity: Activity, turn: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.processProactive(identity, activity, issuer, turn);
  }
}

export function createAdapter(config: Config, client: EntraClient): Adapter {
  // No app id means no authentication to Bot Framework: the playground's open door.
  const appId = config.botDoor === 'open' ? '' : config.appId;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: config.tenantId,
      // When one of these is set, none of the others gets a default: all seven are named.
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${config.tenantId}`,
      ToChannelFromBotOAuthScope: issuer,
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: config.botOpenIdMetadata,
      ToBotFromEmulatorOpenIdMetadataUrl: `${config.loginUrl}/${config.tenantId}/v2.0/.well-known/openid-configuration`,
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: true,
    },
    new MsalServiceClientCredentialsFactory(appId, client as unknown as ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1]),
  );
  const door = new Door(authentication);
  // Let the caller decide what a failed turn means, instead of Bot Framework's "the bot encountered an error".
  door.onTurnError = async (_context, error) => {
    throw error;
  };

  function ourselves(serviceUrl: string): ClaimsIdentity {
    return new ClaimsIdentity([
      { type: 'aud', value: appId },
      { type: 'appid', value: appId },
      { type: 'serviceurl', value: serviceUrl },
    ]);
  }

  return {
    receive: (authorization, activity, turn) => door.receive(authorization, activity, turn),
    async check(authorization, activity) {
      await authentication.authenticateRequest(activity as unknown as Activity, authorization);
    },
    run: (activity, turn) => door.run(ourselves(activity.serviceUrl), activity as unknown as Activity, turn),
    async connector(serviceUrl) {
      return (await authentication.createConnectorFactory(ourselves(serviceUrl)).create(serviceUrl, issuer)) as ConnectorClient;
    },
  };
}
