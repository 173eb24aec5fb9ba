import { randomUUID } from 'node:crypto';
import { appIsIn, isMember, sees, tenant, type User } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import { botId, enveloped, type ActivityJson } from './activities.ts';
import type { BotSide } from './bot-side.ts';
import { asDialog, dialogPatience, messagePayload, type DialogResult } from './dialogs.ts';
import { baseOf, threadOf, type CardJson, type Memory, type Message } from './memory.ts';

/** What the bot answered to an activity: its HTTP status and body, or 0 when it could not be reached. */
export interface Delivery {
  readonly status: number;
  readonly body: unknown;
}

/** What a press came to, as Teams would show it. */
export type PressResult =
  | { readonly outcome: 'card'; readonly card: CardJson }
  | { readonly outcome: 'notice'; readonly text: string }
  /** `shown` is Teams' own sentence; `detail` is for whoever develops the bot. */
  | { readonly outcome: 'error'; readonly shown: string; readonly detail: string };

export interface CardActionJson {
  readonly verb?: string;
  readonly id?: string;
  readonly data?: unknown;
}

/** Something that cannot be done in Teams either; the message says why and what to do. */
export class Impossible extends Error {}

export interface TeamsSide {
  readonly local: LocalTenant;
  readonly memory: Memory;
  readonly bot: BotSide;
  /** @param patience milliseconds; fifteen seconds when left out. */
  readonly deliver: (activity: ActivityJson, patience?: number) => Promise<Delivery>;
  readonly changed: (conversationId: string | null) => void;
  readonly warn: (sentence: string) => void;
}

