import type { z } from 'zod';
import type { AnyEndpoint, Endpoint, FileAnswer, PublishView } from '../domain/api.ts';
import type { AuditOutcome } from '../domain/audit.ts';
import type { Community, Member, Person, ReadyCommunity } from '../domain/community.ts';
import type { Question, Sheet } from '../domain/survey.ts';
import type { TornQuestion } from '../domain/survey-results.ts';
import type { Card } from './cards.ts';
import { demanding, type CommunityFor, type Demanding, type Demands } from './demands.ts';
import type { Translate } from './text.ts';

/** What a feature gives the bot. Everything else about it stays in its folder. */
export interface Feature {
  /** First half of its card verbs, its routes' folder and its job names. */
  readonly name: string;
  /** `tick` answers the verb `facilitation.tick`. */
  readonly actions?: Readonly<Record<string, CardAction>>;
  /** What a person may type. */
  readonly commands?: readonly Command[];
  /** What a person may do with a message, from the menu beside it: `add` is the manifest's command `plan.add`. */
  readonly messageActions?: Readonly<Record<string, MessageAction>>;
  /** HTTP for its tab. */
  readonly routes?: readonly Route[];
  /** Files for whoever knows their link, without signing in. */
  readonly feeds?: readonly Feed[];
  /** HTTP for those who look after the app in the whole organisation. */
  readonly administration?: readonly AdministrationRoute[];
  /** What it does at a time of the community's own week. */
  readonly jobs?: readonly Job[];
  /** What it does when something happens in a team. */
  readonly events?: TeamEvents;
  /** Its sentences, by language; `en` is complete. */
  readonly text: Readonly<Record<string, object>>;
  /** Ends what it started beside the server, at once. */
  stop?(): void;
}

/** The answer to a pressed button: the card that takes its place, or a short notice above the old one. */
export type CardReply = ({ readonly card: Card } | { readonly notice: string }) & {
  /** For the audit trail. Left out, a card says that what was asked is done, and a notice that nothing was. */
  readonly outcome?: AuditOutcome | 'nothing';
};

/** A button on a card, made by {@link cardAction}. */
export interface CardAction extends Demanding, CardAnswer<never, Demands> {
  guest?(press: Guest<never>): Promise<Person | undefined>;
}

interface CardAnswer<Data, D extends Demands> {
  /** What the button and the inputs of its card must carry. */
  readonly data: z.ZodType<Data>;
  /** Returns the next card. Never sees Bot Framework. */
  run(press: Press<Data, CommunityFor<D>>): Promise<CardReply>;
  /** Who pressed stands in no log line: it would say who answered, and when. */
  readonly unnamed?: boolean;
}

interface Guests<Data> {
  /**
   * Lets somebody press who is not in the team, by name: such a person may nothing else. Without it only members may
   * press.
   */
  guest?(press: Guest<Data>): Promise<Person | undefined>;
}

/** Whoever is no member has no permission, so that guests are let in only to what is somebody's own. */
type OwnOfAnybody = Demands & { readonly may: 'community.read'; readonly own: string };
type NoGuests = { readonly guest?: never };

interface Guest<Data> {
  readonly data: Data;
  readonly person: string;
  readonly community: Community;
}

/** Makes a card action whose `run` knows the type of its data. */
export function cardAction<Data, const D extends Demands>(
  demands: D,
  action: CardAnswer<Data, D> & (D extends OwnOfAnybody ? Guests<NoInfer<Data>> : NoGuests),
): CardAction {
  return { ...action, demands, run: demanding(demands, press => action.run(press as never)) } as unknown as CardAction;
}

/** Somebody pressed a button. Who and where come from the verified request, never from the card's data. */
export interface Press<Data, Where extends Community = Community> {
  readonly data: Data;
  readonly who: Member;
  /** The community the card belongs to; the person is one of its members, or a guest of this action. */
  readonly community: Where;
  /** True when Teams refreshed the card by itself: answer with the card, and do not update the shared message. */
  readonly automatic: boolean;
  /** The zone of the person's device, if Teams said so. */
  readonly timeZone: string | null;
  readonly t: Translate;
}

