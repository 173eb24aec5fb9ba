import {
  CloudAdapterBase,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder-core';
import {
  ClaimsIdentity,
  MsalServiceClientCredentialsFactory,
  TeamsConnectorClient,
  type AuthenticateRequestResult,
  type ConnectorClient,
  type ConnectorFactory,
} from 'botframework-connector';
import { takesAnswers } from '../clouds.ts';
import type { Config } from '../config.ts';
import type { EntraClient } from '../graph/entra.ts';
import { PermanentError } from '../messages/delivery-errors.ts';
import type { TeamsActivity } from './activity.ts';
import { forAnswers, withoutRetries } from './connector.ts';

/** Does what an activity asks; the context answers it. */
export type Handle = (activity: TeamsActivity, context: Answering) => Promise<void>;

/** What handlers use of Bot Framework's turn. The activity in it is the one they are given. */
export type Answering = Pick<TurnContext, 'sendActivity' | 'updateActivity'>;

/** Bot Framework in both directions. Who sent an activity is checked before it comes here. */
export interface Adapter {
  /** Handles an activity whose token was checked when it came, and gives what it answers. */
  run(activity: TeamsActivity, handle: Handle): Promise<InvokeResponse | undefined>;
  /**
   * The connector at this address, with the bot's own token. Each call is made once: the caller keeps to the rate
   * limit, and decides about another try.
   */
  connector(serviceUrl: string): Promise<ConnectorClient>;
  /**
   * What Teams knows of teams and people, asked at this address while somebody's activity is handled: counted, and
   * tried again, as an answer is.
   */
  questions(serviceUrl: string): Promise<Questions>;
}

/** Each answers with what the Bot Connector says, unchecked, and fails with `PermanentError` or `RetryableError`. */
export interface Questions {
  /** `GET /v3/teams/{team}` */
  team(id: string): Promise<unknown>;
  /** `GET /v3/teams/{team}/conversations` */
  channels(team: string): Promise<unknown>;
  /** `GET /v3/conversations/{conversation}/members/{member}` */
  member(conversation: string, id: string): Promise<unknown>;
}

/** Opens what Bot Framework keeps protected, so that the status codes and the log are ours. */
class OpenAdapter extends CloudAdapterBase {
  /** With the activity itself in the turn, where `continueConversationAsync` would put an empty one. */
  run(
    checked: AuthenticateRequestResult,
    activity: TeamsActivity,
    handle: Handle,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(checked, activity as unknown as Activity, context => handle(activity, context));
  }
}

/** Microsoft's authentication of what goes out, with our hand on the connectors that handlers answer through. */
class Authentication extends ConfigurationBotFrameworkAuthentication {
  readonly countAnswer: () => void;
  readonly audience: string;

  constructor(
    countAnswer: () => void,
    audience: string,
    ...rest: ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>
  ) {
    super(...rest);
    this.countAnswer = countAnswer;
    this.audience = audience;
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
        forAnswers((await factory.create(serviceUrl, audience)) as ConnectorClient, this.countAnswer),
    };
  }
}

/** @param countAnswer is called for each call that answers a person, which leaves at once */
export function createAdapter(config: Config, client: EntraClient, countAnswer: () => void): Adapter {
  const authentication = createAuthentication(config, client, countAnswer);
  const adapter = new OpenAdapter(authentication);
  // Let the caller decide what a failure means, instead of Bot Framework's "the bot encountered an error".
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };

  const connectors = new Map<string, Promise<ConnectorClient>>();
  function connector(serviceUrl: string): Promise<ConnectorClient> {
    const known = connectors.get(serviceUrl);
    if (known) return known;
    const opened = openClient(config, authentication, serviceUrl).then(withoutRetries);
    connectors.set(serviceUrl, opened);
    opened.catch(() => connectors.delete(serviceUrl));
    return opened;
  }

  return {
    run: (activity, handle) =>
      adapter.run(authentication.authenticated(ownIdentity(config, activity.serviceUrl)), activity, handle),
    connector,
    async questions(serviceUrl) {
      const client = await openClient(config, authentication, serviceUrl);
      const { teams } = forAnswers(new TeamsConnectorClient(client.credentials, { baseUri: serviceUrl }), countAnswer);
      const { conversations } = forAnswers(client, countAnswer);
      return {
        team: id => teams.fetchTeamDetails(id),
        channels: team => teams.fetchChannelList(team),
        member: (conversation, id) => conversations.getConversationMember(conversation, id),
      };
    },
  };
}

/** No app id means no authentication to Bot Framework: as in the playground. */
function appIdOf(config: Config): string {
  return config.botAuth === 'open' ? '' : config.appId;
}

function createAuthentication(config: Config, client: EntraClient, countAnswer: () => void): Authentication {
  const { cloud } = config;
  return new Authentication(
    countAnswer,
    cloud.bots,
    {
      MicrosoftAppId: appIdOf(config),
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
      appIdOf(config),
      client as unknown as ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1],
    ),
  );
}

function ownIdentity(config: Config, serviceUrl: string): ClaimsIdentity {
  return new ClaimsIdentity([
    { type: 'aud', value: appIdOf(config) },
    { type: 'appid', value: appIdOf(config) },
    { type: 'serviceurl', value: serviceUrl },
  ]);
}

async function openClient(
  config: Config,
  authentication: Authentication,
  serviceUrl: string,
): Promise<ConnectorClient> {
  // What comes in may name no other address; what was kept before that was so strict is not believed either.
  if (config.botAuth === 'signed' && !takesAnswers(config.cloud, config.localServiceUrl, serviceUrl))
    throw new PermanentError('unknown', 'no service address of Microsoft’s');
  const factory = authentication.createConnectorFactory(ownIdentity(config, serviceUrl));
  return (await factory.create(serviceUrl, config.cloud.bots)) as ConnectorClient;
}
