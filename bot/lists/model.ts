import { z } from 'zod';
import { questionStates } from '../../domain/agenda/question.ts';
import { says } from '../../domain/agenda/voices.ts';
import { sectionIds } from '../../domain/charter/charter.ts';
import { Person, Settings } from '../../domain/community.ts';
import { audiences, DigestNumbers, MemberQuestion, replyChoices } from '../../domain/digest/digest.ts';
import { Agenda } from '../../domain/events/agenda.ts';
import { answers as eventAnswers, appetites, wasThere } from '../../domain/events/attendance.ts';
import { eventStates, modes, Ps } from '../../domain/events/event.ts';
import { activityIds, eventAudiences, eventKindIds } from '../../domain/events/method.ts';
import { RhythmRule } from '../../domain/events/rhythm-rule.ts';
import { resourceStates } from '../../domain/library/resource.ts';
import { Words } from '../../domain/plan/comments.ts';
import { ActionLink, Step } from '../../domain/plan/details.ts';
import { actionStates, weights } from '../../domain/plan/plan.ts';
import { Holder, holdingStates } from '../../domain/roles/roles.ts';
import { Audience, Questions, Sheet } from '../../domain/surveys/survey.ts';
import { line, prose } from '../../domain/text.ts';
import { Topics } from '../../domain/topics.ts';
import type { EndingList, List, VersionedList, VouchedList } from './list.ts';

/**
 * Every list and column: the data model on one page. Types, provisioning and mapping come from here.
 * `key` is in every list: unique, indexed, made by us, so that a repeated create finds its twin.
 * A list of the `team` is in SharePoint, where every member may read and change it; `list.about` in the settings'
 * sentences describes it there. What was promised to `few`, and what rights come from, is in our database:
 * docs/privacy.md has the table.
 */
