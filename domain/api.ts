import { z } from 'zod';
import { auditDoors, auditOutcomes } from './audit/audit.ts';
import { SectionId, SectionText } from './charter/charter.ts';
import { Day, Person, Settings } from './community.ts';
import { deliveryReasons, deliveryStates } from './delivery/delivery.ts';
import { DigestAudience, DigestNumbers, DigestPeriod, DigestWords, ReplyChoice } from './digest/digest.ts';
import { Coming, OverviewDigest, OverviewSurvey, Waiting } from './overview/overview.ts';
import { permissions } from './permissions.ts';
import { Action, longestTitle, reaches } from './plan/plan.ts';
import { Candidate, Holder, longestNote, OwnRole, RoleOnBoard, Term } from './roles/roles.ts';
import { switchNames } from './switches.ts';
import { Audience, Questions, Results, Sheet, SurveyDraft } from './surveys/survey.ts';
import { identifier, remark } from './text.ts';

/**
 * What a tab may ask and what it gets. The server routes, the tabs' client and `/api/openapi.json`
 * are all made from this table, so they cannot disagree.
 */
export interface Endpoint<Body = unknown, Answer = unknown> {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** With `{names}` in braces; a path without a community is for administrators. */
  readonly path: string;
  readonly summary: string;
  /** Names of what may be asked for after the `?`; all of it may be left out. */
  readonly query?: readonly string[];
  readonly body?: z.ZodType<Body>;
  readonly answer: z.ZodType<Answer>;
  /** Who asked stands in no log line and in no other record: it would say who answered, and when. */
  readonly unnamed?: boolean;
  /**
   * A change to something that can change meanwhile: If-Match with its ETag, or `If-None-Match: *` for the first
   * version.
   */
  readonly conditional?: true;
  /** The answer is a {@link FileAnswer}, sent as a file and not as JSON. */
  readonly file?: true;
}

/** An endpoint whose types do not matter. */
export type AnyEndpoint = Omit<Endpoint, 'body' | 'answer'> & { readonly body?: z.ZodType; readonly answer: z.ZodType };

function endpoint<Body, Answer>(definition: Endpoint<Body, Answer>): Endpoint<Body, Answer> {
  return definition;
}

/** The body of every failure. `message` is in the person's language. */
export const Failure = z.object({
  code: z.string(),
  message: z.string(),
  /** `version-conflict`: what is stored now. */
  current: z.unknown().optional(),
  /** `version-conflict`: the ETag of what is stored now. */
  etag: z.string().optional(),
  /** `consent-needed`: the claims challenge from Entra, if it sent one. */
  claims: z.string().optional(),
});
export type Failure = z.infer<typeof Failure>;

/** A file to keep: what it is called, its media type, and what is in it. */
export const FileAnswer = z.object({
  name: z.string(),
  type: z.string(),
  bytes: z.custom<Uint8Array>(value => value instanceof Uint8Array),
});
export type FileAnswer = z.infer<typeof FileAnswer>;

const Change = z.object({ by: Person, at: z.iso.datetime() });

export const CommunityView = z.object({
  id: z.string(),
  name: z.string(),
  /** False until somebody has set the community up. */
  ready: z.boolean(),
  me: Person,
  /** Whether I look after the app in the whole organisation. */
  administrator: z.boolean(),
  may: z.record(z.enum(permissions), z.boolean()),
  /** What the administrator has switched off, so that nobody is offered it. */
  off: z.array(z.enum(switchNames)),
  /** Whether only the administrator sets communities up. */
  setUpByAdministrator: z.boolean(),
});
export type CommunityView = z.infer<typeof CommunityView>;

/** The first screen of the tab. `waiting` is empty for those who do not coordinate. */
export const OverviewView = z.object({
  today: Day,
  purpose: z.object({ section: z.enum(['purpose', 'scope']), text: z.string() }).nullable(),
  people: z.object({ members: z.number().int(), newcomers: z.number().int() }),
  coming: z.array(Coming),
  /** Key roles only. */
  roles: z.object({
    free: z.array(z.object({ id: z.string(), title: z.string() })),
    filled: z.number().int(),
    total: z.number().int(),
  }),
  plan: z.object({
    total: z.number().int(),
    done: z.number().int(),
    stuck: z.number().int(),
    overdue: z.number().int(),
    mine: z.number().int(),
  }),
  survey: OverviewSurvey.nullable(),
  digest: OverviewDigest.nullable(),
  waiting: z.array(Waiting),
});
export type OverviewView = z.infer<typeof OverviewView>;

