import type { Store } from '../store.ts';
import type { LocalTenant } from '../tenant.ts';

/** A chat of one person with the bot, or a channel. */
export type Conversation =
  | { readonly id: string; readonly kind: 'personal'; readonly userId: string }
  | { readonly id: string; readonly kind: 'channel'; readonly teamId: string };

/** What somebody wrote or the bot sent. */
export interface Message {
  readonly id: string;
  /** Without `;messageid=…`. */
  readonly conversationId: string;
  /** The message that began the thread, when this is an answer in a channel. */
  readonly thread: string | null;
  /** A person's object id, or null for the bot. */
  readonly from: string | null;
  readonly sentAt: string;
  readonly text: string;
  readonly cards: readonly CardJson[];
  /** What a notification would say. */
  readonly summary: string | null;
  /** True when the bot asked for a notification in the activity feed. */
  readonly alert: boolean;
  readonly editedAt: string | null;
  readonly deleted: boolean;
  /** Rises with everything that happens in the tenant; unread counting compares it. */
  readonly position: number;
}

export type CardJson = Readonly<Record<string, unknown>>;

/** What one person sees in place of the message's own card, until the bot updates the message. */
export interface View {
  readonly card: CardJson;
  readonly refreshedAt: string;
}

/** The app in a team. */
export interface Installation {
  readonly teamId: string;
  readonly by: string;
}

/** Conversations and messages of the local tenant, kept in the store. */
export type Memory = ReturnType<typeof createMemory>;

export function createMemory(store: Store, { clock, directory }: Pick<LocalTenant, 'clock' | 'directory'>) {
  const chats = store.collection<{ userId: string }>('chats');
  const forgotten = store.collection<{ count: number }>('chats-forgotten');
  const messages = store.collection<Message>('messages');
  const views = store.collection<View>('card-views');
  const installations = store.collection<Installation>('installations');
  const blocked = store.collection<{ at: string }>('bot-blocked');
  const received = store.collection<{ count: number }>('sends-received');
  const read = store.collection<{ position: number }>('read-up-to');

  function messageKey(conversationId: string, messageId: string): string {
    return `${conversationId}/${messageId}`;
  }

  const idOfChat = (userId: string): string => chatId(userId, forgotten.get(userId)?.count);

  const ids = new Set(messages.values().map(message => message.id));

  /** Teams' message ids are milliseconds; two in one millisecond, or after the clock went back, still differ. */
  function freshMessageId(): string {
    let id = clock.now().getTime();
    while (ids.has(String(id))) id += 1;
    ids.add(String(id));
    return String(id);
  }

  return {
    now: clock.now,
    installations,
    blocked,
    views,

    /** Finds a conversation by its id, with or without the thread in it. */
    conversation(id: string): Conversation | undefined {
      const base = baseOf(id);
      const chat = chats.get(base);
      if (chat) return { id: base, kind: 'personal', userId: chat.userId };
      const team = directory
        .teams()
        .find(one => one.threadId === base || one.channels.some(channel => channel.id === base));
      return team && { id: base, kind: 'channel', teamId: team.id };
    },

    /** The one chat of this person with the bot, begun when there is none. */
    chatWith(userId: string): Conversation {
      const id = idOfChat(userId);
      if (!chats.get(id)) chats.put(id, { userId });
      return { id, kind: 'personal', userId };
    },

    /** The same, not yet begun: for those who only look. */
    chatOf: (userId: string): Conversation => ({ id: idOfChat(userId), kind: 'personal', userId }),

    hasChat: (userId: string): boolean => chats.get(idOfChat(userId)) !== undefined,

    /** Teams knows the chat no longer; the next one has another id. */
    forgetChat(userId: string): void {
      store.together(() => {
        chats.delete(idOfChat(userId));
        forgotten.put(userId, { count: (forgotten.get(userId)?.count ?? 0) + 1 });
      });
    },

    messages(conversationId: string): Message[] {
      return messages.where('conversationId', conversationId);
    },

    message: (conversationId: string, messageId: string): Message | undefined =>
      messages.get(messageKey(baseOf(conversationId), messageId)),

    findMessage: (messageId: string, seenBy: (conversationId: string) => boolean): Message | undefined =>
      messages.values().find(message => message.id === messageId && seenBy(message.conversationId)),

    addMessage(message: Omit<Message, 'id' | 'sentAt' | 'editedAt' | 'deleted' | 'position'>): Message {
      const added: Message = {
        ...message,
        id: freshMessageId(),
        sentAt: clock.now().toISOString(),
        editedAt: null,
        deleted: false,
        position: messages.next(),
      };
      messages.put(messageKey(added.conversationId, added.id), added);
      return added;
    },

    /** Keeps a changed message; what people saw in place of its card is gone, as in Teams. */
    changeMessage(changed: Message): void {
      store.together(() => {
        const prefix = `${messageKey(changed.conversationId, changed.id)}/`;
        messages.put(messageKey(changed.conversationId, changed.id), changed);
        for (const [key] of [...views.entries()]) if (key.startsWith(prefix)) views.delete(key);
      });
    },

    view: (message: Message, userId: string): View | undefined =>
      views.get(`${messageKey(message.conversationId, message.id)}/${userId}`),
    putView: (message: Message, userId: string, view: View): void =>
      views.put(`${messageKey(message.conversationId, message.id)}/${userId}`, view),

    countReceived(key: string): void {
      received.put(key, { count: (received.get(key)?.count ?? 0) + 1 });
    },
    received: (key: string): number => received.get(key)?.count ?? 0,

    markRead(userId: string, conversationId: string): void {
      const last = Math.max(0, ...messages.where('conversationId', conversationId).map(({ position }) => position));
      read.put(`${userId}/${conversationId}`, { position: last });
    },
    unread(userId: string, conversationId: string): number {
      const upTo = read.get(`${userId}/${conversationId}`)?.position ?? 0;
      return messages
        .where('conversationId', conversationId)
        .filter(one => one.position > upTo && one.from !== userId && !one.deleted).length;
    },
  };
}

/** `19:…@thread.tacv2;messageid=5` → `19:…@thread.tacv2` */
export function baseOf(conversationId: string): string {
  return conversationId.split(';')[0] ?? conversationId;
}

/** `19:…@thread.tacv2;messageid=5` → `5` */
export function threadOf(conversationId: string): string | null {
  return /;messageid=(.+)$/.exec(conversationId)?.[1] ?? null;
}

/**
 * The id of the one chat this person can have with the bot: another one each time Teams forgot the one before. All of
 * them begin alike.
 */
export function chatId(userId: string, timesForgotten = 0): string {
  return `a:1${userId.replaceAll('-', '')}${timesForgotten === 0 ? '' : `x${timesForgotten}`}`;
}
