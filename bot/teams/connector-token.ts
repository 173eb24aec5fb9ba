import type { Config } from '../config.ts';
import { createBearerCheck, createKeys, type Bearer, type BearerCheck } from '../http/bearer.ts';
import type { TeamsActivity } from './activity.ts';

/**
 * Checks the token that comes with an activity: the Bot Connector's, for this bot, good now. Bot Framework would check
 * it too, but looks for a key that it does not know once an hour at most, and refuses whatever is signed with it until
 * then.
 * @see https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export function createConnectorCheck(config: Config, fetch: typeof globalThis.fetch): BearerCheck {
  return createBearerCheck({
    issuedBy: 'the Bot Connector',
    issuer: config.cloud.bots,
    audience: config.appId,
    // As much as Bot Framework allows.
    clockTolerance: 300,
    keys: createKeys({ at: { description: config.botOpenIdMetadata }, fetch }),
  });
}

/**
 * Whether a token speaks for what an activity says: for the address where it is answered, by its claim, and for the
 * channel it came by, by its key.
 */
export function speaksFor(
  { claims, endorsements }: Bearer,
  { serviceUrl, channelId }: Pick<TeamsActivity, 'serviceUrl' | 'channelId'>,
): boolean {
  return claims['serviceurl'] === serviceUrl && (endorsements.length === 0 || endorsements.includes(channelId));
}
