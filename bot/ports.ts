// What the parts of the bot know of each other: each is made in one room and handed to the others by bot/app.ts.

import type { CommunityReport, ReportView } from '../domain/administration/api.ts';
import type { CommunitiesFilter, CommunityState } from '../domain/administration/administration.ts';
import type { FileAnswer } from '../domain/endpoint.ts';
import type { PublishView } from '../domain/charter/api.ts';
import type { AuditDoor, AuditOutcome, AuditReason, AuditFilter } from '../domain/audit/audit.ts';
import type { Rest } from '../domain/attention/open-days.ts';
import type { Community, Country, Member, Person, ReadyCommunity } from '../domain/community.ts';
import type { ChannelTab } from '../domain/deep-links.ts';
import type { LiveTopic, Present } from '../domain/live/live.ts';
import type { Stopped } from '../domain/messages/topics.ts';
import type { DeliveryFilter, DeliveryState, DeliveryReason } from '../domain/delivery/delivery.ts';
import type { Card } from './cards.ts';
import type { Translate } from './text.ts';

/** What time it is. A parameter, so that tests and the desk can move it. */
export type Clock = () => Date;

/** The server's log: a fixed sentence, and ids. */
export interface Log {
  info(ids: object, sentence: string): void;
  warn(ids: object, sentence: string): void;
}

/** Addresses that features hand out. */
export interface Links {
  /**
   * Into the personal tab, which is everywhere a person is. Where a card is shown, bot/teams/tab-links.ts has the last
   * word: in a channel it leads to the channel's tab.
   */
  tab(community: string, subPage: string, teamsApp?: string): string;
  /** Opens a chat with somebody in Teams. */
  chat(principalName: string): string;
  calendar(token: string): string;
}

/**
 * Puts messages into the outbox; a worker sends them within Teams' limits, each once.
 *
 * Act and tell: what is told follows from the state that was reached, never from the step that reached it. A job or a
 * press may break at any call and is then run again, so either the mark that says "this is done" is written after the
 * last message, or whoever finds the state reached already tells once more. Both cost nothing: the outbox knows every
 * message by its key, and an equal card is no change. A failure to tell is thrown on, for whoever is told that all is
 * well does not try again. tests/bot/act-and-tell.test.ts breaks every call of every job, press and change, and holds
 * them to it.
 */
export interface Messenger {
  /**
   * Queues one message per recipient. A message whose key (community, kind, period, recipient) is known already
   * is not queued again. People who asked for no more messages get none.
   */
  post(message: OutgoingMessage): Promise<void>;
  /**
   * Replaces every sent copy of a message in place, or those of these recipients, without a new notification;
   * copies not yet sent get the new card.
   */
  refresh(
    message: Pick<OutgoingMessage, 'community' | 'kind' | 'period' | 'card'> & Partial<Pick<OutgoingMessage, 'to'>>,
  ): Promise<void>;
  /**
   * Writes into the log of messages that this one was never sent: its moment was over before anything could be done, or
   * it gave way to others.
   */
  missed(
    message: Pick<OutgoingMessage, 'community' | 'kind' | 'period' | 'to'> & {
      readonly reason?: 'missed' | 'gave-way';
    },
  ): Promise<void>;
  /** Remembers that this person wants no more personal messages from this community, or wants them again. */
  optOut(community: string, person: string, out: boolean): Promise<void>;
  /** What each of these people wants no messages about, at the time a message would be sent. */
  stopped(community: string, people: readonly string[]): Promise<ReadonlyMap<string, Stopped>>;
  /** From now on this person wants messages about everything but this. */
  stop(community: string, person: string, stopped: Stopped): Promise<void>;
}

export interface OutgoingMessage {
  readonly community: string;
  /** What it is, with the feature's name: `facilitation.week`. */
  readonly kind: string;
  /** Which one of its kind: a day such as 2026-11-23, or `once`. */
  readonly period: string;
  readonly to: readonly Recipient[];
  /** Rendered for each recipient in their language. */
  card(t: Translate): Card;
  /** One line for the notification, in the recipient's language. */
  summary(t: Translate): string;
  /** Not sent after this moment. */
  readonly expires?: Date;
}

export type Recipient = { readonly person: Person } | { readonly channel: true };

