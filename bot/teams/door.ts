import type { Activity } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import { decodeJwt } from 'jose';
import type { Logger } from 'pino';
import type { Request, Response } from 'restify';
import type { Config } from '../config.ts';
import { addressOf } from '../http/address.ts';
import { sendTooMany } from '../http/errors.ts';
import type { Inbox } from '../jobs/inbox.ts';
import type { AddressLimits } from '../limits.ts';
import type { Adapter } from './adapter.ts';
import { TeamsActivity } from './activity.ts';
import type { Turn } from './turn.ts';

const botFrameworkIssuer = 'https://api.botframework.com';

/** Nobody waits for what comes of these: they are kept first and done then. All others are answered at once or ignored. */
const kept: ReadonlySet<string> = new Set(['message', 'conversationUpdate', 'installationUpdate']);

/** How long to try to keep an activity, in milliseconds; Teams itself gives up after fifteen seconds. */
const keepWithin = 10_000;

export interface DoorParts {
  readonly config: Config;
  readonly adapter: Adapter;
  readonly inbox: Pick<Inbox<TeamsActivity>, 'take'>;
  /** For activities that are answered in the request. */
  readonly turn: Turn;
  readonly addressLimits: Pick<AddressLimits, 'refused'>;
  readonly log: Logger;
}

/**
 * `POST /api/messages`. Refuses before Bot Framework sees it what would crash it or slip through it:
 * bodies that are no activity; tokens of another issuer, which Bot Framework would let pass as "from the emulator"
 * and whose tenants it would remember without bound; other tenants than ours.
 */
export function createDoor({ config, adapter, inbox, turn, addressLimits, log }: DoorParts) {
  function refuse(response: Response, status: number, code: string, message: string, ids: object = {}): void {
    log.warn({ status, code, ...ids }, 'an activity was refused');
    response.send(status, { error: { code, message } });
  }

  /** Refuses a token. An address that brings too many of them is told to wait; Teams' own calls never come here. */
  async function refuseToken(request: Request, response: Response, message: string, ids: object): Promise<void> {
    try {
      await addressLimits.refused(addressOf(request));
    } catch (error) {
      return sendTooMany(response, error);
    }
    refuse(response, 401, 'Unauthorized', message, ids);
  }

  /** A database that restarts is waited for: what was not kept, Teams may never send again. */
  async function keep(activity: TeamsActivity, response: Response, ids: object): Promise<void> {
    const end = Date.now() + keepWithin;
    for (;;) {
      try {
        const isNew = await inbox.take(activity);
        if (!isNew) log.info(ids, 'an activity came again');
        response.send(200);
        return;
      } catch (error) {
        if (Date.now() > end) return refuse(response, 503, 'ServiceUnavailable', 'The activity could not be kept; send it again', { ...ids, error: error instanceof Error ? error.message : String(error) });
        await new Promise(resolve => setTimeout(resolve, 500));
      }
    }
  }

  return async function receive(request: Request, response: Response): Promise<void> {
    const parsed = TeamsActivity.safeParse(request.body);
    if (!parsed.success) {
      const faults = parsed.error.issues.slice(0, 5).map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`);
      return refuse(response, 400, 'BadSyntax', `The body is not a Bot Framework activity: ${faults.join('; ')}`, { faults });
    }
    const activity = parsed.data;
    const ids = { activity: activity.id, type: activity.type, conversation: activity.conversation.id };

    if (config.botDoor === 'signed') {
      if (!isFromBotFramework(request.headers.authorization)) return refuseToken(request, response, 'Expected a token of the Bot Connector', ids);
      const tenant = activity.channelData?.tenant?.id ?? activity.conversation.tenantId;
      if (tenant !== undefined && tenant !== config.tenantId) return refuse(response, 403, 'Forbidden', 'This app serves another tenant', ids);
    }

    try {
      if (kept.has(activity.type)) {
        await adapter.check(request.headers.authorization ?? '', activity);
        return await keep(activity, response, ids);
      }
      const answer = await adapter.receive(request.headers.authorization ?? '', activity as unknown as Activity, turn);
      if (answer) response.send(answer.status, answer.body);
      else response.send(200);
    } catch (error) {
      if (error instanceof AuthenticationError) return await refuseToken(request, response, 'The token was not accepted', ids);
      log.error({ ...ids, error: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? error.stack : undefined }, 'a turn failed');
      response.send(500, { error: { code: 'ServiceError', message: 'The activity could not be processed' } });
    }
  };
}

/** A look at who claims to have signed; the signature is checked by Bot Framework afterwards. */
function isFromBotFramework(authorization: string | undefined): boolean {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (!token) return false;
  try {
    return decodeJwt(token).iss === botFrameworkIssuer;
  } catch {
    return false;
  }
}
