import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import {
  AuthenticationError,
  ClaimsIdentity,
  MsalServiceClientCredentialsFactory,
  type AuthenticateRequestResult,
  type ConnectorClient,
  type ConnectorFactory,
} from 'botframework-connector';
import { takesAnswers } from '../clouds.ts';
import type { Config } from '../config.ts';
import type { EntraClient } from '../graph/entra.ts';
import type { TeamsActivity } from './activity.ts';
import { forAnswers, withoutRetries } from './connector.ts';
import { Refused } from './connector-errors.ts';

/** Bot Framework's door in both directions, with Microsoft's own token checks. */
export interface Adapter {
  /**
   * Checks the token of an activity against what the activity says. Whatever Bot Framework throws at a token, it is a
   * refusal.
   */
  check(authorization: string, activity: TeamsActivity): Promise<Checked | 'refused' | 'unavailable'>;
  /** Runs the turn for an activity whose token was checked when it came. */
  run(activity: TeamsActivity, turn: (context: TurnContext) => Promise<void>): Promise<void>;
  /**
   * The connector at this address, with the bot's own token. Each call is made once: who calls keeps the pace, and
   * decides about another try.
   */
  connector(serviceUrl: string): Promise<ConnectorClient>;
}

/** An activity whose token is good. */
interface Checked {
  /** Runs the turn, and gives what it answers. */
  run(turn: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined>;
}

/** Opens what Bot Framework keeps protected, so that the status codes and the log are ours. */
class Door extends CloudAdapter {
  /** With the activity itself in the turn, where `continueConversationAsync` would put an empty one. */
  run(
    checked: AuthenticateRequestResult,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(checked, activity, turn);
  }
}

/** Microsoft's authentication, with our hand on the connectors that turns answer through. */
class Authentication extends ConfigurationBotFrameworkAuthentication {
  readonly leaving: () => void;
  readonly audience: string;

  constructor(
    leaving: () => void,
    audience: string,
    ...rest: ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>
  ) {
    super(...rest);
    this.leaving = leaving;
    this.audience = audience;
  }

  override async authenticateRequest(
    ...request: Parameters<ConfigurationBotFrameworkAuthentication['authenticateRequest']>
  ): Promise<AuthenticateRequestResult> {
    const result = await super.authenticateRequest(...request);
    return result.connectorFactory ? { ...result, connectorFactory: this.#answering(result.connectorFactory) } : result;
  }

  /** For an activity whose token was checked when it came. */
  authenticated(claimsIdentity: ClaimsIdentity): AuthenticateRequestResult {
    return {
      audience: this.audience,
      callerId: 'urn:botframework:azure',
      claimsIdentity,
      connectorFactory: this.#answering(this.createConnectorFactory(claimsIdentity)),
    };
  }

  #answering(factory: ConnectorFactory): ConnectorFactory {
    return {
      create: async (serviceUrl, audience) =>
        forAnswers((await factory.create(serviceUrl, audience)) as ConnectorClient, this.leaving),
    };
  }
}

/** @param answering is told of each call that answers somebody, which leaves at once. */
export function createAdapter(config: Config, client: EntraClient, answering: () => void): Adapter {
  // No app id means no authentication to Bot Framework: the playground's open door.
  const appId = config.botDoor === 'open' ? '' : config.appId;
  const { cloud } = config;
  const authentication = new Authentication(
    answering,
    cloud.bots,
    {
      MicrosoftAppId: appId,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: config.tenantId,
      // When one of these is set, none of the others gets a default: all seven are named.
      ToChannelFromBotLoginUrl: `${cloud.login}/${config.tenantId}`,
      ToChannelFromBotOAuthScope: cloud.bots,
      ToBotFromChannelTokenIssuer: cloud.bots,
      // Never asked: people sign in through the tab.
      OAuthUrl: cloud.bots,
      ToBotFromChannelOpenIdMetadataUrl: config.botOpenIdMetadata,
      ToBotFromEmulatorOpenIdMetadataUrl: `${config.loginUrl}/${config.tenantId}/v2.0/.well-known/openid-configuration`,
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: true,
    },
    new MsalServiceClientCredentialsFactory(
      appId,
      client as unknown as ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1],
    ),
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

  const connectors = new Map<string, Promise<ConnectorClient>>();
  async function open(serviceUrl: string): Promise<ConnectorClient> {
    // The door takes no other; what was kept before it was so strict is not believed either.
    if (config.botDoor === 'signed' && !takesAnswers(cloud, config.localServiceUrl, serviceUrl))
      throw new Refused('unknown', 'no service address of Microsoft’s');
    return withoutRetries(
      (await authentication
        .createConnectorFactory(ourselves(serviceUrl))
        .create(serviceUrl, cloud.bots)) as ConnectorClient,
    );
  }

  return {
    async check(authorization, activity) {
      try {
        const checked = await authentication.authenticateRequest(activity as unknown as Activity, authorization);
        return { run: turn => door.run(checked, activity as unknown as Activity, turn) };
      } catch (error) {
        return isKeysFault(error) ? 'unavailable' : 'refused';
      }
    },
    async run(activity, turn) {
      await door.run(
        authentication.authenticated(ourselves(activity.serviceUrl)),
        activity as unknown as Activity,
        turn,
      );
    },
    connector(serviceUrl) {
      const known = connectors.get(serviceUrl);
      if (known) return known;
      const opened = open(serviceUrl);
      connectors.set(serviceUrl, opened);
      opened.catch(() => connectors.delete(serviceUrl));
      return opened;
    },
  };
}

/** Bot Framework reads the keys with node-fetch, and calls an answer that is none a server error. */
function isKeysFault(error: unknown): boolean {
  return (
    (error instanceof AuthenticationError && error.statusCode >= 500) ||
    (error instanceof Error && error.name === 'FetchError')
  );
}