/** What people do in Teams, and what Teams then tells the bot. */
export function createTeamsSide({ local, memory, bot, deliver, changed, warn }: TeamsSide) {
  const { directory, clock } = local;
  const { serviceUrl } = local;

  function personOf(userId: string): User {
    const user = directory.user(userId);
    if (!user)
      throw new Impossible(`There is no person ${userId} in the local tenant; take an id from GET /desk/api/state.`);
    return user;
  }
  return {
    /**
     * Somebody writes. `where` is a conversation id (with `;messageid=` to answer in a thread), `personal`, or
     * `channel` for the General channel of their first team. In a channel the bot hears only what mentions it.
     */
    async says(
      userId: string,
      where: string,
      text: string,
      options: { readonly mention?: boolean } = {},
    ): Promise<{ readonly message: Message; readonly delivery: Delivery | null }> {
      const user = personOf(userId);
      const team = directory
        .teams()
        .find(one =>
          where === 'channel' ? isMember(one, userId) : one.channels.some(channel => channel.id === baseOf(where)),
        );
      // A chat has its id before anything was said in it, and whoever sees that id may be the first to say something.
      const conversation =
        where === 'personal' || where === memory.chatOf(userId).id
          ? personalChat(user)
          : memory.conversation(where === 'channel' ? (team?.threadId ?? '') : where);
      if (!conversation)
        throw new Impossible(
          `There is no conversation ${where}; say personal, channel, or an id from GET /desk/api/state.`,
        );
      if (conversation.kind === 'personal' && conversation.userId !== userId)
        throw new Impossible('This chat belongs to somebody else.');
      if (conversation.kind === 'channel' && !(team && sees(team, conversation.id, userId)))
        throw new Impossible(`${user.displayName} is not in this team, or not in this channel of it.`);
      if (conversation.kind === 'personal' && memory.blocked.get(userId))
        throw new Impossible(`${user.displayName} has blocked ${tenant.appName}; unblock it first.`);

      const inChannel = conversation.kind === 'channel';
      const thread = inChannel ? threadOf(where) : null;
      const mentions = inChannel && (options.mention ?? true);
      const message = memory.addMessage({
        conversationId: conversation.id,
        thread,
        from: userId,
        text: mentions ? `@${tenant.appName} ${text}` : text,
        cards: [],
        summary: null,
        alert: false,
      });
      changed(conversation.id);
      const hears = team && bot.isInstalled(team.id) && appIsIn(team, conversation.id);
      if (inChannel && !(mentions && hears)) return { message, delivery: null };

      const at = `<at>${tenant.appName}</at>`;
      const activity = {
        type: 'message',
        text: mentions ? `${at} ${text}` : text,
        textFormat: 'plain',
        ...(mentions
          ? { entities: [{ type: 'mention', mentioned: { id: botId, name: tenant.appName }, text: at }] }
          : {}),
      };
      const id = inChannel ? `${conversation.id};messageid=${thread ?? message.id}` : conversation.id;
      const delivery = await deliver(
        enveloped(activity, {
          user,
          serviceUrl: serviceUrl(),
          now: clock.now(),
          id: message.id,
          conversation: { id, kind: conversation.kind },
          ...(inChannel && team ? { team } : {}),
        }),
      );
      return { message, delivery };
    },

    /** Somebody presses a button of a card, or Teams refreshes it for them. */
    async presses(
      userId: string,
      messageId: string,
      action: CardActionJson,
      trigger: 'manual' | 'automatic' = 'manual',
    ): Promise<PressResult> {
      const user = personOf(userId);
      const message = memory.findMessage(messageId, conversationId => maySee(conversationId, userId));
      if (!message || message.from !== null || message.cards.length === 0 || message.deleted)
        throw new Impossible(`${user.displayName} sees no card in a message ${messageId}.`);
      const conversation = memory.conversation(message.conversationId);
      const team = conversation?.kind === 'channel' ? directory.team(conversation.teamId) : undefined;
      const where = team
        ? `${message.conversationId};messageid=${message.thread ?? message.id}`
        : message.conversationId;

      const { status, body } = await deliver(
        enveloped(
          {
            type: 'invoke',
            name: 'adaptiveCard/action',
            replyToId: message.id,
            value: {
              action: {
                type: 'Action.Execute',
                ...(action.id ? { id: action.id } : {}),
                verb: action.verb ?? '',
                data: action.data ?? {},
              },
              trigger,
            },
            channelData: { source: { name: 'message' }, legacy: { replyToId: message.id } },
          },
          {
            user,
            serviceUrl: serviceUrl(),
            now: clock.now(),
            id: `f:${randomUUID()}`,
            conversation: { id: where, kind: team ? 'channel' : 'personal' },
            ...(team ? { team } : {}),
          },
        ),
      );

      const result = asTeamsShowsIt(status, body);
      const latest = memory.message(message.conversationId, message.id);
      if (trigger === 'automatic' && latest?.editedAt !== message.editedAt) {
        warn(
          'The bot updated a message while it answered an automatic refresh of it. In Teams each update brings the next refresh, without end.',
        );
      }
      if (result.outcome === 'card' && latest && !latest.deleted) {
        memory.putView(latest, userId, { card: result.card, refreshedAt: clock.now().toISOString() });
        changed(message.conversationId);
      }
      return result;
    },

    /**
     * Somebody chooses a command from a message's menu; with `data`, they send the dialog it opened.
     * @param commandId as the manifest's `composeExtensions` have it.
     */
    async asksAbout(userId: string, messageId: string, commandId: string, data?: object): Promise<DialogResult> {
      const user = personOf(userId);
      const message = memory.findMessage(messageId, conversationId => maySee(conversationId, userId));
      if (!message || message.deleted) throw new Impossible(`${user.displayName} sees no message ${messageId}.`);
      const conversation = memory.conversation(message.conversationId);
      const team = conversation?.kind === 'channel' ? directory.team(conversation.teamId) : undefined;
      const where = team
        ? `${message.conversationId};messageid=${message.thread ?? message.id}`
        : message.conversationId;

      const { status, body } = await deliver(
        enveloped(
          {
            type: 'invoke',
            name: data === undefined ? 'composeExtension/fetchTask' : 'composeExtension/submitAction',
            value: {
              commandId,
              commandContext: 'message',
              requestId: randomUUID().replaceAll('-', ''),
              context: { theme: 'default' },
              messagePayload: messagePayload(message, {
                author: message.from === null ? null : personOf(message.from),
                team,
              }),
              ...(data === undefined ? {} : { data }),
            },
            channelData: { source: { name: 'message' } },
          },
          {
            user,
            serviceUrl: serviceUrl(),
            now: clock.now(),
            id: `f:${randomUUID()}`,
            conversation: { id: where, kind: team ? 'channel' : 'personal' },
            ...(team ? { team } : {}),
          },
        ),
        dialogPatience,
      );
      return asDialog(status, body);
    },

    maySee,
  };

  function personalChat(user: User) {
    if (!bot.isReachable(user.id))
      throw new Impossible(`${tenant.appName} is in no team of ${user.displayName}, so they have no chat with it yet.`);
    return memory.chatWith(user.id);
  }

  function maySee(conversationId: string, userId: string): boolean {
    const conversation = memory.conversation(conversationId);
    if (conversation?.kind === 'personal') return conversation.userId === userId;
    const team = conversation && directory.team(conversation.teamId);
    return team !== undefined && sees(team, conversationId, userId);
  }
}

/**
 * The universal action model: HTTP 200 always, with `{statusCode, type, value}`; all else is an error to whoever
 * pressed.
 */
function asTeamsShowsIt(status: number, body: unknown): PressResult {
  const answer = (typeof body === 'object' && body !== null ? body : {}) as {
    statusCode?: unknown;
    type?: unknown;
    value?: unknown;
  };
  if (status === 200 && answer.statusCode === 200) {
    if (
      answer.type === 'application/vnd.microsoft.card.adaptive' &&
      typeof answer.value === 'object' &&
      answer.value !== null
    )
      return { outcome: 'card', card: answer.value as CardJson };
    if (answer.type === 'application/vnd.microsoft.activity.message' && typeof answer.value === 'string')
      return { outcome: 'notice', text: answer.value };
  }
  const detail = status === 0 ? String(body) : `HTTP ${status}: ${JSON.stringify(body)?.slice(0, 500) ?? 'no body'}`;
  return { outcome: 'error', shown: 'Something went wrong. Please try again.', detail };
}
