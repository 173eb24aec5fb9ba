import type { Logger } from 'pino';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import { CommunityError } from '../../domain/errors.ts';
import { takesAnswers } from '../clouds.ts';
import type { Config } from '../config.ts';
import { cleanValue, address, identifier } from '../../domain/text.ts';
import type { Bearer } from '../http/bearer.ts';
import { BodyRefused, readJson } from '../http/body.ts';
import { sendTooMany } from '../http/errors.ts';
import type { Noise } from '../http/noise.ts';
import type { Inbox } from './inbox.ts';
import type { AddressLimits } from '../http/limits.ts';
import type { Adapter, Handle } from './adapter.ts';
import type { Texts } from '../text.ts';
import { errorAnswer, TeamsActivity } from './activity.ts';
import { createConnectorCheck, speaksFor } from './connector-token.ts';
import { botName } from './conversations.ts';
import { noticeDialog } from './dialogs.ts';
import { isMessageAction } from './message-extensions.ts';
import { errorText } from '../shared/error-text.ts';

/** These wait for no answer: they are kept first and handled then. All others are answered at once or ignored. */
const kept = ['message', 'conversationUpdate', 'installationUpdate'] as const;
const isKept: ReadonlySet<string> = new Set(kept);

/** How long to try to keep an activity, in milliseconds; Teams itself gives up after fifteen seconds. */
const keepWithin = 10_000;

export interface ReceiveParts {
  readonly config: Config;
  readonly adapter: Adapter;
  readonly inbox: Pick<Inbox<TeamsActivity>, 'add' | 'addUnread'>;
  /** For activities that are answered in the request. */
  readonly handle: Handle;
  readonly addressLimits: Pick<AddressLimits, 'refused'>;
  readonly fetch: typeof globalThis.fetch;
  readonly texts: Texts;
  readonly noise: Noise;
  readonly log: Logger;
}

/**
 * `POST /api/messages`. The token is checked before the body is read, and what it speaks for as soon as the activity is
 * known. Here the activity is parsed, once: what follows trusts it.
 */
