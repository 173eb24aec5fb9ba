import type { Topic } from '../../domain/messages/topics.ts';
import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { AuditDoor, AuditOutcome, AuditReason } from '../../domain/audit/audit.ts';
import type { Person, Settings } from '../../domain/community.ts';
import type { ChannelTab } from '../../domain/deep-links.ts';
import type { DeliveryReason, DeliveryState } from '../../domain/delivery/delivery.ts';
import type { Card } from '../cards.ts';

export type Db = Kysely<Tables>;

/**
 * What is ours to run on: where the app is installed, whom it talks with, what is due, what is to be sent.
 * And what was promised to few, and what rights come from: that is kept nowhere else, so it wants a backup.
 * What everybody in the team may see is in SharePoint.
 */
export interface Tables {
  communities: CommunitiesTable;
  memberships: MembershipsTable;
  chats: ChatsTable;
  due: DueTable;
  messages: MessagesTable;
  threads: ThreadsTable;
  pace: PaceTable;
  inbox: InboxTable;
  opt_outs: OptOutsTable;
  topic_opt_outs: TopicOptOutsTable;
  ballot_boxes: BallotBoxesTable;
  calendar_links: CalendarLinksTable;
  gatherings: GatheringsTable;
  audit: AuditTable;
  leavers: LeaversTable;
  rows: RowsTable;
  vouched: VouchedTable;
  rate_limits: RateLimitsTable;
  mirrored_lists: MirroredListsTable;
  mirrored_items: MirroredItemsTable;
  list_subscriptions: ListSubscriptionsTable;
  /** The version before this one counted in it. */
  list_changes: { list: string; changes: string };
  set_aside: SetAsideTable;
  moves: MovesTable;
  handed_files: HandedFilesTable;
  mornings: MorningsTable;
  wishes: WishesTable;
  erasures: ErasuresTable;
}

export interface CommunitiesTable {
  id: string;
  name: string;
  /** Teams' id of the team, 19:…@thread.tacv2; events carry it. */
  thread_id: string;
  /** The channel in which the app was added, or General since that one was deleted. */
  channel_id: string;
  /** The channel whose place General has taken; null while it is there. */
  deleted_channel_id: Generated<string | null>;
  /** Where the Bot Connector answers for this team, as the newest activity in it said. */
  service_url: string;
  /** When an activity said so; null when it is not known. */
  heard_at: Generated<Date | null>;
  installed_by: Person | null;
  installed_at: Date;
  /** What the community chose, and who coordinates: rights come from here. It stays while the app is removed. */
  settings: Settings | null;
  /** Counts the saves of the settings. */
  settings_version: Generated<number>;
  /** It was set up before, also where there are no settings now; see `Community.setUpBefore`. */
  set_up_before: Generated<boolean>;
  /** The tab in one of the team's channels, which cards in the channel lead to. */
  tab: Generated<ChannelTab | null>;
  /** Teams' id of the app, which is not the manifest's where it comes from the organisation's catalogue. */
  teams_app: Generated<string | null>;
  removed_at: Date | null;
  /** No member can write in an archived team, so nothing is due there. */
  archived_at: Generated<Date | null>;
  /** When everybody on the roster was last compared with `memberships`; null while nobody was. */
  roster_compared_at: Generated<Date | null>;
  /** The team's SharePoint site, once it was found; null before. */
  site_id: Generated<string | null>;
  site_url: Generated<string | null>;
  /** Ids of its lists in SharePoint, by their names in `model.ts`. */
  list_ids: Generated<Readonly<Record<string, string>>>;
  /** For which lists and settings its lists were last found right, and when; null while something says they may not be. */
  lists_right_for: Generated<string | null>;
  lists_right_at: Generated<Date | null>;
  /** When the checks last looked at it, and what they found: names of sentences, addresses, and never what is in lists. */
  looked_at: Generated<Date | null>;
  findings: Generated<readonly object[] | null>;
}

/**
 * Who was met in a community, or was found on its roster: whoever is there and not here has joined. A hint for
 * questions in a chat, too; rights come from the roster.
 */
interface MembershipsTable {
  community: string;
  person: string;
}

/** Rows of SharePoint lists that were set aside so that the others could go on. */
interface SetAsideTable {
  community: string;
  list: string;
  key: string;
  what: string;
  reason: 'failed' | 'unreadable';
  since: Date;
}

/** A person's own chat with the bot. */
interface ChatsTable {
  person: string;
  /** Teams' own id for the person, 29:…; activities carry it. */
  user_id: string | null;
  conversation_id: string | null;
  /** Where the Bot Connector answers for this person, as their newest activity said. */
  service_url: string;
  /** The time of that activity; null when none of theirs has come. */
  heard_at: Generated<Date | null>;
  locale: string | null;
  time_zone: string | null;
}

interface DueTable {
  community: string;
  job: string;
  due_at: Date;
}

