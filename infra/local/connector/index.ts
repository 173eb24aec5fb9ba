import { sees } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import type { ActivityJson } from './activities.ts';
import { createAddresses, type WrongAnswer } from './addresses.ts';
import { addBotRoutes } from './bot-routes.ts';
import { createBotSide } from './bot-side.ts';
import { createConnectorFaults, createTally, type ConnectorFaults, type Tally } from './faults.ts';
import { createMemory, type Conversation, type Message, type View } from './memory.ts';
import { refreshDue } from './refresh.ts';
import type { DialogResult } from './dialogs.ts';
import type { ChannelKind } from './channel-life.ts';
import { createTeamLife, type EventFate } from './team-life.ts';
import { createTeamsSide, Impossible, type CardActionJson, type Delivery, type PressResult } from './teams-side.ts';

export { Impossible, type DialogResult, type Message };

/** What the Bot Connector needs of Entra. */
export interface ConnectorTokens {
  /** A token with which the Bot Connector signs what it sends to the bot. */
  signToBot(serviceUrl: string): Promise<string>;
  /** Throws when the token was not issued for this audience. */
  verify(token: string, audience: 'https://api.botframework.com'): Promise<unknown>;
}

export type DeskEvent =
  /** Something to look at anew: one conversation, or everything. */
  | { readonly kind: 'changed'; readonly conversationId: string | null }
  | { readonly kind: 'installed' | 'uninstalled'; readonly teamId: string }
  | { readonly kind: 'warning'; readonly sentence: string };

/** Teams' messages: the Bot Connector REST towards the bot, and what people do in Teams. */
export interface Connector {
  /** Sends a signed activity, already in Teams' shape, to the bot. */
  deliver(activity: ActivityJson): Promise<Delivery>;
  installApp(teamId: string, byUserId: string): Promise<readonly Delivery[]>;
  uninstallApp(teamId: string, byUserId: string): Promise<readonly Delivery[]>;
  isInstalled(teamId: string): boolean;
  joins(teamId: string, userIds: readonly string[]): Promise<Delivery | null>;
  leaves(teamId: string, userIds: readonly string[]): Promise<Delivery | null>;
  /** Makes a channel, with its first member, and returns its id. */
  createChannel(teamId: string, name: string, type: ChannelKind, byUserId: string): Promise<string>;
  /** Adds the app to one private or shared channel, or takes it out of it. */
  allowInChannel(teamId: string, channelId: string, allowed: boolean): Promise<Delivery | null>;
  /** Somebody is added to one channel, or removed from it; in a shared one it may be somebody from outside the team. */
  joinsChannel(teamId: string, channelId: string, userId: string): Promise<Delivery | null>;
  leavesChannel(teamId: string, channelId: string, userId: string): Promise<Delivery | null>;
  /** Channels beside General are renamed, deleted, and restored within 30 days. */
  renameChannel(teamId: string, channelId: string, name: string): Promise<Delivery | null>;
  deleteChannel(teamId: string, channelId: string): Promise<Delivery | null>;
  restoreChannel(teamId: string, channelId: string): Promise<Delivery | null>;
  /** What becomes of the next events of teams. */
  nextEvents(fate: EventFate, count?: number): void;
  says(
    userId: string,
    where: string,
    text: string,
    options?: { readonly mention?: boolean },
  ): Promise<{ readonly message: Message; readonly delivery: Delivery | null }>;
  presses(
    userId: string,
    messageId: string,
    action: CardActionJson,
    trigger?: 'manual' | 'automatic',
  ): Promise<PressResult>;
  /** Chooses a command of the manifest from a message's menu, or, with `data`, sends the dialog it opened. */
  asksAbout(userId: string, messageId: string, commandId: string, data?: object): Promise<DialogResult>;
  /** Refreshes a card for somebody who looks at it, when Teams would. Null when it would not. */
  looksAt(userId: string, messageId: string): Promise<PressResult | null>;
  block(userId: string, blocked: boolean): void;
  isBlocked(userId: string): boolean;
  /** Teams no longer knows this person's chat with the bot; whoever opens it anew gets another id. */
  forgetChat(userId: string): void;
  /**
   * Moves the tenant, or one person's own chat, to another address of the Bot Connector. The one before refuses them.
   */
  move(to: string, options?: { readonly person?: string | null; readonly answer?: WrongAnswer }): void;
  /** Conversations this person sees: the channels of their teams, and their chat with the bot when it can exist. */
  conversationsOf(userId: string): readonly { readonly conversation: Conversation; readonly unread: number }[];
  messages(conversationId: string): readonly Message[];
  /** What this person sees in place of the message's own card. */
  view(message: Message, userId: string): View | undefined;
  markRead(userId: string, conversationId: string): void;
  /** How many messages arrived whose `channelData.key` is this one. */
  received(key: string): number;
  /** Calls back after each change. Returns how to stop. */
  onEvent(listener: (event: DeskEvent) => void): () => void;
  /** What goes wrong on request. */
  readonly faults: ConnectorFaults;
  /** What reached Teams, and what it answered. */
  readonly tally: Tally;
  /** Whether Teams' rate limits and its refusal of concurrent sends apply. Off at first. */
  enforceLimits: boolean;
}