/** Something a person may type, alone or after an @mention; made by {@link command}. */
export interface Command extends Demanding, CommandAnswer<Demands> {}

interface CommandAnswer<D extends Demands> {
  /** What to type, in lower case, one word or several: `charter`, `forget me`. */
  readonly name: string;
  /** Text key of one line for the help card. */
  readonly about: string;
  run(ask: Ask<CommunityFor<D>>): Promise<CardReply>;
}

/** Makes a command. */
export function command<const D extends Demands>(demands: D, answer: CommandAnswer<D>): Command {
  return { ...answer, demands, run: demanding(demands, ask => answer.run(ask as never)) } as unknown as Command;
}

export interface Ask<Where extends Community = Community> {
  readonly who: Member;
  readonly community: Where;
  readonly place: 'channel' | 'chat';
  /** What followed the command. */
  readonly rest: string;
  readonly t: Translate;
}

/**
 * Something a person may do with a message in Teams: a dialog opens, and what is typed into it comes back. Teams waits
 * five seconds, and then the person may press again: what `submit` does must be repeatable.
 */
export interface MessageAction extends Demanding, MessageAnswer<never, Demands> {}

interface MessageAnswer<Data, D extends Demands> {
  /** Text key of the dialog's title. */
  readonly title: string;
  /** What the dialog's button and inputs must carry, beside {@link DialogOrigin}. */
  readonly data: z.ZodType<Data>;
  /** The dialog; once more, with what was typed, when that could not be taken. */
  open(
    request: MessageRequest<CommunityFor<D>> & {
      readonly again: { readonly typed: Data; readonly problem: string } | null;
    },
  ): Promise<CardReply>;
  /** Takes what was typed. Returns the next card of the dialog, or a notice that ends it. */
  submit(request: MessageRequest<CommunityFor<D>> & { readonly data: Data }): Promise<CardReply>;
}

/** Makes a message action whose functions know the type of its data. */
export function messageAction<Data, const D extends Demands>(
  demands: D,
  action: MessageAnswer<Data, D>,
): MessageAction {
  return {
    ...action,
    demands,
    open: demanding(demands, request => action.open(request as never)),
    submit: demanding(demands, request => action.submit(request as never)),
  } as unknown as MessageAction;
}

/** Who and where come from the verified request and the roster; what the message says is what Teams sent. */
export interface MessageRequest<Where extends Community = Community> {
  readonly who: Member;
  readonly community: Where;
  readonly message: SharedMessage;
  readonly t: Translate;
}

/** A message as far as a feature may need it. */
export interface SharedMessage {
  /** Its subject and words without any markup; long ones are cut. */
  readonly text: string;
  /** The name of whoever wrote it, or null when Teams did not say. */
  readonly author: string | null;
  /** Leads to it in Teams. */
  readonly link: string | null;
}

/** What every button of a dialog's card carries, so that what comes back can be placed. */
interface DialogOrigin {
  readonly community: string;
  readonly message: SharedMessage;
}

/**
 * One endpoint of `domain/api.ts` and what answers it; made by {@link route}. The person is a member of the community.
 */
export interface Route extends Demanding {
  readonly endpoint: AnyEndpoint;
  handle(request: TabRequest<never>): Promise<TabAnswer<unknown>>;
}

/** Makes a route whose body and answer have the types of its endpoint. */
export function route<Body, Answer, const D extends Demands>(
  endpoint: Endpoint<Body, Answer>,
  demands: D,
  handle: (request: TabRequest<Body, CommunityFor<D>>) => Promise<TabAnswer<Answer>>,
): Route {
  return {
    endpoint,
    demands,
    handle: demanding(demands, request => handle(request as TabRequest<Body, CommunityFor<D>>)),
  } as unknown as Route;
}