/** The outbox, and the log of what became of every message. */
export interface MessagesTable {
  id: string;
  community: string;
  kind: string;
  period: string;
  /** A person's id, or `channel`. */
  recipient: string;
  /** Blank as soon as there is nothing left to do with it: a trigger sees to that. */
  card: Card;
  summary: string;
  /** By which an equal card is known when the card itself is gone; the trigger makes it. */
  fingerprint: Generated<string | null>;
  /** Counts the card's contents; `sent_version` is the one people see. */
  version: Generated<number>;
  sent_version: number | null;
  state: DeliveryState;
  /** Why it was not sent, or not yet; of a message that was sent, why its update did not arrive. */
  reason: DeliveryReason | null;
  /**
   * Status and code of Teams' last refusal, for the administrator: `403 MessageWritesBlocked`. Never what a message
   * says.
   */
  detail: Generated<string | null>;
  /** How often a worker took it up to send or update it. */
  attempts: Generated<number>;
  /**
   * How many of the calls to send it ended without our knowing whether Teams took it; each may have left a copy.
   */
  uncertain: Generated<number>;
  /** Attempts that failed since it was last well; the next one waits the longer for each. */
  failures: Generated<number>;
  /** When Teams took it, and when it last took an update. */
  sent_at: Generated<Date | null>;
  updated_at: Generated<Date | null>;
  /** Whose limits it counts against: the person's id, or the community's for its channel. */
  thread: string;
  /** One of very many: gives way to all that is not. */
  bulk: Generated<boolean>;
  /**
   * By the database's own clock: from when a worker may take it up; once one has, until when no other may.
   * Null: there is nothing to do.
   */
  next_at: Generated<Date | null>;
  conversation_id: string | null;
  activity_id: string | null;
  created_at: Date;
  changed_at: Date;
  expires_at: Date | null;
}

/** A chat or channel while messages go there: when it was called, and until when a server is at it. */
interface ThreadsTable {
  thread: string;
  /** Moments of the calls of the last hour, oldest first: milliseconds of the database's own clock. */
  calls: Generated<number[]>;
  /** Two calls at once are refused by Teams: until then one is under way. Same clock. */
  busy_until: Generated<number>;
}

/**
 * The rate limiter that all servers share: one row for each limit, `tenant` so far. Milliseconds of the database's own
 * clock.
 */
interface PaceTable {
  name: string;
  /** The next call may be made then. */
  free_at: number;
  /** How much longer than planned calls stand apart because Teams said "too many", and when it last said so. */
  slower: Generated<number>;
  slowed_at: Generated<number>;
}

/**
 * Activities from Teams. What one says is kept only until it is done; that it came is kept a day longer, because Teams
 * may send it again. Times are the database's own, which all servers share and nothing moves.
 */
export interface InboxTable {
  /** A hash of the conversation's and the activity's own ids. */
  id: string;
  /** In which order they came; a bigint, which arrives as text. */
  position: Generated<string>;
  conversation: string;
  /** JSON as it came: jsonb would refuse what people can type. */
  activity: string | null;
  attempts: Generated<number>;
  /** From when a worker may take it up; once one has, until when no other may. Null: it is done. */
  next_at: Date | null;
  received_at: Generated<Date>;
}

interface OptOutsTable {
  community: string;
  person: string;
  since: Date;
}

/** Who wants no messages about one thing, and still gets the others. */
interface TopicOptOutsTable {
  community: string;
  person: string;
  topic: Topic;
  since: Date;
}

/** Anonymous surveys: who has answered and what, sealed; no time, no row a person, and the key lies elsewhere. */
interface BallotBoxesTable {
  community: string;
  survey: string;
  /** Empty before the first answer; null once the answers were destroyed. */
  sealed: string | null;
}

/** Links that lead to a calendar without signing in. */
interface CalendarLinksTable {
  kind: 'person' | 'community';
  /** A person's id, or a community's. */
  subject: string;
  /** A hash: the token itself is only in the link. */
  token: string;
  made_by: Person;
  made_at: Date;
}

/** Which community’s card brings a sponsor the digest of another. */
interface GatheringsTable {
  month: string;
  person: string;
  community: string;
  /** The community whose card carries it; null until one has taken it. */
  carrier: string | null;
}

/**
 * Who did what that matters to others, and who was refused; see `domain/audit/audit.ts`. Outlives the community it is
 * about.
 */
export interface AuditTable {
  id: string;
  at: Date;
  /** An Entra object id, or `app`. */
  person: string;
  community: string | null;
  act: string;
  door: AuditDoor;
  via: string;
  about: string;
  outcome: AuditOutcome;
  reason: AuditReason | null;
  request: string | null;
  /** Equal refusals within the hour share a row: how many there were, and when the last one was. */
  count: Generated<number>;
  last_at: Date;
  /** What they share; null for an act that was done. */
  repeats: string | null;
}

/** Who left a team, and since when the clock runs after which they are forgotten. */
interface LeaversTable {
  community: string;
  person: string;
  left_at: Date;
}

