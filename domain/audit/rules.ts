import type { api } from '../api.ts';
import { CommunityError } from '../errors.ts';
import type { AuditReason } from './audit.ts';

/**
 * When an act is written down. `act`: whenever it is done, refused or fails. `refusal`: only when it is refused; it
 * changes nothing for others, or is about nobody but the person themself. `never`: a line would say that somebody
 * answered a survey; strangers, who cannot answer, are written down at the door all the same.
 */
type Audited = 'act' | 'refusal' | 'never';

export interface AuditRule {
  /** One word for the act, whichever way it was done. */
  readonly act: string;
  readonly audited: Audited;
}

function act(name: string): AuditRule {
  return { act: name, audited: 'act' };
}

function refusal(name: string): AuditRule {
  return { act: name, audited: 'refusal' };
}

function never(name: string): AuditRule {
  return { act: name, audited: 'never' };
}

/** Every endpoint of the tabs. What changes something and what takes a file away is an act; what only shows is not. */
export const endpointRules = {
  community: refusal('community.read'),
  communities: refusal('communities.read'),
  // Said by the tab each time it is opened: who opened it when is written down nowhere.
  seeTab: refusal('tab.see'),
  removeTab: refusal('tab.remove'),
  // Which screen has something new says nothing that the screen does not.
  live: refusal('overview.read'),
  overview: refusal('overview.read'),
  members: refusal('members.read'),
  chat: refusal('members.read'),
  charter: refusal('charter.read'),
  saveSection: act('charter.save'),
  sectionHistory: refusal('charter.history'),
  exportCharter: act('charter.export'),
  publishCharter: act('charter.publish'),
  saveReview: act('charter.review'),
  agree: act('charter.agree'),
  comment: act('charter.comment'),
  removeComment: act('charter.comment'),
  settleComment: act('charter.settle'),
  askForConsent: act('charter.ask'),
  // Said by the tab when it is opened: who opened it when is written down nowhere.
  seeCharter: refusal('charter.read'),
  putDraftIn: act('charter.save'),
  dropDraft: act('charter.draft'),
  settings: refusal('settings.read'),
  holidays: refusal('settings.read'),
  saveSettings: act('settings.save'),
  putSettingsBack: act('settings.put-back'),
  provision: act('settings.lists'),
  startWeek: act('facilitation.now'),
  newcomers: refusal('welcome.read'),
  roles: refusal('roles.read'),
  addRole: act('roles.add'),
  changeRole: act('roles.change'),
  removeRole: act('roles.remove'),
  volunteer: act('roles.volunteer'),
  stepDown: act('roles.step-down'),
  giveRole: act('roles.give'),
  acceptVolunteer: act('roles.accept'),
  settleRolesByHand: act('roles.by-hand'),
  endHolding: act('roles.end'),
  saveTerm: act('roles.term'),
  plan: refusal('plan.read'),
  saveAction: act('plan.save'),
  changeDetail: act('plan.save'),
  removeAction: act('plan.remove'),
  olderActions: refusal('plan.read'),
  action: refusal('plan.read'),
  actionComments: refusal('plan.read'),
  commentOnAction: act('plan.comment'),
  changeActionComment: act('plan.comment'),
  removeActionComment: act('plan.comment'),
  exportPlan: act('plan.export'),
  calendar: refusal('calendar.read'),
  makeCalendarLink: act('calendar.make'),
  revokeCalendarLink: act('calendar.revoke'),
  actionCalendar: act('calendar.export'),
  events: refusal('events.read'),
  event: refusal('events.read'),
  saveEvent: act('events.save'),
  prepareEvent: act('events.save'),
  moveEvent: act('events.move'),
  // Whether somebody comes is their own to say, and stands in the event.
  answerEvent: refusal('events.answer'),
  attendance: refusal('events.read'),
  // It says what is in a file of the reader's own, and notes nothing.
  readReport: refusal('events.read'),
  noteAttendance: act('events.attendance'),
  planSteps: act('plan.save'),
  eventCalendar: act('calendar.export'),
  saveRhythm: act('events.rhythm'),
  agenda: refusal('agenda.read'),
  saveQuestion: act('agenda.save'),
  moveQuestion: act('agenda.move'),
  planQuestion: act('agenda.move'),
  sendScouts: act('agenda.scout'),
  answerQuestion: act('agenda.answer'),
  // What somebody says about a question is their own, and stands beside it.
  voiceQuestion: refusal('agenda.voice'),
  removeQuestion: act('agenda.remove'),
  library: refusal('library.read'),
  addResource: act('library.save'),
  saveResource: act('library.save'),
  checkResource: act('library.check'),
  removeResource: act('library.remove'),
  // It counts, and keeps nobody's name.
  useResource: refusal('library.read'),
  surveys: refusal('surveys.read'),
  planSurvey: act('surveys.plan'),
  changeSurvey: act('surveys.change'),
  // Asked again with every word that is typed, and kept nowhere.
  previewSurvey: refusal('surveys.preview'),
  trySurvey: act('surveys.try'),
  repeatSurvey: act('surveys.repeat'),
  closeSurvey: act('surveys.close'),
  answerSurvey: never('surveys.answer'),
  shareSurvey: act('surveys.share'),
  exportSurvey: act('surveys.export'),
  digest: refusal('digest.read'),
  // Asked again with every word that is typed, and kept nowhere.
  previewDigest: refusal('digest.preview'),
  saveDigest: act('digest.save'),
  sendDigest: act('digest.send'),
  sentDigest: refusal('digest.read'),
  delivery: refusal('delivery.read'),
  exportDelivery: act('delivery.export'),
  deliveryOfAll: refusal('delivery.read'),
  exportDeliveryOfAll: act('delivery.export'),
  audit: refusal('audit.read'),
  exportAudit: act('audit.export'),
  auditOfAll: refusal('audit.read'),
  exportAuditOfAll: act('audit.export'),
  administration: refusal('administration.read'),
  serverReport: refusal('administration.read'),
  communityReports: refusal('administration.read'),
  // They look, and change nothing.
  checkServer: refusal('administration.read'),
  checkCommunity: refusal('administration.read'),
  // Whether somebody wants to be written to is about nobody but themself.
  saveMessagesToMe: refusal('messages.stop'),
  privacy: refusal('privacy.read'),
  // Whoever looks at what is known about themselves is nobody else's business.
  exportPrivacy: refusal('privacy.read'),
  forgetMe: act('privacy.forget'),
} as const satisfies Record<keyof typeof api, AuditRule>;