export const SectionView = z.object({
  id: SectionId,
  /** Longer than a section may be where somebody wrote it in SharePoint. */
  text: z.string(),
  /** Null while nobody has written this section. */
  etag: z.string().nullable(),
  changed: Change.nullable(),
});
export type SectionView = z.infer<typeof SectionView>;

export const ReviewView = z.object({
  /** The day of the next review in the community's zone, or null when none is set. */
  on: Day.nullable(),
  etag: z.string().nullable(),
});
export type ReviewView = z.infer<typeof ReviewView>;

/** `today` is the day in the community's zone. */
export const CharterView = z.object({ today: Day, sections: z.array(SectionView), review: ReviewView });
export type CharterView = z.infer<typeof CharterView>;

/** What a section said before, and who saved it when. */
export const HistoryView = z.object({
  /** Of what is stored now: a restore is based on it. Null while nobody has written this section. */
  etag: z.string().nullable(),
  /** Newest first; the first is what is stored now. */
  versions: z.array(z.object({ version: z.string(), text: z.string(), by: z.string().nullable(), at: z.string() })),
  /** Whether SharePoint keeps older ones that are not here. */
  more: z.boolean(),
});
export type HistoryView = z.infer<typeof HistoryView>;

/** What became of a file that was to be published to the channel's Files. */
export const PublishView = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('published'), name: z.string(), url: z.url() }),
  /** There is no folder yet, the person may not write there, somebody has the file open, or there is no room. */
  z.object({ outcome: z.enum(['no-folder', 'not-allowed', 'locked', 'full']), name: z.string() }),
]);
export type PublishView = z.infer<typeof PublishView>;

/** What settings are made of, as somebody reads them. */
export const settingsParts = ['timeZone', 'coordinators', 'facilitation', 'digest', 'surveys'] as const;

export const SettingsView = z.object({
  settings: Settings.nullable(),
  etag: z.string().nullable(),
  /** What to offer when there are no settings yet. */
  suggested: Settings,
  /** The present moment, to show what times of day mean. */
  now: z.iso.datetime(),
  /** For those who may change settings: somebody changed their copy in SharePoint, which has no effect. */
  byHand: z
    .object({
      /** Whom SharePoint names; null where it names nobody. */
      by: z.string().nullable(),
      /** ISO instant; null where SharePoint did not say. */
      at: z.string().nullable(),
      /** What differs from what is so. */
      differs: z.array(z.enum(settingsParts)),
    })
    .optional(),
});
export type SettingsView = z.infer<typeof SettingsView>;

export const ProvisionView = z.object({
  lists: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['ready', 'created', 'repaired', 'failed']),
      /** For `failed`: what Graph said and what to do. */
      problem: z.string().optional(),
      /** For `failed`: it may pass without anybody doing anything. */
      temporary: z.boolean().optional(),
    }),
  ),
});
export type ProvisionView = z.infer<typeof ProvisionView>;

export const MembersView = z.object({ members: z.array(Person.extend({ owner: z.boolean() })) });
export type MembersView = z.infer<typeof MembersView>;