/** Teams gives a bot fifteen seconds to answer. */
const patience = 15_000;

export function openConnector(local: LocalTenant, entra: ConnectorTokens): Connector {
  const { directory, clock } = local;
  const memory = createMemory(local.store, local);
  const connectorFaults = createConnectorFaults();
  const tally = createTally();
  const addresses = createAddresses(local, memory);
  const listeners = new Set<(event: DeskEvent) => void>();
  const refreshing = new Map<string, Promise<PressResult>>();
  /**
   * Refreshes that updated their own message, by when: the desk spares the machine the endless round that Teams would
   * make.
   */
  const endless = new Map<string, number>();

  function tell(event: DeskEvent): void {
    for (const listener of listeners) listener(event);
  }
  const changed = (conversationId: string | null) => tell({ kind: 'changed', conversationId });

  async function deliver(activity: ActivityJson, milliseconds = patience): Promise<Delivery> {
    const endpoint = local.appInTeams?.endpoint() ?? new URL(`${local.productUrl()}/api/messages`);
    if (typeof endpoint === 'string') return { status: 0, body: endpoint };
    const token = await entra.signToBot(String(activity['serviceUrl']));
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(milliseconds),
      });
      return { status: response.status, body: parsed(await response.text()) };
    } catch (error) {
      return {
        status: 0,
        body: `The bot at ${endpoint.origin} did not answer: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }

  /** Each activity says where its conversation is answered. */
  function addressed(activity: ActivityJson): ActivityJson {
    const { id = '' } = (activity['conversation'] ?? {}) as { id?: string };
    const conversation = memory.conversation(id);
    return { ...activity, serviceUrl: addresses.of(conversation?.kind === 'personal' ? conversation.userId : null) };
  }

  const bot = createBotSide(local, memory, changed, (conversation, summary) => tally.took(conversation, summary));
  const warn = (sentence: string) => tell({ kind: 'warning', sentence });
  const send = (activity: ActivityJson, milliseconds?: number) => deliver(addressed(activity), milliseconds);
  const teams = createTeamsSide({ local, memory, bot, deliver: send, changed, warn });
  const life = createTeamLife({ local, memory, bot, deliver: send, changed, teamEvent: tell });

  const connector: Connector = {
    deliver: activity => deliver(activity),
    installApp: life.installApp,
    uninstallApp: life.uninstallApp,
    isInstalled: bot.isInstalled,
    joins: life.joins,
    leaves: life.leaves,
    createChannel: life.createChannel,
    allowInChannel: life.allowInChannel,
    joinsChannel: life.joinsChannel,
    leavesChannel: life.leavesChannel,
    renameChannel: life.renameChannel,
    deleteChannel: life.deleteChannel,
    restoreChannel: life.restoreChannel,
    nextEvents: life.nextEvents,
    says: teams.says,
    presses: teams.presses,
    asksAbout: teams.asksAbout,

    async looksAt(userId, messageId) {
      const message = memory.findMessage(messageId, conversationId => teams.maySee(conversationId, userId));
      const conversation = message && memory.conversation(message.conversationId);
      if (!message || !conversation) return null;
      const memberCount =
        conversation.kind === 'personal' ? 1 : (directory.team(conversation.teamId)?.members.length ?? 0);
      const action = refreshDue(message, userId, { memory, memberCount, now: clock.now() });
      if (!action) return null;
      const key = `${message.conversationId}/${messageId}/${userId}`;
      if (Date.now() - (endless.get(key) ?? -Infinity) < 60_000) return null;
      const known = refreshing.get(key);
      if (known) return known;
      const underWay = teams.presses(userId, messageId, action, 'automatic').finally(() => {
        refreshing.delete(key);
        if (memory.message(message.conversationId, messageId)?.editedAt !== message.editedAt)
          endless.set(key, Date.now());
      });
      refreshing.set(key, underWay);
      return underWay;
    },

    block(userId, blocked) {
      if (blocked) memory.blocked.put(userId, { at: clock.now().toISOString() });
      else memory.blocked.delete(userId);
      changed(null);
    },
    isBlocked: userId => memory.blocked.get(userId) !== undefined,
    forgetChat(userId) {
      memory.forgetChat(userId);
      changed(null);
    },
    move: (region, { person = null, answer = 403 } = {}) => addresses.move(person, { region, wrong: answer }),

    conversationsOf(userId) {
      const channels = directory
        .teams()
        .flatMap(team => team.channels.filter(({ id }) => sees(team, id, userId)))
        .map(({ id }) => memory.conversation(id));
      const chat = bot.isReachable(userId) ? [memory.chatOf(userId)] : [];
      return [...channels, ...chat]
        .filter(conversation => conversation !== undefined)
        .map(conversation => ({ conversation, unread: memory.unread(userId, conversation.id) }));
    },
    messages: memory.messages,
    view: memory.view,
    markRead(userId, conversationId) {
      memory.markRead(userId, conversationId);
      changed(null);
    },
    received: memory.received,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    faults: connectorFaults,
    tally,
    enforceLimits: false,
  };

  addBotRoutes({
    local,
    bot,
    addresses,
    verify: token => entra.verify(token, 'https://api.botframework.com'),
    enforcesLimits: () => connector.enforceLimits,
    connectorFaults,
    tally,
  });
  return connector;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