/** Every button of a card, by its verb. */
export const pressRules: Readonly<Record<string, AuditRule>> = {
  // What somebody says about a question is their own.
  'agenda.voice': refusal('agenda.voice'),
  'agenda.park': act('agenda.save'),
  'agenda.answer': act('agenda.answer'),
  'agenda.ask': act('agenda.ask'),
  'agenda.stop': refusal('messages.stop'),
  'agenda.resume': refusal('messages.stop'),
  'charter.reviewed': act('charter.review'),
  'charter.answer': act('charter.draft'),
  'charter.another': refusal('charter.draft'),
  'charter.later': refusal('charter.draft'),
  'charter.agree': act('charter.agree'),
  'charter.say': act('charter.comment'),
  'conversation.pass': act('questions.pass'),
  'departures.pass': act('plan.save'),
  'departures.free': act('plan.save'),
  'digest.reply': refusal('digest.reply'),
  'digest.again': refusal('digest.reply'),
  'digest.stop': refusal('messages.stop'),
  'digest.resume': refusal('messages.stop'),
  'facilitation.tick': act('facilitation.tick'),
  'facilitation.untick': act('facilitation.tick'),
  'facilitation.refresh': refusal('facilitation.read'),
  'facilitation.now': act('facilitation.now'),
  'facilitation.size': act('facilitation.rhythm'),
  'facilitation.pause': refusal('facilitation.rhythm'),
  'facilitation.pauseUntil': act('facilitation.rhythm'),
  'facilitation.resume': act('facilitation.rhythm'),
  // Whether somebody wants a line in the morning is their own.
  'facilitation.mornings': refusal('facilitation.rhythm'),
  'facilitation.planning': refusal('facilitation.read'),
  'facilitation.plan': act('plan.save'),
  'facilitation.hand': refusal('facilitation.hand-over'),
  'facilitation.handOver': act('facilitation.hand-over'),
  'facilitation.takeOver': act('facilitation.take-over'),
  'facilitation.decline': refusal('facilitation.take-over'),
  // Whether somebody comes is their own to say.
  'events.answer': refusal('events.answer'),
  'events.ready': act('events.save'),
  'events.announce': act('events.move'),
  'events.after': act('events.attendance'),
  'events.cancel': act('events.move'),
  'events.stop': refusal('messages.stop'),
  'events.resume': refusal('messages.stop'),
  'library.check': act('library.check'),
  'library.stop': refusal('messages.stop'),
  'library.resume': refusal('messages.stop'),
  'plan.done': act('plan.save'),
  'plan.reopen': act('plan.save'),
  'plan.later': act('plan.save'),
  'morning.show': refusal('overview.read'),
  // Whether somebody wants to be asked again is their own.
  'morning.later': refusal('messages.stop'),
  'morning.letGo': refusal('messages.stop'),
  'morning.takeBack': refusal('messages.stop'),
  'morning.stop': refusal('messages.stop'),
  'morning.resume': refusal('messages.stop'),
  'plan.set': act('plan.save'),
  // Asks again, or does it to what is one's own.
  'plan.choose': act('plan.save'),
  'plan.act': act('plan.save'),
  'plan.undo': act('plan.save'),
  'plan.remind': act('plan.save'),
  'plan.takeBack': act('plan.remove'),
  'plan.assign': refusal('plan.save'),
  'plan.give': act('plan.save'),
  'plan.stop': refusal('messages.stop'),
  'plan.resume': refusal('messages.stop'),
  'privacy.ask': refusal('privacy.read'),
  'privacy.forget': act('privacy.forget'),
  'privacy.resume': refusal('messages.stop'),
  'privacy.stop': refusal('messages.stop'),
  'privacy.start': refusal('messages.stop'),
  'privacy.undo': refusal('messages.stop'),
  'roles.volunteer': act('roles.volunteer'),
  'roles.stepDown': act('roles.step-down'),
  'roles.accept': act('roles.accept'),
  'roles.decline': act('roles.end'),
  'roles.renew': act('roles.term'),
  'roles.end': act('roles.end'),
  'roles.thank': act('roles.thank'),
  'roles.reopen': act('roles.term'),
  'roles.show': refusal('roles.read'),
  'settings.begin': refusal('settings.read'),
  'settings.save': act('settings.save'),
  'settings.set': act('settings.save'),
  'surveys.answer': never('surveys.answer'),
  'surveys.change': never('surveys.answer'),
  'surveys.tried': refusal('surveys.try'),
  'surveys.share': act('surveys.share'),
  'surveys.write': act('surveys.plan'),
  'surveys.again': act('surveys.plan'),
  'surveys.stop': refusal('messages.stop'),
  'surveys.resume': refusal('messages.stop'),
  'welcome.answer': refusal('welcome.answer'),
  'welcome.change': refusal('welcome.answer'),
  'welcome.stop': refusal('messages.stop'),
  'welcome.resume': refusal('messages.stop'),
};