export const definitions = {
  /** What the community chose about itself, and who coordinates; one row. */
  settings: few('Settings', {
    settings: json(Settings),
  }),
  settingsCopy: team('CoP Settings', {
    settings: json(Settings),
  }),
  charter: team('CoP Charter', {
    section: orElse(choice([...sectionIds, 'review']), ({ key }) => key),
    text: note(),
    /** Day of the next review, on the row `review` only. */
    reviewOn: optional(day()),
    changedBy: orElse(json(Person), () => ({ id: 'unknown', name: '—' })),
    changedAt: moment(),
  }),
  /**
   * What members say about a section of the charter. Everybody in the team may read it; it is kept here, so that nobody
   * speaks or agrees in another's name. The key is section/id.
   */
  comments: few('Comments', {
    section: indexed(choice(sectionIds)),
    text: note(),
    by: json(Person),
    at: moment(),
    settledBy: optional(json(Person)),
  }),
  /** Who agrees with what a section says; what it said is known by its fingerprint. The key is section/person. */
  agreements: few('Agreements', {
    section: choice(sectionIds),
    person: json(Person),
    fingerprint: text(),
    at: moment(),
  }),
  /** Rounds in which everybody is asked to read the charter and to agree. The key is the day on which one was begun. */
  consentRounds: few('Rounds', {
    askedBy: json(Person),
    askedAt: moment(),
    until: day(),
    seenBy: json(z.array(Person)),
  }),
  /**
   * What coordinators answered in a card, until one of them puts it into its section. The key is
   * section/question/person.
   */
  charterDrafts: few('Drafts', {
    section: choice(sectionIds),
    question: text(),
    text: note(),
    by: json(Person),
    at: moment(),
    /** Of the section, as it was when they wrote; null while nobody had written it. */
    etag: optional(text()),
  }),
  /** Which guiding questions were asked in a card, and last when. The key is section/question. */
  askedQuestions: few('Questions', {
    section: choice(sectionIds),
    question: text(),
    askedAt: moment(),
    /** The occasion on which it was chosen, so that one that is repeated chooses no other. */
    period: text(),
  }),
  /** Who joined, and what they said brings them. The key is the person. */
  newcomers: few('Newcomers', {
    person: json(Person),
    joinedAt: moment(),
    reasons: json(z.array(line(100))),
    inOwnWords: note(),
    contributions: json(z.array(line(100))),
    answeredAt: optional(moment()),
    /** Whether the card said, before they answered, that member support reads along. */
    forSupport: yesNo(),
    noMessages: yesNo(),
  }),
  ticks: team('CoP Facilitation', {
    week: indexed(text()),
    task: text(),
    tickedBy: json(Person),
    tickedAt: moment(),
  }),
  /** Who asked whom to facilitate in their place, until that is answered. The key is asker/asked. */
  handOvers: few('Hand-overs', {
    asker: json(Person),
    asked: json(Person),
    askedAt: moment(),
  }),
  roles: team('CoP Roles', holdingColumns()),
  /**
   * Who was accepted into which role, by whom: what a role lets its holders do comes from here, and from no list that
   * members can write. The key is role/person. What ended stays, and says so.
   */
  acceptances: few('Acceptances', {
    role: text(),
    person: json(Person),
    held: yesNo(),
    changedBy: json(Person),
    changedAt: moment(),
    /** Who sent thanks when it was over. */
    thankedBy: optional(json(Person)),
  }),
  /** One row an offer to take a role on, with a word to those who decide. The key is role/person/day. */
  offers: few('Offers', holdingColumns()),
  ownRoles: team('CoP Own Roles', {
    title: text(),
    purpose: note(),
    addedBy: json(Person),
  }),
  plan: ending(
    team('CoP Plan', {
      title: text(),
      owners: json(z.array(Person)),
      /** A calendar day. */
      due: optional(text()),
      state: choice(actionStates),
      weight: choice(weights),
      aim: optional(text()),
      notes: note(),
      steps: later(orElse(json(z.array(Step)), () => [])),
      links: later(orElse(json(z.array(ActionLink)), () => [])),
      addedBy: json(Person),
      addedAt: moment(),
      /** When it was done; null while it is not. */
      doneAt: optional(moment()),
      changedBy: json(Person),
      changedAt: moment(),
    }),
    // Whoever sets the state in SharePoint itself sets no moment.
    ({ state, doneAt, changedAt }) => (state === 'done' ? (doneAt ?? changedAt) : null),
    'aim',
  ),
  /**
   * What people said on an action. Everybody in the team may read it; it is kept here, so that nobody speaks in another's
   * name. The key is action/id.
   */
  actionComments: few('Action comments', {
    action: indexed(text()),
    words: json(Words),
    by: json(Person),
    at: moment(),
    changedAt: optional(moment()),
    /** The day on which the action was found to be gone; it may come back. */
    goneOn: optional(day()),
  }),
  /**
   * What the community meets for. Members can write here as well: what the product did not write gives nobody a host's
   * rights.
   */
  events: team('CoP Events', {
    title: text(),
    kind: choice(eventKindIds),
    activity: optional(choice(activityIds)),
    state: choice(eventStates),
    startsAt: moment(),
    minutes: number(),
    mode: choice(modes),
    place: text(),
    /** An address is longer than one line of SharePoint; empty for none, as of a recording. */
    link: note(),
    audience: choice(eventAudiences),
    named: orElse(json(z.array(Person)), () => []),
    hosts: orElse(json(z.array(Person)), () => []),
    rhythm: optional(text()),
    ps: orElse(json(Ps), () => ({})),
    agenda: orElse(json(Agenda), () => []),
    keep: note(),
    change: note(),
    summary: note(),
    recording: note(),
    there: optional(number()),
    movedAt: optional(moment()),
    announcedBy: optional(json(Person)),
    addedBy: json(Person),
    addedAt: moment(),
    changedBy: json(Person),
    changedAt: moment(),
  }),
  /**
   * Who answered what to an event, and who was there. Everybody in the team may read it; it is kept here, so that nobody
   * answers in another's name, and so that two thousand can answer within a minute. The key is event/person or
   * event/guest/fingerprint.
   */
  attendance: few('Attendance', {
    event: indexed(text()),
    /** Null for a guest. */
    person: optional(json(Person)),
    guest: text(),
    organisation: text(),
    says: optional(choice(eventAnswers)),
    saidAt: optional(moment()),
    was: choice(wasThere),
    appetite: optional(choice(appetites)),
  }),
  /** What comes again and again, and makes the events of the next six weeks. */
  rhythms: few('Rhythms', {
    title: text(),
    kind: choice(eventKindIds),
    rule: json(RhythmRule),
    /** HH:MM by the clock of the community. */
    time: text(),
    minutes: number(),
    mode: choice(modes),
    place: text(),
    link: note(),
    audience: choice(eventAudiences),
    hosts: json(z.array(Person)),
    until: optional(day()),
    changedBy: json(Person),
    changedAt: moment(),
  }),
  /**
   * What the community would like to know. Members can write here as well: what the product did not write gives nobody
   * the rights of whoever asked.
   */
  questions: team('CoP Learning Agenda', {
    title: text(),
    details: note(),
    topics: orElse(json(Topics), () => []),
    state: choice(questionStates),
    askedBy: json(Person),
    askedAt: moment(),
    /** An address is longer than one line of SharePoint; empty for none. */
    link: note(),
    event: optional(text()),
    answer: note(),
    answeredBy: optional(json(Person)),
    answeredAt: optional(moment()),
    resource: optional(text()),
    scouts: orElse(json(z.array(Person)), () => []),
    backOn: optional(day()),
    changedBy: json(Person),
    changedAt: moment(),
  }),
  /**
   * Who asks the same as a question, and who can help. Everybody in the team may read it; it is kept here, so that nobody
   * offers anything in another's name. The key is question/person.
   */
  voices: few('Voices', {
    question: indexed(text()),
    person: json(Person),
    says: choice(says),
    at: moment(),
  }),
  /**
   * What is worth finding again. Members can write here as well: what the product did not write is shown as nobody's. The
   * key is the fingerprint of the address, so that one address is one row.
   */
  library: team('CoP Library', {
    title: text(),
    url: note(),
    topics: orElse(json(Topics), () => []),
    when: note(),
    /** The message it was kept from; empty for none. */
    link: note(),
    state: choice(resourceStates),
    checkedBy: optional(json(Person)),
    checkedAt: optional(moment()),
    checkOn: optional(day()),
    addedBy: json(Person),
    addedAt: moment(),
    changedBy: json(Person),
    changedAt: moment(),
  }),
  /** How often something in the library was opened in a month, by whomever. The key is item/YYYY-MM. */
  uses: few('Uses', {
    item: indexed(text()),
    month: text(),
    count: number(),
  }),
  /** One row a survey. */
  surveys: few('Surveys', {
    title: text(),
    intro: note(),
    questions: json(Questions),
    anonymous: yesNo(),
    audience: choice(Audience.options),
    /** The event it is feedback on. */
    event: optional(text()),
    /** Whether people are told its numbers. */
    tellsResults: later(orElse(yesNo(), () => false)),
    /** Whether it is proposed anew each quarter. */
    everyQuarter: later(orElse(yesNo(), () => false)),
    /** The key of the earlier one that it asks once more. */
    repeats: later(optional(text())),
    opensOn: day(),
    closesOn: day(),
    /** The day it was closed before its time. */
    closedOn: optional(day()),
    plannedBy: json(Person),
    /** How many answered; set when it is closed and everything has been counted. */
    answered: optional(number()),
    /** How many had been sent it in their own chats by then; of a survey in the channel none. */
    sent: optional(number()),
  }),
  /** With names: one row a person. Anonymous: written once, after the close, shuffled and one question a row. */
  answers: few('Answers', {
    survey: indexed(text()),
    /** Null for an anonymous survey. */
    person: optional(json(Person)),
    /** Calendar day in the community's zone; no finer time is kept. */
    day: text(),
    sheets: json(z.array(Sheet)),
  }),
  /** Whom a survey in people's own chats is for, and who was spared; never who answered it. */
  participation: few('Participation', {
    survey: indexed(text()),
    /** YYYY-MM in the community's zone. */
    month: indexed(text()),
    asked: json(z.array(Person)),
    spared: json(z.array(Person)),
  }),
  /** One row a digest that went out, and one a draft. The key is audience/period, or audience/draft. */
  digests: few('Digests', {
    audience: choice(audiences),
    /** Null for a draft, as are the numbers and the moments below. */
    period: optional(choice(['month', 'quarter', 'now'])),
    from: optional(moment()),
    to: optional(moment()),
    intro: note(),
    ask: note(),
    story: note(),
    /** Questions of members that go along. */
    questions: orElse(json(z.array(MemberQuestion).default([])), () => []),
    times: json(z.array(line(255))),
    /** Of a draft: the day on which it goes out, where somebody chose one. */
    sendOn: optional(day()),
    /** Of a draft: the period about which the coordinators were told, and the day on which they were. */
    toldFor: optional(text()),
    toldOn: optional(day()),
    /** Who looked at the words last. Null of a digest that went out with its numbers only. */
    lookedBy: optional(json(Person)),
    lookedAt: optional(moment()),
    /** As they were sent. */
    numbers: optional(json(DigestNumbers)),
    /** Whom the bot wrote to; who is outside the team is not in it. */
    sentTo: json(z.array(Person)),
    sentAt: optional(moment()),
    state: choice(['draft', 'sent', 'by-hand']),
  }),
  /** What sponsors answered. The key is digest/person. */
  replies: few('Replies', {
    digest: indexed(text()),
    person: json(Person),
    choice: choice(replyChoices),
    text: note(),
    times: json(z.array(line(255))),
    at: moment(),
  }),
} as const satisfies Record<string, ListDefinition>;

