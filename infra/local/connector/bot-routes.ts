import type { Next, Request, Response } from 'restify';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalTenant } from '../tenant.ts';
import { messagingId } from '../directory.ts';
import type { Addresses } from './addresses.ts';
import { channelInfo, rosterEntry, teamInfo } from './activities.ts';
import type { BotSide, ConversationRequest, SentActivity } from './bot-side.ts';
import {
  kindOf,
  type Call,
  type ConnectorFault,
  type ConnectorFaults,
  type FaultyAnswer,
  type Tally,
} from './faults.ts';
import { createLimits } from './limits.ts';
import { baseOf } from './memory.ts';
import { badArgument, memberNotFound, notAuthorized, notImplemented, Refusal } from './refusals.ts';

interface Answer {
  readonly status: number;
  readonly body?: object;
}

export interface BotRoutes {
  readonly local: LocalTenant;
  readonly bot: BotSide;
  readonly addresses: Pick<Addresses, 'of' | 'mustBe'>;
  /** Throws when the token is not one for the Bot Connector. */
  readonly verify: (token: string) => Promise<unknown>;
  readonly enforcesLimits: () => boolean;
  readonly connectorFaults: ConnectorFaults & { delay(): number };
  readonly tally: Tally & { answered(conversation: string, status: number): void };
}

/**
 * A fault with this code lets the send happen and answers with the fault all the same, as a gateway that gave up
 * waiting.
 */
const afterDelivery = 'AfterDelivery';

