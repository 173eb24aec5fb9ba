import type { LocalTenant } from '../tenant.ts';
import { appIsIn, tenant, type Team, type User } from '../directory.ts';
import { baseOf, threadOf, type CardJson, type Conversation, type Memory, type Message } from './memory.ts';
import {
  activityNotFound,
  badArgument,
  conversationNotFound,
  memberNotFound,
  notImplemented,
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

/** What botbuilder sends; everything may be missing. What is not named here is not implemented. */
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
    if (conversation.kind === 'channel') {
      const team = directory.team(conversation.teamId);
      if (!team || !isInstalled(team.id) || !appIsIn(team, conversation.id)) throw notInRoster();
    }
    if (conversation.kind === 'personal' && memory.blocked.get(conversation.userId)) throw writesBlocked();
  }

  function keep(conversation: Conversation, thread: string | null, activity: SentActivity): Message | null {
    mustBeAllowed(conversation);
    mustBeKnown(activity);
    if (activity.type === 'typing') return null;
    const cards = cardsOf(activity);
    const text = activity.text ?? '';
    if (!text && cards.length === 0) throw badArgument('Activity must contain text or attachments.');
    mustFit(activity);
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

    /** @returns the ids to answer with, null where Teams tells none, and whose chat it is, null for a channel. */
    createConversation(request: ConversationRequest): {
      id: string;
      activityId: string | null;
      owner: string | null;
    } {
      mustHaveKnown(request, requestParts, 'a conversation with');
      const channelId = request.channelData?.channel?.id;
      if (channelId) {
        const conversation = conversationOf(channelId);
        if (conversation.kind !== 'channel') throw badArgument('Incorrect conversation creation parameters');
        if (!request.activity) throw badArgument('Activity is required to begin a conversation in a channel.');
        const message = keep(conversation, null, request.activity);
        const root = message?.id ?? memory.messages(conversation.id).at(-1)?.id ?? '';
        return { id: `${conversation.id};messageid=${root}`, activityId: message?.id ?? null, owner: null };
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
      return { id: chat.id, activityId: message?.id ?? null, owner: userId };
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
      mustBeKnown(activity);
      mustFit(activity);
      const cards = cardsOf(activity);
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

/** Of an activity; all but the first six say only what the call says already, as botbuilder fills them in. */
const activityParts: ReadonlySet<string> = new Set([
  ...['type', 'text', 'summary', 'attachments', 'channelData', 'replyToId'],
  ...['id', 'timestamp', 'localTimestamp', 'channelId', 'serviceUrl', 'from', 'recipient', 'conversation'],
  ...['inputHint', 'textFormat', 'locale'],
]);
const requestParts: ReadonlySet<string> = new Set(['isGroup', 'bot', 'members', 'tenantId', 'channelData', 'activity']);

function mustHaveKnown(given: object, known: ReadonlySet<string>, what: string): void {
  for (const [part, value] of Object.entries(given)) {
    const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && !known.has(part)) throw notImplemented(`${what} ${part}`);
  }
}

/** Teams takes more kinds of activities and attachments; here it is none of its refusals, but a gap. */
function mustBeKnown(activity: SentActivity): void {
  if (activity.type !== 'message' && activity.type !== 'typing')
    throw notImplemented(`activities of the type ${String(activity.type)}`);
  mustHaveKnown(activity, activityParts, 'an activity with');
  for (const { contentType } of activity.attachments ?? [])
    if (contentType !== adaptiveCard) throw notImplemented(`attachments of the type ${String(contentType)}`);
}

function mustFit({ text, attachments = [] }: SentActivity): void {
  if (2 * JSON.stringify({ text, attachments }).length > maxMessageBytes) throw tooBig();
}

function cardsOf(activity: SentActivity): CardJson[] {
  return (activity.attachments ?? []).flatMap(({ contentType, content }) =>
    contentType === adaptiveCard && content ? [content] : [],
  );
}