export interface TabRequest<Body, Where extends Community = Community> {
  readonly who: Member;
  readonly community: Where;
  /** The path's other parameters and those of the query, not yet checked. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  /** The ETag of If-Match; null when the request says `If-None-Match: *`. Undefined for unconditional endpoints. */
  readonly ifMatch: string | null | undefined;
  /** The person's own token, to act on their behalf in Graph. */
  readonly onBehalfOf: string;
  readonly t: Translate;
}

/**
 * A file that other programs fetch again and again, such as a calendar. Nobody signs in: the token in its address is
 * the key, so it is kept out of every log.
 */
export interface Feed {
  /** Its address is `/<path>/<token>.<ending>`. */
  readonly path: string;
  readonly ending: string;
  /** Media type. */
  readonly type: string;
  /** What makes the file, or undefined when this token leads nowhere, or no longer. */
  open(token: string): Promise<((t: Translate) => Promise<string>) | undefined>;
}

/** One endpoint of `domain/api.ts` that belongs to no community. The person is one of the administrators. */
export interface AdministrationRoute {
  readonly endpoint: AnyEndpoint;
  handle(request: {
    readonly params: Readonly<Record<string, string>>;
    readonly t: Translate;
  }): Promise<TabAnswer<unknown>>;
}

/** Makes a route for administrators whose answer has the type of its endpoint. */
export function administrationRoute<Answer>(
  endpoint: Endpoint<unknown, Answer>,
  handle: (request: {
    readonly params: Readonly<Record<string, string>>;
    readonly t: Translate;
  }) => Promise<TabAnswer<Answer>>,
): AdministrationRoute {
  return { endpoint, handle };
}

export interface TabAnswer<Answer> {
  readonly body: Answer;
  readonly etag?: string;
}

/** Work that is due at moments of the community's own calendar; one that is not set up has none. */
export interface Job {
  /** With the feature's name: `facilitation.week`. */
  readonly name: string;
  /** People expect it at its moment: it goes before what only keeps things in order, when much is due at once. */
  readonly urgent?: boolean;
  /** The first moment strictly after `after` when this is due in this community, or null for never. Pure. */
  next(community: ReadyCommunity, after: Date): Date | null;
  /** Does it. Called again after a failure, so it must be repeatable; decides itself what is too late. */
  run(occasion: { readonly community: ReadyCommunity; readonly due: Date; readonly now: Date }): Promise<void>;
}