export function createReceive(parts: ReceiveParts): (request: Request, response: Response) => Promise<void> {
  const { config, adapter, handle, log } = parts;
  const read = createRead(parts);

  return async (request, response) => {
    const brought = await read(request, response);
    if (!brought) return;
    const { activity, bearer } = brought;
    const ids = { activity: activity.id, type: activity.type, conversation: activity.conversation.id };

    const foreign = config.botAuth === 'signed' ? foreignIn(activity, config) : undefined;
    if (foreign !== undefined) return refuse(parts, response, { status: 403, message: foreign }, ids);

    if (bearer && !speaksFor(bearer, activity))
      return refuseToken(parts, request, response, 'The token was not accepted', 'it does not speak for the activity');

    try {
      if (isKept.has(activity.type)) return await keep(parts, activity, response, ids);
      const answer = await adapter.run(activity, handle);
      if (answer) response.send(answer.status, answer.body);
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

const tokenNotChecked = 'The token could not be checked; send it again';

const codes = {
  400: 'BadSyntax',
  401: 'Unauthorized',
  403: 'Forbidden',
  413: 'BadSyntax',
  415: 'BadSyntax',
  503: 'ServiceUnavailable',
} as const;

interface Refusal {
  readonly status: keyof typeof codes;
  readonly message: string;
}

function refuse({ log }: ReceiveParts, response: Response, refusal: Refusal, ids: object = {}): void {
  log.warn({ status: refusal.status, code: codes[refusal.status], ...ids }, 'an activity was refused');
  answerRefused(response, refusal);
}

/** Before the sender is known, what they cause in the log is bounded. */
function refuseStranger(
  { noise }: ReceiveParts,
  request: Request,
  response: Response,
  { error, ...refusal }: Refusal & { readonly error: string },
): void {
  noise(request, 'an activity was refused', { status: refusal.status, error });
  answerRefused(response, refusal);
}

function answerRefused(response: Response, { status, message }: Refusal): void {
  if (status === 401) response.header('WWW-Authenticate', 'Bearer');
  if (status === 503) response.header('Retry-After', '5');
  response.json(status, { error: { code: codes[status], message } });
}

/** Refuses a token. An address that brings too many of them is told to wait; Teams' own calls never come here. */
async function refuseToken(
  parts: ReceiveParts,
  request: Request,
  response: Response,
  message: string,
  error: string,
): Promise<void> {
  try {
    await parts.addressLimits.refused(request);
  } catch (error) {
    return sendTooMany(response, error);
  }
  refuseStranger(parts, request, response, { status: 401, message, error });
}

interface Brought {
  readonly activity: TeamsActivity;
  /** Undefined where activities come without a token: in the playground. */
  readonly bearer: Bearer | undefined;
}

/** The activity in a request, from a sender who may send one. What it says of itself is checked afterwards. */
function createRead(parts: ReceiveParts): (request: Request, response: Response) => Promise<Brought | undefined> {
  const { config, fetch } = parts;
  const checkBearer = createConnectorCheck(config, fetch);

  return async (request, response) => {
    try {
      const bearer = config.botAuth === 'signed' ? await checkBearer(request.headers.authorization) : undefined;
      const body = await readJson(request, response);
      const parsed = TeamsActivity.safeParse(body);
      if (parsed.success) return { activity: parsed.data, bearer };
      const faults = parsed.error.issues
        .slice(0, 5)
        .map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`);
      const unread = bearer && readEnvelope(body, bearer, config);
      if (unread?.type === 'invoke') return answerUnread(parts, unread, response, faults);
      if (unread) return await keepUnread(parts, cleanValue(body) as object, response, faults);
      const message = `The body is not a Bot Framework activity: ${faults.join('; ')}`;
      refuse(parts, response, { status: 400, message }, { faults });
    } catch (error) {
      if (error instanceof BodyRefused) refuse(parts, response, error);
      else if (!(error instanceof CommunityError)) throw error;
      else if (error.code === 'unavailable')
        refuseStranger(parts, request, response, { status: 503, message: tokenNotChecked, error: error.message });
      else await refuseToken(parts, request, response, 'Expected a token of the Bot Connector', error.message);
    }
    return undefined;
  };
}

function keep(parts: ReceiveParts, activity: TeamsActivity, response: Response, ids: object): Promise<void> {
  return keepBy(parts, () => parts.inbox.add(activity), response, ids);
}

/** What Teams told, in words that this version does not know: whoever looks after the server hears of it. */
async function keepUnread(
  parts: ReceiveParts,
  unread: object,
  response: Response,
  faults: readonly string[],
): Promise<undefined> {
  parts.log.warn({ faults }, 'an activity cannot be read; it is kept, and read anew when the server starts');
  await keepBy(parts, () => parts.inbox.addUnread(unread), response, { faults });
}

/** Whoever pressed waits for an answer in the request, and reads a sentence instead of Teams' own "something went wrong". */
function answerUnread(
  { texts, log }: ReceiveParts,
  { name, locale }: Envelope,
  response: Response,
  faults: readonly string[],
): undefined {
  log.warn({ faults, name }, 'what somebody pressed cannot be read');
  const t = texts.for(botName, locale ?? undefined);
  const notice = t('errors.malformed');
  const isDialog = isMessageAction({ type: 'invoke', name: name ?? undefined });
  response.send(200, isDialog ? noticeDialog(t, notice) : errorAnswer(400, notice));
}

/** A database that restarts is waited for: what was not kept, Teams may never send again. */
async function keepBy(
  parts: ReceiveParts,
  add: () => Promise<boolean>,
  response: Response,
  ids: object,
): Promise<void> {
  const end = Date.now() + keepWithin;
  for (;;) {
    try {
      const isNew = await add();
      if (!isNew) parts.log.info(ids, 'an activity came again');
      response.send(200);
      return;
    } catch (error) {
      const reason = { ...ids, error: errorText(error) };
      if (canNeverBeKept(error)) {
        const message = 'The activity holds characters that cannot be kept';
        return refuse(parts, response, { status: 400, message }, reason);
      }
      if (Date.now() > end) {
        const message = 'The activity could not be kept; send it again';
        return refuse(parts, response, { status: 503, message }, reason);
      }
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }
}

/** The little that must be readable of an activity for it to be known as our tenant's. */
const Envelope = z.looseObject({
  type: z.enum([...kept, 'invoke']),
  name: identifier(200).nullish().catch(undefined),
  locale: identifier(50).nullish().catch(undefined),
  channelId: z.literal('msteams'),
  serviceUrl: address(2048, /^https?$/),
  conversation: z
    .looseObject({ tenantId: identifier(100).nullish() })
    .nullish()
    .catch(undefined),
  channelData: z
    .looseObject({ tenant: z.looseObject({ id: identifier(100).nullish() }).nullish() })
    .nullish()
    .catch(undefined),
});

type Envelope = z.output<typeof Envelope>;

/** What Teams told us, if it was Teams, and one of our tenant: the token speaks for the address that the activity names. */
function readEnvelope(
  body: unknown,
  bearer: Bearer,
  { tenantId, cloud, localServiceUrl }: Config,
): Envelope | undefined {
  const envelope = Envelope.safeParse(body);
  if (!envelope.success) return undefined;
  const { serviceUrl, channelId, conversation, channelData } = envelope.data;
  const tenants = [conversation?.tenantId, channelData?.tenant?.id].filter(tenant => typeof tenant === 'string');
  const isOurs = tenants.length > 0 && tenants.every(tenant => tenant.toLowerCase() === tenantId);
  const isTeams = speaksFor(bearer, { serviceUrl, channelId }) && takesAnswers(cloud, localServiceUrl, serviceUrl);
  return isOurs && isTeams ? envelope.data : undefined;
}

/**
 * Reads what was kept. What could not be read when it came was not checked as a whole then either.
 */
export function readKept(value: unknown, config: Config): TeamsActivity | undefined {
  const { success, data } = TeamsActivity.safeParse(value);
  return success && (config.botAuth === 'open' || foreignIn(data, config) === undefined) ? data : undefined;
}

/**
 * What makes an activity another's than our tenant's Teams. The Bot Connector signs for every channel a bot is known
 * on, and on most of them a sender may claim to be any person. Teams names the tenant in each activity, some of them in
 * several places;
 * `membersAdded` is none of them: a person of another tenant may well join a shared channel.
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
