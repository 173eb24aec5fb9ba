/** What the desk's calls give, read by its page as well. Nothing here runs. */

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly mail: string;
  readonly jobTitle: string;
  readonly locale: string;
  readonly timeZone: string;
  /** Coordinator, sponsor, member, newcomer, owner, or in no team: a hint, not a right. */
  readonly role: string;
  readonly blocked: boolean;
}

export interface TeamView {
  readonly id: string;
  readonly threadId: string;
  readonly name: string;
  readonly description: string;
  readonly channels: readonly ChannelView[];
  /** Those that can be restored. */
  readonly deletedChannels: readonly Pick<ChannelView, 'id' | 'name'>[];
  readonly members: readonly string[];
  readonly owners: readonly string[];
  readonly installed: boolean;
  readonly sitePath: string;
  readonly tabs: readonly TabView[];
  /** The documents in its channels' folders. */
  readonly files: readonly FileView[];
}

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly type: 'standard' | 'private' | 'shared';
  /** Whether the app, where its team has it, reaches this channel. */
  readonly hasApp: boolean;
}

export interface FileView {
  readonly name: string;
  /** The channel whose folder it is in. */
  readonly folder: string;
  readonly url: string;
  readonly bytes: number;
  readonly version: number;
  readonly modified: string;
  readonly modifiedBy: string | null;
}

/** A list of a team's site as SharePoint's own page shows it. */
export interface ListView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly columns: readonly ListColumnView[];
  readonly rows: readonly ListRowView[];
}

export interface ListColumnView {
  readonly name: string;
  readonly title: string;
  readonly kind: 'text' | 'lines' | 'number' | 'boolean' | 'dateTime' | 'choice';
  /** What may be chosen; empty for every other kind. */
  readonly choices: readonly string[];
}

export interface ListRowView {
  readonly id: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
  readonly modified: string;
  /** Null for the app. */
  readonly modifiedBy: string | null;
}

/** A tab that was added to a channel. */
export interface TabView {
  readonly id: string;
  readonly channelId: string;
  readonly name: string;
  readonly contentUrl: string;
  /** `page.id` of Teams JS. */
  readonly entityId: string;
  /** The page that is shown before the tab is taken away. */
  readonly removeUrl: string | null;
}

/** A tab that every person has who has the app, as the manifest says. */
export interface PersonalTabView {
  readonly entityId: string;
  readonly name: string;
  readonly contentUrl: string;
}

interface ConversationView {
  readonly id: string;
  readonly kind: 'personal' | 'channel';
  readonly unread: number;
}

export interface MessageView {
  readonly id: string;
  readonly thread: string | null;
  /** Null for the bot. */
  readonly from: string | null;
  readonly sentAt: string;
  readonly editedAt: string | null;
  readonly deleted: boolean;
  readonly text: string;
  /** What the viewer sees: their own view of the card where they have one. */
  readonly cards: readonly Readonly<Record<string, unknown>>[];
  readonly personalView: boolean;
  readonly summary: string | null;
  readonly alert: boolean;
}

interface FaultView {
  readonly method?: string;
  readonly path: string;
  readonly status: number;
  readonly count: number;
  readonly retryAfter?: number;
  readonly code?: string;
  readonly message?: string;
}

/** A command of the app in a message's menu. */
export interface MessageCommandView {
  readonly id: string;
  readonly title: string;
}

export interface DeskState {
  readonly app: {
    readonly id: string;
    /** What Teams calls the app. */
    readonly catalogueId: string;
    readonly name: string;
    readonly messageCommands: readonly MessageCommandView[];
    readonly personalTabs: readonly PersonalTabView[];
  };
  readonly tenantId: string;
  readonly domain: string;
  readonly productUrl: string;
  readonly clock: { readonly now: string; readonly moved: boolean };
  /** The zone the desk shows times in: the sample community's. */
  readonly zone: string;
  readonly people: readonly PersonView[];
  readonly teams: readonly TeamView[];
  /** Of the person who looks. */
  readonly conversations: readonly ConversationView[];
  readonly faults: readonly FaultView[];
  readonly latencyMs: number;
  /** Delegated permissions the tenant has consented to. */
  readonly consents: readonly string[];
  readonly limitsEnforced: boolean;
  /** Whether the sample community is still being set up. */
  readonly filling: boolean;
  readonly canBeginAnew: boolean;
}

/** One line of "Everything here is also an HTTP call". */
export interface CallView {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly about: string;
  readonly example?: unknown;
}

export interface PressResultView {
  readonly outcome: 'card' | 'notice' | 'error' | 'nothing';
  readonly text?: string;
  readonly shown?: string;
  readonly detail?: string;
}

/** What a command of a message's menu came to. */
export type DialogResultView =
  | { readonly outcome: 'dialog'; readonly title: string; readonly card: Readonly<Record<string, unknown>> }
  | { readonly outcome: 'empty'; readonly detail: string }
  | { readonly outcome: 'closed' }
  | { readonly outcome: 'error'; readonly shown: string; readonly detail: string };