export type ListName = keyof typeof definitions;
/** Lists by where they are kept. */
type TeamListName = {
  [Name in ListName]: (typeof definitions)[Name]['kept'] extends 'team' ? Name : never;
}[ListName];
type FewListName = Exclude<ListName, TeamListName>;
export type Row<Name extends ListName> = RowOf<(typeof definitions)[Name]>;
export type SettingsRow = Row<'settings'>;
export type CharterRow = Row<'charter'>;
export type CommentRow = Row<'comments'>;
export type ConsentRoundRow = Row<'consentRounds'>;
export type CharterDraftRow = Row<'charterDrafts'>;
export type NewcomerRow = Row<'newcomers'>;
export type TickRow = Row<'ticks'>;
export type RoleRow = Row<'roles'>;
export type AcceptanceRow = Row<'acceptances'>;
export type PlanRow = Row<'plan'>;
export type EventRow = Row<'events'>;
export type AttendanceRow = Row<'attendance'>;
export type RhythmRow = Row<'rhythms'>;
export type QuestionRow = Row<'questions'>;
export type VoiceRow = Row<'voices'>;
export type ResourceRow = Row<'library'>;
export type ActionCommentRow = Row<'actionComments'>;
export type SurveyRow = Row<'surveys'>;
export type AnswerRow = Row<'answers'>;
export type DigestRow = Row<'digests'>;
export type ReplyRow = Row<'replies'>;

