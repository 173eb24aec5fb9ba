import type { Logger } from 'pino';
import type { Request, Response } from 'restify';
import { CommunityError } from '../../domain/errors.ts';
import { takesAnswers } from '../clouds.ts';
import type { Config } from '../config.ts';
import { createBearerCheck, createKeys } from '../http/bearer.ts';
import { BodyRefused, readJson } from '../http/body.ts';
import { sendTooMany } from '../http/errors.ts';
import type { Noise } from '../http/noise.ts';
import type { Inbox } from './inbox.ts';
import type { AddressLimits } from '../http/limits.ts';
import type { Adapter } from './adapter.ts';
import { TeamsActivity } from './activity.ts';
import type { Turn } from './router.ts';
import { errorText } from '../shared/error-text.ts';

/**
 * Nobody waits for what comes of these: they are kept first and done then. All others are answered at once or ignored.
 */
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
  readonly fetch: typeof globalThis.fetch;
  readonly noise: Noise;
  readonly log: Logger;
}

/**
 * `POST /api/messages`. What can be known of the token without the body is checked before the body is read, and what
 * Bot Framework would let pass "from the emulator", or remember without bound, never gets to it: only then does it
 * check the rest, which stands in the activity.
 */
export function createDoor({ config, adapter, inbox, turn, addressLimits, fetch, noise, log }: DoorParts) {
  const bearer = createBearerCheck({
    issuedBy: 'the Bot Connector',
    issuer: config.cloud.bots,
    audience: config.appId,
    // As much as Bot Framework allows.
    clockTolerance: 300,
    keys: createKeys({ at: { description: config.botOpenIdMetadata }, fetch }),
  });

  function refuse(response: Response, status: number, code: string, message: string, ids: object = {}): void {
    log.warn({ status, code, ...ids }, 'an activity was refused');
    answer(response, status, code, message);
  }

  /** Before anybody is known, what they cause in the log is bounded. */
  function refuseStranger(
    request: Request,
    response: Response,
    status: 401 | 503,
    message: string,
    error: string,
  ): void {
    noise(request, 'an activity was refused', { status, error });
    answer(response, status, status === 401 ? 'Unauthorized' : 'ServiceUnavailable', message);
  }

  function answer(response: Response, status: number, code: string, message: string): void {
    if (status === 401) response.header('WWW-Authenticate', 'Bearer');
    if (status === 503) response.header('Retry-After', '5');
    response.json(status, { error: { code, message } });
  }

  /** Refuses a token. An address that brings too many of them is told to wait; Teams' own calls never come here. */
  async function refuseToken(request: Request, response: Response, message: string, error: string): Promise<void> {
    try {
      await addressLimits.refused(request);
    } catch (error) {
      return sendTooMany(response, error);
    }
    refuseStranger(request, response, 401, message, error);
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
        const reason = { ...ids, error: errorText(error) };
        if (canNeverBeKept(error))
          return refuse(response, 400, 'BadSyntax', 'The activity holds characters that cannot be kept', reason);
        if (Date.now() > end)
          return refuse(response, 503, 'ServiceUnavailable', 'The activity could not be kept; send it again', reason);
        await new Promise(resolve => setTimeout(resolve, 500));
      }
    }
  }

  /** The activity in a request, from somebody who may send one. What it says of itself is checked afterwards. */
  async function read(request: Request, response: Response): Promise<TeamsActivity | undefined> {
    try {
      if (config.botDoor === 'signed') await bearer(request.headers.authorization);
      const parsed = TeamsActivity.safeParse(await readJson(request, response));
      if (parsed.success) return parsed.data;
      const faults = parsed.error.issues
        .slice(0, 5)
        .map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`);
      refuse(response, 400, 'BadSyntax', `The body is not a Bot Framework activity: ${faults.join('; ')}`, { faults });
    } catch (error) {
      if (error instanceof BodyRefused) refuse(response, error.status, 'BadSyntax', error.message);
      else if (!(error instanceof CommunityError)) throw error;
      else if (error.code === 'unavailable')
        refuseStranger(request, response, 503, 'The token could not be checked; send it again', error.message);
      else await refuseToken(request, response, 'Expected a token of the Bot Connector', error.message);
    }
    return undefined;
  }

  return async function receive(request: Request, response: Response): Promise<void> {
    const activity = await read(request, response);
    if (!activity) return;
    const ids = { activity: activity.id, type: activity.type, conversation: activity.conversation.id };

    const stranger = config.botDoor === 'signed' ? foreignIn(activity, config) : undefined;
    if (stranger !== undefined) return refuse(response, 403, 'Forbidden', stranger, ids);

    const checked = await adapter.check(request.headers.authorization ?? '', activity);
    if (checked === 'refused')
      return refuseToken(request, response, 'The token was not accepted', 'refused by Bot Framework');
    if (checked === 'unavailable')
      return refuse(response, 503, 'ServiceUnavailable', 'The token could not be checked; send it again', ids);

    try {
      if (kept.has(activity.type)) return await keep(activity, response, ids);
      const answered = await checked.run(turn);
      if (answered) response.send(answered.status, answered.body);
      else response.send(200);
    } catch (error) {
      log.error(
        {
          ...ids,
          error: errorText(error),
          stack: error instanceof Error ? error.stack : undefined,
        },
        'a turn failed',
      );
      response.json(500, { error: { code: 'ServiceError', message: 'The activity could not be processed' } });
    }
  };
}

/**
 * What makes an activity another's than our tenant's Teams. The Bot Connector signs for every channel a bot is known
 * on, and on most of them anybody may say who they are. Teams names the tenant in each activity, some of them in
 * several places;
 * `membersAdded` is none of them: somebody of another tenant may well join a shared channel.
 */
function foreignIn(activity: TeamsActivity, { tenantId, cloud, localServiceUrl }: Config): string | undefined {
  if (activity.channelId !== 'msteams') return 'This app speaks with Microsoft Teams only';
  const { channelData, conversation, from, recipient } = activity;
  const tenants = [channelData?.tenant?.id, conversation.tenantId, from.tenantId, recipient?.tenantId].filter(
    tenant => tenant !== undefined,
  );
  if (tenants.length === 0 || tenants.some(tenant => tenant.toLowerCase() !== tenantId))
    return 'This app serves another tenant';
  return takesAnswers(cloud, localServiceUrl, activity.serviceUrl)
    ? undefined
    : 'The service address is none of Microsoft’s';
}

/** PostgreSQL's class 22, "data exception": what the activity says is at fault, not the database, now or later. */
function canNeverBeKept(error: unknown): boolean {
  return /^22/.test(String((error as { readonly code?: unknown } | null)?.code ?? ''));
}