/** What newcomers said, gathered for coordinators. */
export const WelcomeView = z.object({
  newcomers: z.array(
    z.object({
      person: Person,
      joinedOn: Day,
      reasons: z.array(z.string()),
      inOwnWords: z.string(),
      contributions: z.array(z.string()),
      answeredAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type WelcomeView = z.infer<typeof WelcomeView>;

export const RolesView = z.object({
  /** The day it is in the community's zone. */
  today: Day,
  /** The last day to suggest for a term that begins today. */
  termEnd: Day,
  roles: z.array(RoleOnBoard),
  /**
   * For those who give roles: rows that were written into SharePoint by hand. They give nobody anything until somebody
   * confirms them.
   */
  byHand: z
    .array(
      z.object({
        key: z.string(),
        etag: z.string(),
        role: z.string(),
        person: Holder,
        since: z.string(),
        until: z.string().nullable(),
        ended: z.boolean(),
        /** In the community's zone; null where SharePoint did not say. */
        changedOn: Day.nullable(),
      }),
    )
    .optional(),
});
export type RolesView = z.infer<typeof RolesView>;

/** What is to become of rows that were written into SharePoint by hand, as they were when somebody looked at them. */
export const ByHandDecision = z.object({
  decision: z.enum(['confirm', 'put-back']),
  rows: z.array(z.object({ key: identifier(300), etag: identifier(300) })).max(500),
});
export type ByHandDecision = z.infer<typeof ByHandDecision>;

/** Who is given a role, and for how long. */
const RoleGift = z.object({ person: Candidate, term: Term });

/** One survey, as the person who asks may see it. */
export const SurveyView = z.object({
  id: z.string(),
  title: z.string(),
  intro: z.string(),
  questions: Questions,
  anonymous: z.boolean(),
  audience: Audience,
  opensOn: Day,
  closesOn: Day,
  phase: z.enum(['planned', 'open', 'closed']),
  /** How many have answered so far, and how many were sent it; null when it went to the channel. */
  answered: z.number().int(),
  asked: z.number().int().nullable(),
  /** For coordinators: who was not sent it, because they had enough surveys this month. */
  spared: z.array(Person),
  /** Whether I have answered; my answers come along only when they carry my name. */
  mine: z.object({ answered: z.boolean(), sheet: Sheet.nullable() }),
  results: Results,
  etag: z.string(),
});
export type SurveyView = z.infer<typeof SurveyView>;

/**
 * Planned ones come only to those who may plan. `today` is the day in the community's zone, `perMonth` how many surveys
 * a member is sent at most.
 */
export const SurveysView = z.object({ today: Day, perMonth: z.number().int(), surveys: z.array(SurveyView) });
export type SurveysView = z.infer<typeof SurveysView>;

/** `token` is what an anonymous answer can be changed with; only whoever answered ever has it. */
export const AnswerView = z.object({ token: z.string().nullable() });
export type AnswerView = z.infer<typeof AnswerView>;

/** One action of the plan, as the person who asks may see it. */
export const ActionView = Action.extend({
  id: z.string(),
  etag: z.string(),
  addedBy: Person,
  /** When it was done; null while it is not. */
  doneAt: z.iso.datetime().nullable(),
  changed: Change,
  /** What I may change about it. */
  reach: z.enum(reaches),
});
export type ActionView = z.infer<typeof ActionView>;

export const PlanView = z.object({
  /** The day it is in the community's zone. */
  today: Day,
  actions: z.array(ActionView),
  /** The aims that the charter names, to choose from. */
  aims: z.array(z.string().max(longestTitle)),
  /** Ids of owners who have left the team. */
  left: z.array(z.string()),
});
export type PlanView = z.infer<typeof PlanView>;

const CalendarLinkView = z.object({
  madeAt: z.iso.datetime(),
  madeBy: Person,
});

/** Whether there are links to calendars. What a link says is shown once, when it is made. */
export const CalendarView = z.object({
  mine: CalendarLinkView.nullable(),
  community: CalendarLinkView.nullable(),
});
export type CalendarView = z.infer<typeof CalendarView>;

/** A link to a calendar, just made. */
export const NewCalendarLink = z.object({ url: z.url(), links: CalendarView });
export type NewCalendarLink = z.infer<typeof NewCalendarLink>;

/** The digest that is being written, for those who write it. */
export const DigestDraftView = z.object({
  audience: DigestAudience,
  words: DigestWords,
  etag: z.string().nullable(),
  /** Who looked last; null while nobody has, and then it goes out with its numbers only. */
  lookedBy: Person.nullable(),
  /** The day on which it goes out by itself; null when no rhythm is chosen. */
  goesOutOn: Day.nullable(),
  /** Of the sponsor’s: whom the bot writes to, and whom it cannot. */
  reached: z.array(Person),
  outside: z.array(z.object({ name: z.string(), mail: z.string().nullable() })),
  /** The very card, and the same as a text to copy. */
  card: z.record(z.string(), z.unknown()),
  text: z.string(),
});
export type DigestDraftView = z.infer<typeof DigestDraftView>;

export const DigestReplyView = z.object({
  person: Person,
  choice: ReplyChoice,
  text: z.string(),
  times: z.array(z.string()),
  at: z.iso.datetime(),
});
export type DigestReplyView = z.infer<typeof DigestReplyView>;

export const SentDigestView = z.object({
  audience: DigestAudience,
  period: DigestPeriod,
  sentAt: z.iso.datetime(),
  /** Whom the bot wrote to; empty for the channel. */
  sentTo: z.array(Person),
  /** True for one that waits to be mailed by a coordinator. */
  byHand: z.boolean(),
  /** Whether it went out without anybody having looked. */
  unlooked: z.boolean(),
  numbers: DigestNumbers,
  /** All of them for those who write digests; a sponsor sees their own. */
  replies: z.array(DigestReplyView),
});
export type SentDigestView = z.infer<typeof SentDigestView>;

/** Members see what went to the channel, sponsors also what went to them, those who write digests everything. */
export const DigestView = z.object({ today: Day, drafts: z.array(DigestDraftView), sent: z.array(SentDigestView) });
export type DigestView = z.infer<typeof DigestView>;

/** A digest as a card, and as a text to copy or mail. */
export const DigestShown = z.object({ card: z.record(z.string(), z.unknown()), text: z.string() });
export type DigestShown = z.infer<typeof DigestShown>;

/** Something to choose by its id, in words. */
const Choice = z.object({ id: z.string(), words: z.string() });

/** What became of one message. */
export const DeliveryEntry = z.object({
  id: z.string(),
  community: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }),
  kind: z.string(),
  what: z.string(),
  period: z.string(),
  /** `withheld`: who it was would say who has answered a survey. */
  to: z.discriminatedUnion('is', [
    z.object({ is: z.literal('channel') }),
    z.object({ is: z.literal('person'), person: Person }),
    z.object({ is: z.enum(['left', 'withheld']) }),
  ]),
  state: z.enum(deliveryStates),
  /** Why it did not arrive, or not yet, and what to do. */
  reason: z.object({ code: z.enum(deliveryReasons), said: z.string(), todo: z.string() }).nullable(),
  /** For administrators: status and code of Teams' last refusal. */
  detail: z.string().nullable(),
  attempts: z.number().int(),
  /** Attempts of which nobody knows whether Teams took them. */
  uncertain: z.number().int(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
});
export type DeliveryEntry = z.infer<typeof DeliveryEntry>;

/** Newest first. `next` asks for what is older; null when that was all. */
export const DeliveryView = z.object({
  kinds: z.array(Choice),
  states: z.array(Choice),
  entries: z.array(DeliveryEntry),
  next: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** One line of the audit trail. */
export const AuditEntry = z.object({
  id: z.string(),
  /** Null for what concerns no community, or none that we know. */
  community: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }).nullable(),
  at: z.iso.datetime(),
  /** `outside`: somebody who was refused because they are not in the team; their name is not ours to look up. */
  who: z.discriminatedUnion('is', [
    z.object({ is: z.literal('person'), person: Person }),
    z.object({ is: z.enum(['app', 'left', 'outside']) }),
  ]),
  act: z.string(),
  /** The act in words. */
  what: z.string(),
  outcome: z.enum(auditOutcomes),
  /** Why it was refused, or that something broke; null for what was done. */
  why: z.string().nullable(),
  door: z.enum(auditDoors),
  /** The endpoint, the verb or the words. */
  via: z.string(),
  about: z.string(),
  request: z.string().nullable(),
  /** Equal refusals within the hour are one line. */
  count: z.number().int(),
  lastAt: z.iso.datetime(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Newest first. `next` asks for what is older; null when that was all. */
export const AuditView = z.object({
  outcomes: z.array(Choice),
  entries: z.array(AuditEntry),
  next: z.string().nullable(),
});
export type AuditView = z.infer<typeof AuditView>;

/** What is kept about one person in one community, in words. */
export const PrivacyView = z.object({
  held: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      /** What becomes of it when the person asks to be forgotten, and why. */
      fate: z.enum(['goes', 'loses-name', 'stays']),
      why: z.string(),
      entries: z.array(z.array(z.object({ name: z.string(), value: z.string() }))),
    }),
  ),
  /** What nobody can find or change from here. */
  beyond: z.array(z.string()),
  /** What has to be done before the person can be forgotten; null when nothing has. */
  first: z.string().nullable(),
});
export type PrivacyView = z.infer<typeof PrivacyView>;

const auditQuery = ['outcome', 'person'] as const;
const deliveryQuery = ['kind', 'state', 'recipient'] as const;

const community = '/api/communities/{community}';

export const api = {
  community: endpoint({
    method: 'GET',
    path: community,
    summary: 'The community, and what I may do in it',
    answer: CommunityView,
  }),
  overview: endpoint({
    method: 'GET',
    path: `${community}/overview`,
    summary: 'What the community is for, what comes, and what waits',
    answer: OverviewView,
  }),
  members: endpoint({
    method: 'GET',
    path: `${community}/members`,
    summary: 'The people of the team, to pick from',
    answer: MembersView,
  }),
  charter: endpoint({
    method: 'GET',
    path: `${community}/charter`,
    summary: 'All sections of the charter, with their ETags',
    answer: CharterView,
  }),
  saveSection: endpoint({
    method: 'PUT',
    path: `${community}/charter/sections/{section}`,
    summary: 'Save one section',
    body: z.object({ text: SectionText }),
    answer: SectionView,
    conditional: true,
  }),
  sectionHistory: endpoint({
    method: 'GET',
    path: `${community}/charter/sections/{section}/history`,
    summary: 'What a section said before, who saved it and when',
    answer: HistoryView,
  }),
  exportCharter: endpoint({
    method: 'GET',
    path: `${community}/charter/export/{format}`,
    summary: 'The charter as a file: docx, pdf or md',
    answer: FileAnswer,
    file: true,
  }),
  publishCharter: endpoint({
    method: 'POST',
    path: `${community}/charter/publish/{format}`,
    summary:
      'Put the charter into the Files of the channel, as docx or pdf; may be repeated, which makes a new version of the file',
    answer: PublishView,
  }),
  saveReview: endpoint({
    method: 'PUT',
    path: `${community}/charter/review`,
    summary: 'Set the day of the next review',
    body: z.object({ on: Day.nullable() }),
    answer: ReviewView,
    conditional: true,
  }),
  settings: endpoint({
    method: 'GET',
    path: `${community}/settings`,
    summary: 'The settings of the community',
    answer: SettingsView,
  }),
  saveSettings: endpoint({
    method: 'PUT',
    path: `${community}/settings`,
    summary: 'Save the settings',
    body: Settings,
    answer: SettingsView,
    conditional: true,
  }),
  putSettingsBack: endpoint({
    method: 'POST',
    path: `${community}/settings/put-back`,
    summary: 'Make the copy of the settings in SharePoint say again what is so; may be repeated',
    answer: SettingsView,
  }),
  provision: endpoint({
    method: 'POST',
    path: `${community}/settings/lists`,
    summary: 'Create or repair the SharePoint lists; may be repeated',
    answer: ProvisionView,
  }),
  newcomers: endpoint({
    method: 'GET',
    path: `${community}/welcome`,
    summary: 'What newcomers said, for coordinators',
    answer: WelcomeView,
  }),
  roles: endpoint({
    method: 'GET',
    path: `${community}/roles`,
    summary: 'Every role, who holds it and who volunteers',
    answer: RolesView,
  }),
  addRole: endpoint({
    method: 'POST',
    path: `${community}/roles`,
    summary: 'Add a role of the community’s own',
    body: OwnRole,
    answer: RolesView,
  }),
  changeRole: endpoint({
    method: 'PUT',
    path: `${community}/roles/{role}`,
    summary: 'Rename an own role, or say anew what it is for',
    body: OwnRole,
    answer: RolesView,
    conditional: true,
  }),
  removeRole: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/remove`,
    summary: 'Remove an own role that nobody holds',
    answer: RolesView,
  }),
  volunteer: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/volunteer`,
    summary: 'Offer to take on a role; may be repeated',
    body: z.object({ note: remark(longestNote) }),
    answer: RolesView,
  }),
  stepDown: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/step-down`,
    summary: 'Give up a role, or take back an offer; may be repeated',
    answer: RolesView,
  }),
  giveRole: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/holders`,
    summary: 'Give a role to somebody',
    body: RoleGift,
    answer: RolesView,
  }),
  acceptVolunteer: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/holders/{person}/accept`,
    summary: 'Accept an offer; may be repeated',
    answer: RolesView,
  }),
  endHolding: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/holders/{person}/end`,
    summary: 'End somebody’s holding, or decline an offer; may be repeated',
    answer: RolesView,
  }),
  saveTerm: endpoint({
    method: 'PUT',
    path: `${community}/roles/{role}/holders/{person}/term`,
    summary: 'Change the days and the note of a holding',
    body: Term,
    answer: RolesView,
    conditional: true,
  }),
  settleRolesByHand: endpoint({
    method: 'POST',
    path: `${community}/roles/by-hand`,
    summary: 'Confirm rows of the list of roles that were written by hand, or put them back; may be repeated',
    body: ByHandDecision,
    answer: RolesView,
  }),
  plan: endpoint({
    method: 'GET',
    path: `${community}/plan`,
    summary: 'Every action of the plan, with its ETag',
    answer: PlanView,
  }),
  saveAction: endpoint({
    method: 'PUT',
    path: `${community}/plan/{action}`,
    summary: 'Add an action, whose id is chosen by who asks so that it may be repeated, or save it',
    body: Action,
    answer: ActionView,
    conditional: true,
  }),
  removeAction: endpoint({
    method: 'POST',
    path: `${community}/plan/{action}/remove`,
    summary: 'Remove an action; may be repeated',
    answer: z.object({}),
    conditional: true,
  }),
  exportPlan: endpoint({
    method: 'GET',
    path: `${community}/plan/export`,
    summary: 'The plan as CSV, safe to open in a spreadsheet',
    answer: FileAnswer,
    file: true,
  }),
  calendar: endpoint({
    method: 'GET',
    path: `${community}/calendar`,
    summary: 'Which links to calendars there are: mine, and the community’s',
    answer: CalendarView,
  }),
  makeCalendarLink: endpoint({
    method: 'POST',
    path: `${community}/calendar/{scope}`,
    summary: 'Make a link to my calendar or the community’s; the one before it leads nowhere from then on',
    answer: NewCalendarLink,
  }),
  revokeCalendarLink: endpoint({
    method: 'POST',
    path: `${community}/calendar/{scope}/revoke`,
    summary: 'Have a link to a calendar lead nowhere; may be repeated',
    answer: CalendarView,
  }),
  actionCalendar: endpoint({
    method: 'GET',
    path: `${community}/plan/{action}/calendar`,
    summary: 'One action as a calendar file',
    answer: FileAnswer,
    file: true,
  }),
  surveys: endpoint({
    method: 'GET',
    path: `${community}/surveys`,
    summary: 'The surveys, newest first, with the results I may see',
    answer: SurveysView,
  }),
  planSurvey: endpoint({
    method: 'PUT',
    path: `${community}/surveys/{survey}`,
    summary: 'Plan a survey; the id is new and chosen by who asks, so that it may be repeated',
    body: SurveyDraft,
    answer: SurveyView,
  }),
  changeSurvey: endpoint({
    method: 'PUT',
    path: `${community}/surveys/{survey}/plan`,
    summary: 'Change a survey that has not opened yet',
    body: SurveyDraft,
    answer: SurveyView,
    conditional: true,
  }),
  closeSurvey: endpoint({
    method: 'POST',
    path: `${community}/surveys/{survey}/close`,
    summary: 'Close a survey before its time, or take back one that has not opened',
    answer: SurveysView,
  }),
  answerSurvey: endpoint({
    method: 'PUT',
    path: `${community}/surveys/{survey}/answer`,
    summary: 'Answer, or answer again',
    unnamed: true,
    body: z.object({ sheet: Sheet, token: identifier(100).nullable() }),
    answer: AnswerView,
  }),
  shareSurvey: endpoint({
    method: 'POST',
    path: `${community}/surveys/{survey}/share`,
    summary: 'Show the results in the channel, once',
    answer: z.object({}),
  }),
  exportSurvey: endpoint({
    method: 'GET',
    path: `${community}/surveys/{survey}/export`,
    summary: 'The results as CSV, safe to open in a spreadsheet',
    answer: FileAnswer,
    file: true,
  }),
  digest: endpoint({
    method: 'GET',
    path: `${community}/digest`,
    summary: 'The drafts I may write and the digests I may read, newest first',
    answer: DigestView,
  }),
  previewDigest: endpoint({
    method: 'POST',
    path: `${community}/digest/{audience}/preview`,
    summary: 'The card that these words would make, with the numbers of now',
    body: DigestWords,
    answer: DigestShown,
  }),
  saveDigest: endpoint({
    method: 'PUT',
    path: `${community}/digest/{audience}/words`,
    summary: 'Save the words of a draft',
    body: DigestWords,
    answer: DigestDraftView,
    conditional: true,
  }),
  sendDigest: endpoint({
    method: 'POST',
    path: `${community}/digest/{audience}/send`,
    summary: 'Send what is saved now; at most once a day',
    answer: DigestView,
  }),
  sentDigest: endpoint({
    method: 'GET',
    path: `${community}/digest/{audience}/sent/{period}`,
    summary: 'A digest that went out, as it went out',
    answer: DigestShown,
  }),
  delivery: endpoint({
    method: 'GET',
    path: `${community}/delivery`,
    summary: 'What became of the messages of this community',
    query: [...deliveryQuery, 'before'],
    answer: DeliveryView,
  }),
  exportDelivery: endpoint({
    method: 'GET',
    path: `${community}/delivery/export`,
    summary: 'The same as CSV, safe to open in a spreadsheet',
    query: deliveryQuery,
    answer: FileAnswer,
    file: true,
  }),
  deliveryOfAll: endpoint({
    method: 'GET',
    path: '/api/delivery',
    summary: 'What became of the messages of all communities, for administrators',
    query: [...deliveryQuery, 'before'],
    answer: DeliveryView,
  }),
  exportDeliveryOfAll: endpoint({
    method: 'GET',
    path: '/api/delivery/export',
    summary: 'The same as CSV, with Entra ids for names',
    query: deliveryQuery,
    answer: FileAnswer,
    file: true,
  }),
  audit: endpoint({
    method: 'GET',
    path: `${community}/audit`,
    summary: 'Who did what that matters to others, and who was refused',
    query: [...auditQuery, 'before'],
    answer: AuditView,
  }),
  exportAudit: endpoint({
    method: 'GET',
    path: `${community}/audit/export`,
    summary: 'The same as CSV, safe to open in a spreadsheet',
    query: auditQuery,
    answer: FileAnswer,
    file: true,
  }),
  auditOfAll: endpoint({
    method: 'GET',
    path: '/api/audit',
    summary: 'The audit trail of all communities, for administrators',
    query: [...auditQuery, 'before'],
    answer: AuditView,
  }),
  exportAuditOfAll: endpoint({
    method: 'GET',
    path: '/api/audit/export',
    summary: 'The same as CSV, with Entra ids for names',
    query: auditQuery,
    answer: FileAnswer,
    file: true,
  }),
  privacy: endpoint({
    method: 'GET',
    path: `${community}/privacy`,
    summary: 'Everything that is kept about me in this community',
    answer: PrivacyView,
  }),
  exportPrivacy: endpoint({
    method: 'GET',
    path: `${community}/privacy/export`,
    summary: 'The same as a JSON file',
    answer: FileAnswer,
    file: true,
  }),
  forgetMe: endpoint({
    method: 'POST',
    path: `${community}/privacy/forget`,
    summary: 'Erase what is kept about me in this community; may be repeated',
    answer: PrivacyView,
  }),
} as const satisfies Record<string, AnyEndpoint>;
