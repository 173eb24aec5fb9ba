import type { LocalTenant } from '../tenant.ts';
import { tenant, type Team, type User } from '../directory.ts';
import { baseOf, threadOf, type CardJson, type Conversation, type Memory, type Message } from './memory.ts';
import {
  activityNotFound,
  badArgument,
  conversationNotFound,
  memberNotFound,
  notInRoster,
  refusal,
  tooBig,
  writesBlocked,
} from './refusals.ts';

/**
 * The largest message Teams takes: text, links and card, counted as UTF-16 (Teams, "Format your agent messages", August
 * 2026).
 */
const maxMessageBytes = 100 * 1024;

const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

/** What botbuilder sends; everything may be missing. */
export interface SentActivity {
  readonly type?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly replyToId?: string;
  readonly attachments?: readonly { readonly contentType?: string; readonly content?: CardJson }[];
  readonly channelData?: { readonly notification?: { readonly alert?: boolean }; readonly key?: unknown };
}

export interface ConversationRequest {
  readonly isGroup?: boolean;
  readonly members?: readonly { readonly id?: string }[];
  readonly tenantId?: string;
  readonly channelData?: { readonly tenant?: { readonly id?: string }; readonly channel?: { readonly id?: string } };
  readonly activity?: SentActivity;
}

/** What the bot may do in conversations. Every function throws a Refusal for what Teams would refuse. */
export type BotSide = ReturnType<typeof createBotSide>;

export function createBotSide(
  local: Pick<LocalTenant, 'directory'>,
  memory: Memory,
  changed: (conversationId: string) => void,
  took: (conversationId: string, summary: string) => void = () => {},
) {
  const { directory } = local;

  function conversationOf(id: string): Conversation {
    const found = memory.conversation(id);
    if (!found) throw conversationNotFound();
    return found;
  }

  /** A person can be written to when the app is in one of their teams, or when they have a chat already. */
  function isReachable(userId: string): boolean {
    return (
      memory.hasChat(userId) ||
      directory.teams().some(team => isInstalled(team.id) && team.members.some(member => member.userId === userId))
    );
  }
  function isInstalled(teamId: string): boolean {
    return memory.installations.get(teamId) !== undefined;
  }
  function mustBeAllowed(conversation: Conversation): void {
    if (conversation.kind === 'channel' && !isInstalled(conversation.teamId)) throw notInRoster();
    if (conversation.kind === 'personal' && memory.blocked.get(conversation.userId)) throw writesBlocked();
  }

  function keep(conversation: Conversation, thread: string | null, activity: SentActivity): Message | null {
    mustBeAllowed(conversation);
    if (activity.type === 'typing') return null;
    if (activity.type !== 'message') throw badArgument(`Unknown activity type '${String(activity.type)}'.`);
    const cards = cardsOf(activity);
    const text = activity.text ?? '';
    if (!text && cards.length === 0) throw badArgument('Activity must contain text or attachments.');
    if (2 * JSON.stringify({ text, attachments: activity.attachments ?? [] }).length > maxMessageBytes) throw tooBig();
    took(conversation.id, activity.summary ?? text);
    if (typeof activity.channelData?.key === 'string') memory.countReceived(activity.channelData.key);

    const common = {
      conversationId: conversation.id,
      thread,
      from: null,
      summary: activity.summary ?? null,
      alert: activity.channelData?.notification?.alert === true,
    };
    // Teams shows a text and a card of one activity as two messages and tells the id of neither.
    const split = text !== '' && cards.length > 0;
    const last = split
      ? (memory.addMessage({ ...common, text, cards: [] }), memory.addMessage({ ...common, text: '', cards }))
      : memory.addMessage({ ...common, text, cards });
    changed(conversation.id);
    return split ? null : last;
  }

  return {
    isInstalled,
    isReachable,

    /** @returns the id to answer with; null where Teams tells none. */
    createConversation(request: ConversationRequest): { id: string; activityId: string | null } {
      const channelId = request.channelData?.channel?.id;
      if (channelId) {
        const conversation = conversationOf(channelId);
        if (conversation.kind !== 'channel') throw badArgument('Incorrect conversation creation parameters');
        if (!request.activity) throw badArgument('Activity is required to begin a conversation in a channel.');
        const message = keep(conversation, null, request.activity);
        const root = message?.id ?? memory.messages(conversation.id).at(-1)?.id ?? '';
        return { id: `${conversation.id};messageid=${root}`, activityId: message?.id ?? null };
      }
      const members = request.members ?? [];
      const userId = /^29:(.+)$/.exec(members[0]?.id ?? '')?.[1];
      if (request.isGroup || members.length !== 1 || !userId)
        throw badArgument('Incorrect conversation creation parameters');
      if ((request.tenantId ?? request.channelData?.tenant?.id) !== tenant.id)
        throw badArgument('Bot is not installed in this tenant, or no tenant id was given.');
      if (!directory.user(userId)) throw memberNotFound();
      if (!isReachable(userId)) throw notInRoster();
      const chat = memory.chatWith(userId);
      const message = request.activity ? keep(chat, null, request.activity) : null;
      changed(chat.id);
      return { id: chat.id, activityId: message?.id ?? null };
    },

    send(conversationId: string, activity: SentActivity): string | null {
      const conversation = conversationOf(conversationId);
      return (
        keep(conversation, conversation.kind === 'channel' ? threadOf(conversationId) : null, activity)?.id ?? null
      );
    },

    update(conversationId: string, activityId: string, activity: SentActivity): void {
      const conversation = conversationOf(conversationId);
      mustBeAllowed(conversation);
      const before = own(conversation, activityId);
      const cards = cardsOf(activity);
      if (2 * JSON.stringify({ text: activity.text, attachments: activity.attachments }).length > maxMessageBytes)
        throw tooBig();
      memory.changeMessage({
        ...before,
        text: activity.text ?? '',
        cards,
        summary: activity.summary ?? before.summary,
        editedAt: memory.now().toISOString(),
      });
      changed(conversation.id);
    },

    remove(conversationId: string, activityId: string): void {
      const conversation = conversationOf(conversationId);
      mustBeAllowed(conversation);
      memory.changeMessage({ ...own(conversation, activityId), text: '', cards: [], deleted: true });
      changed(conversation.id);
    },

    /** The people of a team, or the one person of a chat. */
    members(conversationId: string): User[] {
      const conversation = conversationOf(conversationId);
      if (conversation.kind === 'personal')
        return [directory.user(conversation.userId)].filter(user => user !== undefined);
      if (!isInstalled(conversation.teamId)) throw notInRoster();
      const team = directory.team(conversation.teamId);
      return (team?.members ?? []).map(member => directory.user(member.userId)).filter(user => user !== undefined);
    },

    team(threadId: string): Team {
      const team = directory.teams().find(one => one.threadId === threadId);
      if (!team) throw refusal(404, 'TeamNotFound', 'Team not found.');
      if (!isInstalled(team.id)) throw notInRoster();
      return team;
    },
  };

  function own(conversation: Conversation, activityId: string): Message {
    const message = memory.message(baseOf(conversation.id), activityId);
    if (!message || message.deleted) throw activityNotFound();
    if (message.from !== null) throw refusal(403, 'ActionForbidden', 'The bot can change only its own messages.');
    return message;
  }
}

function cardsOf(activity: SentActivity): CardJson[] {
  return (activity.attachments ?? []).flatMap(({ contentType, content }) =>
    contentType === adaptiveCard && content ? [content] : [],
  );
}
