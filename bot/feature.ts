import { z } from 'zod';
import type { AnyEndpoint, Endpoint } from '../domain/endpoint.ts';
import type { Rest } from '../domain/attention/open-days.ts';
import type { Urgency } from '../domain/attention/mornings.ts';
import type { AuditOutcome } from '../domain/audit/audit.ts';
import type { Community, Member, Person, ReadyCommunity } from '../domain/community.ts';
import type { Permission } from '../domain/permissions.ts';
import type { Card } from './cards.ts';
import { demanding, type CommunityFor, type Demanding, type Demands } from './demands.ts';
import type { OutgoingMessage, Recipient } from './ports.ts';
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
  /** HTTP for every person of the organisation, about themself. */
  readonly everybody?: readonly EverybodyRoute[];
  /** What it does at a time of the community's own week. */
  readonly jobs?: readonly Job[];
  /**
   * What it would like people, or the channel, to be told this morning. It is asked each open morning, and whenever
   * somebody opens one of several, so it says what is so now, and does nothing.
   */
  wishes?(morning: Morning): Promise<readonly Wish[]>;
  /** Whom, by their ids, a card of its own reaches this morning: nothing else is said to them then. */
  reaches?(morning: Morning): Promise<readonly string[]>;
  /** What it does when something happens in a team. */
  readonly events?: TeamEvents;
  /**
   * What the community wrote, as far as every member may read it: a question that it answers is answered with it, and a
   * thing that a sentence names is found by it. `t` speaks the reader's language.
   */
  passages?(asked: { readonly community: Community; readonly t: Translate }): Promise<readonly Passage[]>;
  /**
   * Its sentences, by language; `en` is complete. `phrases` among them are examples of what people say, by what could
   * be typed instead: bot/understanding/README.md.
   */
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
  const data = cardData(action.data);
  return {
    ...action,
    data,
    demands,
    run: demanding(demands, press => action.run(press as never)),
  } as unknown as CardAction;
}

/** What came back from a card, as `schema` wants it: to some clients an input without a value is `null`. */
function cardData<Data>(schema: z.ZodType<Data>): z.ZodType<Data> {
  return z.preprocess(withoutNulls, schema);
}