/** Every word that can be typed. */
export const commandRules: Readonly<Record<string, AuditRule>> = {
  add: act('plan.save'),
  accept: refusal('roles.read'),
  agenda: refusal('agenda.read'),
  // They show what their buttons would do.
  assign: refusal('plan.save'),
  'cancel event': refusal('events.move'),
  'change setting': refusal('settings.save'),
  'new survey': refusal('surveys.plan'),
  calendar: refusal('plan.read'),
  charter: refusal('charter.read'),
  coordinators: refusal('roles.read'),
  digest: refusal('digest.read'),
  done: act('plan.save'),
  events: refusal('events.read'),
  find: refusal('library.read'),
  'forget me': refusal('privacy.read'),
  leave: refusal('privacy.read'),
  library: refusal('library.read'),
  mine: refusal('plan.read'),
  messages: refusal('messages.stop'),
  move: act('plan.save'),
  'my data': refusal('privacy.read'),
  next: refusal('events.read'),
  overdue: refusal('plan.read'),
  overview: refusal('overview.read'),
  park: act('agenda.save'),
  plan: refusal('plan.read'),
  // It shows what its button would add.
  'remind me': refusal('plan.read'),
  people: refusal('members.read'),
  // It offers to pass words on, and does not.
  question: refusal('community.read'),
  roles: refusal('roles.read'),
  settings: refusal('settings.read'),
  start: refusal('messages.stop'),
  // It shows what its button would offer.
  volunteer: refusal('roles.read'),
  stop: refusal('messages.stop'),
  stuck: act('plan.save'),
  // It shows what is open to whoever asks, and to nobody who has answered.
  survey: never('surveys.answer'),
  'this week now': act('facilitation.now'),
  week: refusal('facilitation.read'),
  ...Object.fromEntries(
    ['hello', 'thanks', 'goodbye', 'yes', 'not meant', 'newcomers'].map(name => [name, refusal('community.read')]),
  ),
};