export interface TeamEvents {
  /** The app was added to a team, by this person when Teams said who. */
  appInstalled?(event: {
    readonly community: Community;
    readonly by: Person | null;
    readonly t: Translate;
  }): Promise<void>;
  /** People (never bots) joined a team that has the app. */
  membersJoined?(event: {
    readonly community: Community;
    readonly people: readonly Person[];
    readonly at: Date;
  }): Promise<void>;
  /** The channel that messages for the whole community went to is gone; they go to General from now on. */
  channelDeleted?(event: { readonly community: Community; readonly channel: string }): Promise<void>;
  membersLeft?(event: {
    readonly community: Community;
    readonly people: readonly Person[];
    readonly at: Date;
  }): Promise<void>;
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
   * Writes into the log of messages that this one was never sent, because its moment was over before anything could be
   * done.
   */
  missed(message: Pick<OutgoingMessage, 'community' | 'kind' | 'period' | 'to'>): Promise<void>;
  /** Remembers that this person wants no more personal messages from this community, or wants them again. */
  optOut(community: string, person: string, out: boolean): Promise<void>;
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

/** Who is in a team, from Microsoft 365, remembered for a few minutes. */
export interface Roster {
  members(community: string): Promise<readonly Member[]>;
  member(community: string, person: string): Promise<Member | undefined>;
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

/** The communities this app is installed in. */
export interface Communities {
  find(id: string): Promise<Community | undefined>;
  /**
   * Communities in which a person was met, when there are none a few of those there are: a hint, the roster decides.
   */
  perhapsOf(person: string): Promise<readonly Community[]>;
  /** Plans the community's jobs anew, as its settings now say. */
  planAnew(id: string): Promise<void>;
}

/**
 * Keeps the answers of anonymous surveys while these are open: who has answered on one side, what was answered on the
 * other, both sealed, without a time, and with nothing that leads from one to the other.
 */
export interface BallotBox {
  /** Puts an answer in. The token it can be changed with is kept nowhere else. */
  cast(ballot: {
    readonly community: string;
    readonly survey: string;
    readonly person: string;
    readonly sheet: Sheet;
  }): Promise<{ readonly token: string } | 'answered-before' | Shut>;
  /** Replaces the answer that this token belongs to; of what it replaces nothing is left. */
  replace(ballot: {
    readonly community: string;
    readonly survey: string;
    readonly token: string;
    readonly sheet: Sheet;
  }): Promise<'replaced' | 'unknown' | Shut>;
  /** While it is open: ids of those who have answered. */
  look(
    community: string,
    survey: string,
  ): Promise<{ readonly state: 'open'; readonly voters: ReadonlySet<string> } | { readonly state: Shut }>;
  /**
   * Takes no more answers, forgets who gave them, and tears them into questions. The same, in the same order, each
   * time.
   */
  count(community: string, survey: string, questions: readonly Question[]): Promise<Counted | Shut>;
  /** Forgets all that was in the box, for good. */
  destroy(community: string, survey: string): Promise<void>;
}

/** Why nobody can look into a box: `gone` was destroyed, for good; the key of a `locked` one is not on this server. */
export type Shut = 'gone' | 'locked';

/** What was in a box when it was closed, torn into questions. */
export interface Counted {
  readonly answered: number;
  readonly questions: TornQuestion[];
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

/** Remembers the rows that were set aside so that the others could go on, for those who coordinate. */
export interface SetAside {
  of(community: string): Promise<readonly AsideRow[]>;
  /** May be repeated; it is aside since the first time. */
  put(row: AsideRow & { readonly community: string }): Promise<void>;
  takeBack(community: string, list: string, keys: readonly string[]): Promise<void>;
  /** These rows of a list, and no others, cannot be read now. */
  noteUnreadable(community: string, list: string, keys: readonly string[], since: Date): Promise<void>;
}

/** Whose calendar it is: a person's, by their id, or a community's. */
export interface CalendarOf {
  readonly kind: 'person' | 'community';
  readonly id: string;
}

/** Links that lead to a calendar without signing in, at most one for each calendar. */
export interface CalendarLinks {
  /** Who made the link that works, and when; the link itself is not kept. */
  find(of: CalendarOf): Promise<{ readonly madeBy: Person; readonly madeAt: Date } | undefined>;
  /** Returns the token of a new link. The one before it leads nowhere from now on. */
  make(of: CalendarOf, by: Person, at: Date): Promise<string>;
  /** May be repeated. */
  revoke(of: CalendarOf): Promise<void>;
  /** Whose calendar this token leads to, or undefined when it leads nowhere. */
  open(token: string): Promise<CalendarOf | undefined>;
}

/**
 * Digest bundles: what goes out in the same month to somebody who sponsors several communities reaches them once, in
 * one card where that can be.
 */
export interface Bundles {
  /** Notes that this community will have a digest for this person in this month. */
  expect(part: BundlePart): Promise<void>;
  /**
   * Takes what nobody has taken yet for this person in this month into the card of this community; once, what comes
   * later goes by itself.
   * @param alone only this community’s own part
   * @returns the communities whose digests its card carries, now and whenever it asks again; without itself when another card carries it.
   */
  claim(part: BundlePart, alone?: boolean): Promise<readonly string[]>;
  /** The communities whose digests the card of this community carries. */
  carriedBy(part: BundlePart): Promise<readonly string[]>;
  /** Gives back a part whose digest could not be had, so that its own community sends it. */
  release(part: BundlePart): Promise<void>;
}

export interface BundlePart {
  /** YYYY-MM. */
  readonly month: string;
  readonly person: string;
  readonly community: string;
}

/** What time it is. A parameter, so that tests and the desk can move it. */
export type Clock = () => Date;

/** The server's log: a fixed sentence, and ids. */
export interface Log {
  info(ids: object, sentence: string): void;
  warn(ids: object, sentence: string): void;
}