/** Rows of the lists that are for few; `lists.ts` says which, and what a value must be. */
export interface RowsTable {
  community: string;
  /** The list's name in `lists.ts`. */
  list: string;
  key: string;
  /**
   * A bigint, which PostgreSQL's client gives as text and the embedded one as a number; a row that is deleted and made
   * anew has another.
   */
  id: Generated<string | number>;
  /** Counts the saves. */
  version: Generated<number>;
  /** JSON as text: jsonb would refuse what people can type. */
  value: string;
  /** What rows are found by, besides their key: `survey="s1"` for each indexed column. */
  marks: string[];
  changed_at: Date;
  /** Who saved it; null when the app did so by itself. */
  changed_by: string | null;
}

/** By which the product knows its own rows again in lists that members can write as well: see `vouches.ts`. */
interface VouchedTable {
  community: string;
  list: string;
  key: string;
  /** Of what was written last, and of what is being written. */
  hash: string | null;
  pending: string | null;
  /** SharePoint's id of the item and number of its version, so that a slower server undoes nothing. */
  item: Generated<number>;
  version: Generated<number>;
}

/** Written by rate-limiter-flexible: who spent how much of which budget, for some minutes. */
interface RateLimitsTable {
  key: string;
  points: number;
  expire: string | number | null;
}

/**
 * What is known here of one list in a team's site. It is a copy: whoever loses it reads the list once. Numbers that grow
 * come from one sequence, so that all servers agree on what came before what.
 */
interface MirroredListsTable {
  community: string;
  list: string;
  /** The path of the list in Graph: a list that was made anew has another. */
  source: string;
  /** Where Graph tells what changed since the last reading; null while the list was not read to its end. */
  link: string | null;
  /** When the last reading began, by the server's clock and in the sequence. */
  read_at: Date | null;
  read_from: string | number;
  /** When somebody last had reason to think that the copy lacks a change. */
  doubted_from: string | number;
  /** When its columns were last found to be in order. */
  looked_at: Date | null;
  /** When it was last found that somebody else had changed something; null while nobody has. */
  changed_at: Date | null;
  /** Until when one server is reading it; the database's time. */
  leased_until: Date;
  /** Another one after every change of its items. */
  version: Generated<string>;
  /** When this copy was opened: one that was dropped and opened again is another. */
  opened_from: Generated<string>;
}

interface ListSubscriptionsTable {
  community: string;
  list: string;
  /** What Graph is asked to tell of: `sites/{id}/lists/{id}`. */
  resource: string;
  /** Graph's id; null where there is none. */
  subscription: string | null;
  /** SHA-256 of what Graph says with every notification. */
  secret: string;
  expires_at: Date | null;
  /** Why there is none. */
  refusal: 'not-granted' | 'not-reached' | 'unavailable' | null;
  /** When it was last tried to make or to renew it. */
  tried_at: Date;
  /** When Graph last told of a change. */
  heard_at: Date | null;
}

interface MirroredItemsTable {
  community: string;
  list: string;
  /** SharePoint's id of the item. */
  id: string | number;
  key: string;
  marks: string[];
  /** Of its ETag: what the item is, and which version. */
  guid: string;
  version: number;
  /** Our columns and the moment of the change, as JSON; null once it is gone, so that no older reading brings it back. */
  item: string | null;
  /** When it was over, and what it is counted by then, as its JSON says; `~` while it is not. The database reads it there. */
  ended: GeneratedAlways<string>;
  counted: GeneratedAlways<string | null>;
  /** When it was last said to be so. */
  said_from: string | number;
  gone_at: Date | null;
}

/** How far a community’s rows for few have come on their way from SharePoint, where earlier versions kept them. */
interface MovesTable {
  community: string;
  /** Until when one server is at it; real time. */
  claimed_until: Date;
  copied_at: Date | null;
  /** When they had been taken out of SharePoint. */
  cleared_at: Date | null;
}

/** Who got a card of wishes on which morning. */
interface MorningsTable {
  community: string;
  /** A person's id, or `channel`. */
  person: string;
  /** YYYY-MM-DD in the community's zone. */
  day: string;
  /** Whether it counts for how many somebody gets in a week. */
  counted: boolean;
}

/** Wishes that wait for their morning, or have had it, by their keys in the outbox. */
interface WishesTable {
  community: string;
  person: string;
  kind: string;
  period: string;
  until: string;
  /** The morning on which it went out; null while it waits. */
  day: string | null;
  /** It may be put once more, so that it is known for longer that it was. */
  again: boolean;
  /**
   * What its reader chose of an open question: from which day it may come again, or `never`; null where they did not.
   */
  again_on: Generated<string | null>;
  /** The day on which they did. */
  chosen_on: Generated<string | null>;
}

/** Files that wait some minutes for the person's browser, sealed with a key that is in the link alone. */
interface HandedFilesTable {
  /** Made from the link's token, which it does not tell. */
  id: string;
  label: Uint8Array;
  content: Uint8Array;
  expires_at: Date;
}

/** Which entries of the log of erasures have been carried out; see `bot/personal-data/erasure-log.ts`. */
interface ErasuresTable {
  id: string;
  at: Date;
}