/** The lists of one community that are in its team's site. SharePoint keeps what their rows said before. */
export type TeamLists = {
  readonly [Name in TeamListName]: (typeof definitions)[Name] extends { ended: unknown }
    ? EndingList<Row<Name>>
    : VersionedList<Row<Name>>;
};
/** Those of them whose rows give somebody something: there the product knows its own rows again. */
export type VouchedName = 'settingsCopy' | 'roles' | 'events' | 'questions' | 'library';
type VouchedLists = { readonly [Name in VouchedName]: VouchedList<Row<Name>> };
/** The lists of one community that are in our database, where nobody's words outlive their change. */
export type FewLists = { readonly [Name in FewListName]: List<Row<Name>> };
export type CommunityLists = TeamLists & VouchedLists & FewLists;

/** The way to a community's lists: as the app, or on behalf of a person, whom version history then names. */
export interface ListsOf<Some> {
  of(community: string): Some;
  onBehalfOf(community: string, assertion: string): Some;
}
export type Lists = ListsOf<CommunityLists>;

// ── the vocabulary the model is written in ──────────────────────────────────────────────────────────

/** Graph's column facets that we use; they say as well what a value must be in the database. */
type Facet = 'text' | 'note' | 'number' | 'yesNo' | 'moment' | 'choice' | 'json';

export interface Column<T> {
  readonly facet: Facet;
  readonly schema: z.ZodType<T>;
  readonly choices?: readonly string[];
  readonly indexed?: true;
  readonly optional?: true;
  /** See {@link later}. */
  readonly later?: true;
  /** See {@link orElse}. */
  readonly lost?: (row: { readonly key: string }) => unknown;
}