/** The Bot Connector's REST as botbuilder calls it (ConnectorAPI.json and Teams' own additions). */
export function addBotRoutes(parts: BotRoutes): void {
  const { local, bot, addresses, verify, enforcesLimits, connectorFaults, tally } = parts;
  const { server, faults } = local;
  const limits = createLimits();

  function on(
    method: 'get' | 'post' | 'put' | 'del',
    path: string,
    call: Call,
    work: (request: Request) => Answer,
    query: readonly string[] = [],
  ): void {
    async function answer(request: Request, response: Response): Promise<void> {
      try {
        const fault = faults.take(request.method ?? '', request.path());
        await wait(faults.latencyMs + connectorFaults.delay());
        await authorize(request);
        addresses.mustBe(parameter(request, 'region'), conversationBehind(request));
        const stranger = Object.keys(request.query as object).find(name => !query.includes(name));
        if (stranger !== undefined) throw notImplemented(`the query parameter ${stranger} of ${request.path()}`);
        const own = connectorFaults.take(call, conversationBehind(request));
        if (own && !own.taken) return fail(request, response, own);
        if (!fault || fault.code === afterDelivery) {
          const answer = await admitted(request, call, work);
          if (own) return fail(request, response, own);
          if (!fault) return send(request, response, answer.status, answer.body);
        }
        throw faulty(fault);
      } catch (error) {
        refuse(
          request,
          response,
          error instanceof Refusal
            ? error
            : new Refusal(500, { error: { code: 'ServiceError', message: String(error) } }),
        );
      }
    }
    server[method](`/connector/v3/${path}`, answer);
    server[method](`/connector/:region/v3/${path}`, answer);
  }

  function send(request: Request, response: Response, status: number, body?: object): void {
    tally.answered(conversationBehind(request), status);
    if (body) response.json(status, body);
    else response.send(status);
  }

  function refuse(request: Request, response: Response, refusal: Refusal): void {
    if (refusal.retryAfter !== undefined) response.header('Retry-After', String(refusal.retryAfter));
    send(request, response, refusal.status, refusal.body);
  }

  function fail(request: Request, response: Response, { answer }: ConnectorFault): void {
    if (typeof answer === 'object') return refuse(request, response, faulty(answer));
    tally.answered(conversationBehind(request), 0);
    // Silence ends when the bot hangs up, or when this server stops.
    if (answer === 'reset') response.socket?.destroy();
  }

  async function authorize(request: Request): Promise<void> {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw notAuthorized();
    await verify(token).catch(() => {
      throw notAuthorized();
    });
  }

  async function admitted(request: Request, call: Call, work: (request: Request) => Answer): Promise<Answer> {
    if (!enforcesLimits()) return work(request);
    const conversationId = conversationBehind(request);
    limits.admit(kindOf(call), conversationId);
    if (call === 'read') return work(request);
    return limits.alone(conversationId, async () => {
      // A send takes a moment in Teams; without one, two could never meet.
      await wait(Math.max(5, faults.latencyMs));
      return work(request);
    });
  }

  on('post', 'conversations', 'create', request => {
    const { id, activityId, owner } = bot.createConversation(bodyOf<ConversationRequest>(request));
    return {
      status: 201,
      body: { id, serviceUrl: addresses.of(owner), ...(activityId === null ? {} : { activityId }) },
    };
  });
  on('post', 'conversations/:conversation/activities', 'send', request =>
    sent(bot.send(parameter(request, 'conversation'), bodyOf<SentActivity>(request))),
  );
  // botbuilder answers to activity ids it made up, so the one in the path is not looked at.
  on('post', 'conversations/:conversation/activities/:activity', 'send', request =>
    sent(bot.send(parameter(request, 'conversation'), bodyOf<SentActivity>(request))),
  );
  on('put', 'conversations/:conversation/activities/:activity', 'update', request => {
    bot.update(parameter(request, 'conversation'), parameter(request, 'activity'), bodyOf<SentActivity>(request));
    return { status: 200, body: { id: parameter(request, 'activity') } };
  });
  on('del', 'conversations/:conversation/activities/:activity', 'delete', request => {
    bot.remove(parameter(request, 'conversation'), parameter(request, 'activity'));
    return { status: 200 };
  });

  on('get', 'conversations/:conversation/members', 'read', request => ({
    status: 200,
    body: bot.members(parameter(request, 'conversation')).map(rosterEntry),
  }));
  on('get', 'conversations/:conversation/members/:member', 'read', request => {
    const member = parameter(request, 'member');
    const found = bot
      .members(parameter(request, 'conversation'))
      .find(user => user.id === member || messagingId(user.id) === member);
    if (!found) throw memberNotFound();
    return { status: 200, body: rosterEntry(found) };
  });
  function pageOfMembers(request: Request): Answer {
    const query = request.query as { pageSize?: string; continuationToken?: string };
    const asked = Number(query.pageSize ?? 200);
    // Teams gives 50 to 500 a page, whatever is asked.
    const size = Math.min(500, Math.max(50, Number.isFinite(asked) ? asked : 200));
    const start = query.continuationToken ? Number(Buffer.from(query.continuationToken, 'base64url').toString()) : 0;
    if (!Number.isInteger(start) || start < 0) throw badArgument('The continuation token is not one of ours.');
    const members = bot.members(parameter(request, 'conversation'));
    const end = start + size;
    const continuation =
      end < members.length ? { continuationToken: Buffer.from(String(end)).toString('base64url') } : {};
    return { status: 200, body: { members: members.slice(start, end).map(rosterEntry), ...continuation } };
  }
  on('get', 'conversations/:conversation/pagedmembers', 'read', pageOfMembers, ['pageSize', 'continuationToken']);

  on('get', 'teams/:team', 'read', request => {
    const team = bot.team(parameter(request, 'team'));
    return {
      status: 200,
      body: {
        ...teamInfo(team),
        channelCount: team.channels.length,
        memberCount: team.members.length,
        type: 'standard',
      },
    };
  });
  on('get', 'teams/:team/conversations', 'read', request => {
    const team = bot.team(parameter(request, 'team'));
    return {
      status: 200,
      body: {
        conversations: team.channels.map(channel => ({
          name: null,
          type: 'standard',
          ...channelInfo(team, channel.id),
        })),
      },
    };
  });

  // Whatever else the Bot Connector can do, here it is a gap, and a test that needs it fails at once.
  for (const method of ['get', 'post', 'put', 'patch', 'del'] as const)
    server[method]('/connector/*', (request: Request, response: Response, next: Next) => {
      refuse(request, response, notImplemented(`${request.method ?? method} ${request.path()}`));
      next();
    });
}

function sent(id: string | null): Answer {
  return { status: 201, body: id === null ? {} : { id } };
}

function faulty({ status, code, message, retryAfter }: FaultyAnswer): Refusal {
  return new Refusal(
    status,
    { error: { code: code ?? 'ServiceError', message: message ?? 'A fault that somebody asked for.' } },
    retryAfter,
  );
}

function parameter(request: Request, name: string): string {
  return String((request.params as Record<string, unknown>)[name] ?? '');
}

function bodyOf<T extends object>(request: Request): T {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badArgument('Expected a JSON object.');
  return body as T;
}

/**
 * Limits count per thread, which is a chat or a whole channel; a conversation not yet made is counted under whom it is
 * for.
 */
function conversationBehind(request: Request): string {
  const named = parameter(request, 'conversation') || parameter(request, 'team');
  if (named) return baseOf(named);
  const { channelData, members } = (request.body ?? {}) as ConversationRequest;
  return channelData?.channel?.id ? baseOf(channelData.channel.id) : (members?.[0]?.id ?? '');
}