/** Every entry in the menu of a message. */
export const messageRules: Readonly<Record<string, AuditRule>> = {
  'agenda.keep': act('agenda.save'),
  'library.add': act('library.save'),
  'plan.add': act('plan.save'),
};

/** What the app does by itself, and what happens in teams. */
const appActs = [
  'app.added',
  'app.removed',
  'coordinators.changed',
  'data.moved',
  'people.forgotten',
  'retention.run',
] as const;

/** A button, a word or a menu that this version does not have. */
const unknownAct = refusal('unknown');

/** Every act there is, each once. */
export function allActs(): readonly string[] {
  const rules = [endpointRules, pressRules, commandRules, messageRules].flatMap(
    table => Object.values(table) as AuditRule[],
  );
  return [...new Set([...rules.map(rule => rule.act), unknownAct.act, ...appActs])].toSorted();
}

/** An id that may stand in a line: a person, a role, a survey. What somebody wrote has spaces or is longer. */
const plainId = /^[\w.:-]{1,64}$/;
const identifying = [
  'section',
  'role',
  'person',
  'action',
  'event',
  'rhythm',
  // A question is none of these: what somebody asks the bot comes under that name as well, and may be one word.
  'resource',
  'move',
  'survey',
  'audience',
  'period',
  'scope',
  'format',
] as const;

/** What an act was about, in ids: `role=sponsor person=…`. Empty when nothing says. */
export function aboutOf(values: unknown): string {
  if (typeof values !== 'object' || values === null) return '';
  const known = values as Readonly<Record<string, unknown>>;
  return identifying
    .flatMap(name => {
      const value = known[name];
      return typeof value === 'string' && plainId.test(value) ? [`${name}=${value}`] : [];
    })
    .join(' ');
}

/** Codes that say no to a person; all others say that something did not fit, or broke. */
const refusals: Readonly<Record<string, AuditReason>> = {
  'not-allowed': 'not-allowed',
  'switched-off': 'switched-off',
  'set-up-by-administrator': 'not-allowed',
  'too-many-requests': 'too-many',
};

/** Why somebody was refused; undefined for what merely did not fit, or what broke. */
export function refusalOf(error: unknown): AuditReason | undefined {
  return error instanceof CommunityError ? refusals[error.code] : undefined;
}

/** Something broke, here or in Microsoft 365: the act may have been done by half. */
export function isFault(error: unknown): boolean {
  return !(error instanceof CommunityError) || error.code === 'unavailable' || error.code === 'throttled';
}

/** The rule of a button, a word or a menu; one that is not there has the rule of the unknown. */
export function ruleOf(table: Readonly<Record<string, AuditRule>>, name: string): AuditRule {
  return Object.hasOwn(table, name) ? (table[name] ?? unknownAct) : unknownAct;
}