export interface ListDefinition {
  /** Its name; of the team's lists, the one in SharePoint. */
  readonly title: string;
  /** Who can reach it with which tool: everybody in the team with SharePoint, or few, by this product's rights only. */
  readonly kept: 'team' | 'few';
  readonly columns: Readonly<Record<string, Column<unknown>>>;
  /** See {@link EndingList}: the ISO instant at which a row was over, null while it is not. */
  ended?(row: { readonly key: string }): string | null;
  /** A column of text: by this rows are counted that are over. */
  readonly counted?: string;
}

/**
 * The column's internal name in SharePoint: `reviewOn` is `CopReviewOn`, which collides with none of SharePoint's own.
 */
export function columnName(property: string): string {
  return `Cop${property[0]?.toUpperCase()}${property.slice(1)}`;
}

function holdingColumns() {
  return {
    role: text(),
    person: json(Holder),
    /** The first day; of an offer the day it was made. */
    since: day(),
    until: optional(day()),
    /** Of a holding for everybody to read; of an offer for those who decide, and for whoever made it. */
    note: note(),
    state: choice(holdingStates),
    changedBy: json(Person),
    changedAt: moment(),
  };
}

type RowOf<Definition extends { columns: Record<string, Column<unknown>> }> = { readonly key: string } & {
  readonly [Name in keyof Definition['columns']]: Definition['columns'][Name] extends Column<infer T> ? T : never;
};

type Columns = Record<string, Column<never> | Column<unknown>>;

function team<const Some extends Columns>(title: string, columns: Some) {
  return { title, kept: 'team' as const, columns };
}

function few<const Some extends Columns>(title: string, columns: Some) {
  return { title, kept: 'few' as const, columns };
}

/** See {@link EndingList}. */
function ending<Definition extends { columns: Columns }>(
  definition: Definition,
  ended: (row: RowOf<Definition>) => string | null,
  counted: keyof Definition['columns'] & string,
) {
  return { ...definition, ended, counted };
}

/** One line, at most 255 characters. */
function text(): Column<string> {
  return { facet: 'text', schema: line(255) };
}

/**
 * A calendar day, as text: a row in which somebody wrote something else is not read, and named to those who coordinate.
 */
function day(): Column<string> {
  return { facet: 'text', schema: z.iso.date() };
}

/**
 * Several lines of plain text: more than SharePoint holds, so that what somebody wrote there by hand is read whatever
 * its length.
 */
function note(): Column<string> {
  return { facet: 'note', schema: prose(100_000) };
}

function number(): Column<number> {
  return { facet: 'number', schema: z.number() };
}

function yesNo(): Column<boolean> {
  return { facet: 'yesNo', schema: z.boolean() };
}

/** An instant, ISO 8601 in UTC. */
function moment(): Column<string> {
  return { facet: 'moment', schema: z.iso.datetime() };
}

function choice<const Choice extends string>(choices: readonly Choice[]): Column<Choice> {
  return {
    facet: 'choice',
    schema: z.enum(choices as readonly [Choice, ...Choice[]]),
    choices,
  } as unknown as Column<Choice>;
}

/** A small value kept as JSON text. */
function json<T>(schema: z.ZodType<T>): Column<T> {
  return { facet: 'json', schema };
}

function optional<T>(column: Column<T>): Column<T | null> {
  return { ...column, schema: column.schema.nullable(), optional: true } as Column<T | null>;
}

function indexed<T>(column: Column<T>): Column<T> {
  return { ...column, indexed: true };
}

/**
 * What a row says where its value is gone, because the column was deleted by hand and has been made anew: without it
 * the rest of the row could not be read. Moments have SharePoint's own.
 */
function orElse<T>(column: Column<T>, lost: (row: { readonly key: string }) => unknown): Column<T> {
  return { ...column, lost };
}

/**
 * A column that lists of earlier versions do not have. Until it is made, for which the app may lack the grant, the list is
 * read and written without it; only what would be kept in it cannot be saved.
 */
function later<T>(column: Column<T>): Column<T> {
  return { ...column, later: true };
}