function withoutNulls(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
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

/** The verb of a button that stands for words: with `{ community, text }` it is as if its presser had typed them. */
export const sayVerb = 'bot.choose';

/** Something a person may type, alone or after an @mention; made by {@link command}. */
export interface Command extends Demanding, CommandAnswer<Demands> {}

interface CommandAnswer<D extends Demands> {
  /** What to type, in lower case, one word or several: `charter`, `forget me`. */
  readonly name: string;
  /** Text key of one line for the help card; left out where help does not name it. */
  readonly about?: string;
  /** Whom help offers it to; everybody who may use it when left out. */
  readonly offeredTo?: Permission;
  /**
   * It changes something. A sentence that may mean something else is not enough for it: the person is asked first.
   */
  readonly changes?: true;
  /** It only shows what it would change, and changes it once somebody presses. */
  readonly showsFirst?: true;
  /** What follows its name is a question to be kept, and not one to be answered. */
  readonly takesQuestions?: true;
  /** Its answer is the person's own: asked for in a channel, it is shown to them alone. */
  readonly personal?: true;
  /** It is the same in every community, so that nobody is asked which one they mean. */
  readonly anywhere?: true;
  /** It answers, in a person's own chat, what no command is meant by. */
  readonly fallback?: true;
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
  /** What followed the command; of a sentence, what stood in the place of `…` in the phrase it is like. */
  readonly rest: string;
  /** What the words name. */
  readonly found?: Found | undefined;
  /** The message they wrote: answered again after a failure, it is the same. */
  readonly message: string;
  /** Of their device, as Teams says it. */
  readonly locale: string | null;
  readonly t: Translate;
}

/** What was found in what a person typed. */
export interface Found {
  /** A calendar day where the community is, said in words or figures; the first one. */
  readonly day: string | null;
  /** Members of the team who are named, in their order. */
  readonly people: readonly Member[];
  readonly number: number | null;
  /** `rest` without the words that say the day. */
  readonly text: string;
  /** What the community wrote that `rest` names, the surest first. */
  readonly named: readonly Named[];
}

/** Something the community wrote, by a sentence's words for it. */
export interface Named extends Pick<Passage, 'kind' | 'id' | 'title'> {
  /** Between 0 and 1: 1 when every word is in its title. */
  readonly certainty: number;
}

/** Something that the community wrote: a section, an action, a role, a survey. */
export interface Passage {
  /** What it is, as phrases name it in the place of what varies: `@action`. */
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** What is typed to read it: `charter scope`. */
  readonly typed: string;
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
    data: cardData(action.data),
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

/** One endpoint of `domain/api.ts` that belongs to no community and answers every person, about themself. */
export interface EverybodyRoute {
  readonly endpoint: AnyEndpoint;
  /** @param request.person an Entra object id */
  handle(request: { readonly person: string; readonly t: Translate }): Promise<TabAnswer<unknown>>;
}

/** Makes a route for everybody whose answer has the type of its endpoint. */
export function everybodyRoute<Answer>(
  endpoint: Endpoint<unknown, Answer> & { readonly everybody?: true },
  handle: (request: { readonly person: string; readonly t: Translate }) => Promise<TabAnswer<Answer>>,
): EverybodyRoute {
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
  /** It speaks to people: on a day on which the community rests it does nothing, and its next run makes up for it. */
  readonly rests?: true;
  /** The first moment strictly after `after` when this is due in this community, or null for never. Pure. */
  next(community: ReadyCommunity, after: Date): Date | null;
  /** Does it. Called again after a failure, so it must be repeatable; decides itself what is too late. */
  run(dueRun: DueRun): Promise<void>;
}

/** A morning of a community on which it does not rest. */
export interface Morning {
  readonly community: ReadyCommunity;
  readonly now: Date;
  /** The calendar day in the community's zone. */
  readonly today: string;
  readonly rest: Rest;
}

/**
 * A message that waits for its morning: `domain/attention` says when that is, and sends it alone, or as one line of a
 * card with several. Answers, confirmations and a welcome are no wishes, and go at once.
 */
export interface Wish extends Omit<OutgoingMessage, 'community' | 'to'> {
  readonly to: Recipient;
  readonly urgency: Urgency;
  /** The last day on which it makes sense. One that has not come by then ends in the log of messages. */
  readonly until: string;
  /** False for what the person asked for: it takes nothing from their week. */
  readonly counted?: false;
  /**
   * A question that stays open until somebody settles it: it is put again after two and after six weeks, and then no
   * more. Counted from its first morning, or from the day that it says.
   */
  readonly again?: { readonly since: string | null };
  /** It follows from what a sponsor agreed to, such as an action of their own. */
  readonly agreed?: true;
  /**
   * Writes down what is said, before it goes out alone or as a line, so that a run that broke says the same. Called for
   * each person and run, also again for what went out already; once for several people whose wishes share `card`.
   */
  beforeSent?(): Promise<void>;
  /** One sentence for a card with several. Its keys begin with the feature's name: `t('plan:wish.due')`. */
  line(t: Translate): string;
  /** A page to which its line leads, where opening its card here would leave behind who did, and when. */
  readonly opens?: string;
}

interface DueRun {
  readonly community: ReadyCommunity;
  /** The newest moment at which it was due. */
  readonly due: Date;
  /** The first moment that nobody has run it for: earlier than `due` where the server was down. */
  readonly since: Date;
  readonly now: Date;
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
  /** That channel is back, and messages for the whole community go there again. */
  channelRestored?(event: { readonly community: Community; readonly channel: string }): Promise<void>;
  membersLeft?(event: {
    readonly community: Community;
    readonly people: readonly Person[];
    readonly at: Date;
  }): Promise<void>;
}