/** The names that Entra knows people by, such as ann@example.org. */
export interface PrincipalNames {
  /** Undefined for who is not in the team, or of whom Teams does not say it. */
  principalName(community: string, person: string): Promise<string | undefined>;
  /**
   * Addresses and principal names of everybody in the team by their id: asked for each time, for they are kept nowhere.
   * Empty when the app is not in the team.
   */
  addresses(community: string): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Who is in a team, from Microsoft 365, remembered for a few minutes. */
export interface Roster {
  members(community: string): Promise<readonly Member[]>;
  member(community: string, person: string): Promise<Member | undefined>;
}

/** What is changed in communities, as it happens, by whichever server. */
export interface LiveChanges {
  /** @returns what ends it */
  listen(community: string, listener: LiveListener): () => void;
  /** Somebody has the community open. @returns what says that they have left */
  enter(community: string, who: Present): () => void;
}

export interface LiveListener {
  /** What these topics show was changed, or perhaps was. */
  changed(topics: readonly LiveTopic[]): void;
  /** Somebody came or left: whoever listens for a person looks whether they are still a member. */
  people(): void;
  /** Who has the community open now, whoever listens among them. */
  here(people: readonly Present[]): void;
  /** Nothing more will be told: the server stops. */
  ended(): void;
}

/** Who has left a team, as far as it is remembered. */
export interface Departed {
  /** From this moment on, the last one first. */
  since(community: string, moment: Date): Promise<readonly { readonly person: string; readonly at: Date }[]>;
}

/** The communities this app is installed in. */
export interface Communities {
  find(id: string): Promise<Community | undefined>;
  /**
   * Communities in which a person was met, when there are none a few of those there are: a hint, the roster decides.
   */
  perhapsOf(person: string): Promise<readonly Community[]>;
  /**
   * Every community in which a person was met, and a few in which they may never have been: the roster decides. For a
   * list of them all, where a question about one would be answered by {@link perhapsOf}.
   */
  candidatesOf(person: string): Promise<readonly Community[]>;
  /** From now on cards in the team's channels lead to this tab. */
  keepTab(id: string, tab: ChannelTab): Promise<void>;
  /** No tab is known any more in this channel. */
  forgetTabIn(id: string, channel: string): Promise<void>;
  /** From now on links name the app by the id that Teams has for it in this team. */
  keepTeamsApp(id: string, app: string): Promise<void>;
  /** Plans the community's jobs anew, as its settings now say. */
  planAnew(id: string): Promise<void>;
}

/** On which days communities rest, and what is known of public holidays. */
export interface RestDays {
  of(community: ReadyCommunity): Promise<Rest>;
  /** From one day to another, both included, in order; none for a country that nothing is known of. */
  holidays(country: Country, between: { readonly from: string; readonly to: string }): Promise<readonly Holiday[]>;
  /** The codes of the countries whose holidays are known. */
  countries(): Promise<readonly string[]>;
  /** The parts of a country that have holidays of their own. */
  regionsOf(country: string): Promise<readonly { readonly code: string; readonly name: string }[]>;
  /** The countries that lie in this zone, as far as is known. */
  countriesIn(timeZone: string): Promise<readonly string[]>;
}

/** A public holiday, by its day in the country. */
export interface Holiday {
  readonly day: string;
  readonly title: string;
}

/** The tabs of a team's channels. */
export interface ChannelTabs {
  /** Adds ours to the channel in which the app was added; null where Teams does not let us, and a person has to. */
  add(community: Community, name: string): Promise<ChannelTab | null>;
  /** Whether Teams says that this tab is not in its channel any more. Where we may not look, it does not. */
  isGone(community: Pick<Community, 'id'>, tab: ChannelTab): Promise<boolean>;
}

/** The Files of the channel in which the app was added: a folder in SharePoint. */
export interface Files {
  /** Puts a file there on behalf of the person with this token. One of the same name gets a new version. */
  publish(publication: {
    readonly community: string;
    readonly onBehalfOf: string;
    readonly file: FileAnswer;
  }): Promise<PublishView>;
}

/** Remembers the rows that were set aside so that the others could go on, for those who coordinate. */
export interface SetAside {
  of(community: string): Promise<readonly AsideRow[]>;
  /** May be repeated; it is aside since the first time. */
  put(row: AsideRow & { readonly community: string }): Promise<void>;
  takeBack(community: string, list: string, keys: readonly string[]): Promise<void>;
  /** These rows of a list, and no others, cannot be read now. */
  noteUnreadable(community: string, list: string, keys: readonly string[], since: Date): Promise<void>;
}

/** A row of a list that a community cannot be served with, until somebody puts it right. */
export interface AsideRow {
  /** The list's name in SharePoint. */
  readonly list: string;
  readonly key: string;
  /** What people call it. */
  readonly what: string;
  /** It cannot be read, or what is to be done with it fails. */
  readonly reason: 'failed' | 'unreadable';
  readonly since: Date;
}

/** A page of lines, newest first. */
export interface Page<Line> {
  readonly lines: readonly Line[];
  /** What to ask for next, or null when that was all. */
  readonly next: string | null;
}

/** Reads what became of every message; the outbox writes it. */
export interface DeliveryLog {
  /** Newest first. */
  read(query: LogQuery): Promise<Page<LoggedMessage>>;
  /** The kinds there are, of one community or of all. */
  kinds(community: string | null): Promise<readonly string[]>;
}

interface LogQuery extends DeliveryFilter {
  /** Null for all communities. */
  readonly community: string | null;
  /** Where the page before ended, as it said. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface LoggedMessage {
  readonly id: string;
  readonly community: {
    readonly id: string;
    readonly name: string;
    readonly timeZone: string;
    readonly removed: boolean;
  };
  readonly kind: string;
  readonly period: string;
  /** A person's id, or `channel`. */
  readonly recipient: string;
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  readonly detail: string | null;
  readonly attempts: number;
  readonly uncertain: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly updatedAt: Date | null;
}

export interface AuditTrail {
  readonly note: NoteAct;
  /** Newest first. */
  read(query: AuditQuery): Promise<Page<AuditLine>>;
  /** Once everything noted so far is stored, or given up. */
  settled(): Promise<void>;
}

/** Takes one line; never fails, and nobody waits for it. */
export type NoteAct = (act: NotedAct) => void;

/** What is to be written down. Ids and codes, never what anybody wrote. */
export interface NotedAct {
  /** An Entra object id, or `app`. */
  readonly person: string;
  /** Null where it concerns none, or none that we know. */
  readonly community: string | null;
  readonly act: string;
  readonly door: AuditDoor;
  /** The endpoint, the verb or the words. */
  readonly via: string;
  readonly about: string;
  readonly outcome: AuditOutcome;
  readonly reason: AuditReason | null;
  /** Of the HTTP request, or of the activity. */
  readonly request: string | null;
}

interface AuditQuery extends AuditFilter {
  /** Null for all communities. */
  readonly community: string | null;
  /** Where the page before ended, as it said. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface AuditLine extends Omit<NotedAct, 'community'> {
  readonly id: string;
  readonly community: {
    readonly id: string;
    readonly name: string;
    readonly timeZone: string;
    readonly removed: boolean;
  } | null;
  readonly at: Date;
  /** How often this person was refused this within the hour, and when last. */
  readonly count: number;
  readonly lastAt: Date;
}

/** How the server and the communities are, as the checks found them. */
export interface Reports {
  /** A minute old at most; wanted `again`, it is made anew. */
  server(asked: { readonly again: boolean; readonly t: Translate }): Promise<ReportView>;
  /** Looks, together with whoever asks meanwhile; undefined for what is no community with the app. */
  check(community: string, t: Translate): Promise<FoundCommunity | undefined>;
  /** As they were found when somebody last looked: asks nobody but the database. */
  communities(
    filter: CommunitiesFilter & { readonly limit: number },
    t: Translate,
  ): Promise<{ readonly entries: readonly FoundCommunity[]; readonly next: string | null }>;
  counts(): Promise<Record<CommunityState, number>>;
}

/** A community as the checks found it. */
export type FoundCommunity = Omit<CommunityReport, 'messages'>;

/** Figures of all communities together. */
export interface Figures {
  messages(since: Date): Promise<{
    readonly waiting: readonly MessageCount[];
    /** Refused, or too late, since then. */
    readonly notDelivered: readonly MessageCount[];
  }>;
  /** How many wait there, and how many were refused since then; a community without any is left out. */
  messagesOf(
    communities: readonly string[],
    since: Date,
  ): Promise<ReadonlyMap<string, { readonly waiting: number; readonly refused: number }>>;
  /** What the audit trail has since then. */
  acts(since: Date): Promise<Record<AuditOutcome, number>>;
  /** The newest migration that the database has had. */
  migration(): Promise<string>;
}

/** How many messages there are for one reason, and in how many communities. */
export interface MessageCount {
  readonly reason: DeliveryReason | null;
  readonly messages: number;
  readonly communities: number;
}

/** Everything about one person in one community, and the way to erase it. */
export interface PersonalData {
  held(community: string, person: Person): Promise<readonly HeldKind[]>;
  /**
   * Erases it. May be repeated, and is when it ended in the middle.
   * @param quiet the person is still in the team, and is not to be written to any more
   */
  forget(community: string, person: Person, quiet: boolean): Promise<void>;
}

/** What is kept about one person, of one kind: a list, or a table of ours. */
export interface HeldKind {
  readonly kind: string;
  readonly fate: 'goes' | 'loses-name' | 'stays';
  /** One a row: what it says, by the column's name. */
  readonly entries: readonly Readonly<Record<string, unknown>>[];
}
