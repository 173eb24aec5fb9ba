import type { api } from '../../../domain/api.ts';
import type { rolesWithRights } from './target.ts';

type OperationName = keyof typeof api;

/** One thing the API does, asked in a way that does no harm however often, and who may. */
export interface Operation {
  readonly operation: OperationName;
  /**
   * Everybody in the team; coordinators and team owners; those who look after the app in the whole organisation; or, about
   * themself, every person of it.
   */
  readonly may: 'members' | 'coordinators' | 'administrators' | 'everybody';
  /** `mine` stands for an id that only this person uses, `known` for the action or survey that the community has. */
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Changes are asked for on top of a version that never was. */
  readonly stale?: true;
  /** What those who may get. What is not there counts as removed already. */
  readonly then: number;
  /** What a coordinator gets, where that is something else. */
  readonly coordinator?: number;
  /** Who else may, of those who were accepted into a role, and what they get where that is something else. */
  readonly roles?: Readonly<Partial<Record<(typeof rolesWithRights)[number], number>>>;
}

export const action = {
  title: 'Book a room',
  owners: [],
  due: '2026-12-01',
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: '',
};
const words = { intro: 'Hello', ask: '', story: '', times: [], sendOn: null };
const question = {
  id: 'q1',
  kind: 'rating',
  text: 'How useful is it?',
  options: [],
  low: '',
  high: '',
  required: false,
};
export const survey = {
  title: 'How are we?',
  intro: '',
  questions: [question],
  anonymous: false,
  audience: 'channel',
  opensOn: '2026-12-20',
  closesOn: '2026-12-22',
};
export const event = {
  title: 'Chart surgery',
  kind: 'learning',
  activity: null,
  day: '2026-12-20',
  time: '15:00',
  minutes: 60,
  mode: 'online',
  place: '',
  link: null,
  audience: 'everybody',
  named: [],
  hosts: [],
  agenda: [],
  keep: '',
  change: '',
  summary: '',
  recording: null,
};
const rhythm = {
  title: 'Coffee',
  kind: 'coffee',
  rule: { every: 'weeks', weeks: 4, from: '2026-12-17' },
  time: '15:00',
  minutes: 30,
  mode: 'online',
  place: '',
  link: null,
  audience: 'everybody',
  hosts: [],
  until: null,
};
const settings = {
  timeZone: 'UTC',
  coordinators: [],
  facilitation: { day: 1, time: '09:00', facilitators: [], destination: 'chats' },
  country: { code: 'GB', region: null },
  quiet: [{ from: '2026-12-24', to: '2026-12-31', title: 'Between the years' }],
};
const term = { since: '2026-11-22', until: null, note: '' };

/** Every operation of the API at least once: who may is declared here, and nowhere else in the tests of attacks. */
export const operations: readonly Operation[] = [
  { operation: 'community', may: 'members', then: 200 },
  { operation: 'communities', may: 'everybody', then: 200 },
  { operation: 'seeTab', may: 'members', body: {}, then: 200 },
  { operation: 'removeTab', may: 'members', body: { channel: '19:nowhere@thread.tacv2' }, then: 200 },
  { operation: 'live', may: 'members', then: 200 },
  { operation: 'overview', may: 'members', then: 200 },
  { operation: 'members', may: 'members', then: 200 },
  { operation: 'chat', may: 'members', params: { person: 'nobody-here' }, then: 404 },
  { operation: 'charter', may: 'members', then: 200 },
  {
    operation: 'saveSection',
    may: 'coordinators',
    params: { section: 'purpose' },
    body: { text: 'We help each other.' },
    stale: true,
    then: 409,
  },
  { operation: 'sectionHistory', may: 'members', params: { section: 'purpose' }, then: 200 },
  { operation: 'exportCharter', may: 'members', params: { format: 'md' }, then: 200 },
  { operation: 'publishCharter', may: 'coordinators', params: { format: 'docx' }, then: 200 },
  { operation: 'saveReview', may: 'coordinators', body: { on: null }, stale: true, then: 409 },
  {
    operation: 'agree',
    may: 'members',
    params: { section: 'purpose' },
    body: { agrees: true },
    stale: true,
    then: 409,
  },
  {
    operation: 'comment',
    may: 'members',
    params: { section: 'purpose' },
    body: { id: 'c0ffee00', text: 'Well said.' },
    then: 200,
  },
  {
    operation: 'removeComment',
    may: 'members',
    params: { section: 'purpose', comment: 'not-there-at-all' },
    then: 200,
  },
  {
    operation: 'settleComment',
    may: 'coordinators',
    params: { section: 'purpose', comment: 'not-there-at-all' },
    then: 200,
  },
  { operation: 'askForConsent', may: 'coordinators', body: { until: '2020-01-01' }, then: 400 },
  { operation: 'seeCharter', may: 'members', then: 200 },
  {
    operation: 'putDraftIn',
    may: 'coordinators',
    params: { section: 'purpose' },
    body: { draft: 'none' },
    stale: true,
    then: 200,
  },
  { operation: 'dropDraft', may: 'coordinators', params: { section: 'purpose' }, body: { draft: 'none' }, then: 200 },
  { operation: 'settings', may: 'members', then: 200 },
  { operation: 'holidays', may: 'members', then: 200 },
  {
    operation: 'saveSettings',
    may: 'coordinators',
    body: settings,
    stale: true,
    // It would change who coordinates.
    roles: { 'teams-administrator': 403 },
    then: 409,
  },
  { operation: 'putSettingsBack', may: 'coordinators', roles: { 'teams-administrator': 200 }, then: 200 },
  { operation: 'provision', may: 'coordinators', roles: { 'teams-administrator': 200 }, then: 200 },
  { operation: 'startWeek', may: 'coordinators', roles: { 'teams-administrator': 200 }, then: 200 },
  { operation: 'newcomers', may: 'coordinators', roles: { 'member-support': 200 }, then: 200 },
  { operation: 'roles', may: 'members', then: 200 },
  {
    operation: 'addRole',
    may: 'coordinators',
    body: { title: 'Chart doctor', purpose: 'Looks at one chart a week.' },
    then: 200,
  },
  {
    operation: 'changeRole',
    may: 'coordinators',
    params: { role: 'own-none' },
    body: { title: 'Chart doctor', purpose: '' },
    stale: true,
    then: 404,
  },
  { operation: 'removeRole', may: 'coordinators', params: { role: 'own-none' }, then: 200 },
  { operation: 'volunteer', may: 'members', params: { role: 'member-support' }, body: { note: 'Gladly.' }, then: 200 },
  { operation: 'stepDown', may: 'members', params: { role: 'social-reporters' }, then: 200 },
  {
    operation: 'giveRole',
    may: 'coordinators',
    params: { role: 'information-resources' },
    body: { person: { name: 'Somebody', mail: 'somebody@elsewhere.example' }, term },
    then: 400,
  },
  {
    operation: 'acceptVolunteer',
    may: 'coordinators',
    params: { role: 'member-support', person: 'none' },
    roles: { 'core-group': 403 },
    then: 200,
  },
  { operation: 'endHolding', may: 'coordinators', params: { role: 'member-support', person: 'none' }, then: 200 },
  {
    operation: 'saveTerm',
    may: 'coordinators',
    params: { role: 'member-support', person: 'none' },
    body: term,
    stale: true,
    then: 404,
  },
  { operation: 'settleRolesByHand', may: 'coordinators', body: { decision: 'confirm', rows: [] }, then: 200 },
  { operation: 'plan', may: 'members', then: 200 },
  { operation: 'saveAction', may: 'members', params: { action: 'known' }, body: action, stale: true, then: 409 },
  {
    operation: 'changeDetail',
    may: 'coordinators',
    params: { action: 'known' },
    body: { kind: 'add-step', id: 'a-new-step', text: 'Ask for a room' },
    then: 200,
  },
  { operation: 'removeAction', may: 'coordinators', params: { action: 'known' }, stale: true, then: 409 },
  { operation: 'exportPlan', may: 'members', then: 200 },
  { operation: 'calendar', may: 'members', then: 200 },
  { operation: 'makeCalendarLink', may: 'members', params: { scope: 'mine' }, then: 200 },
  { operation: 'makeCalendarLink', may: 'coordinators', params: { scope: 'community' }, then: 200 },
  { operation: 'revokeCalendarLink', may: 'members', params: { scope: 'mine' }, then: 200 },
  { operation: 'revokeCalendarLink', may: 'coordinators', params: { scope: 'community' }, then: 200 },
  { operation: 'actionCalendar', may: 'members', params: { action: 'known' }, then: 200 },
  { operation: 'events', may: 'members', then: 200 },
  { operation: 'event', may: 'members', params: { event: 'known' }, then: 200 },
  { operation: 'saveEvent', may: 'members', params: { event: 'known' }, body: event, stale: true, then: 409 },
  {
    operation: 'prepareEvent',
    may: 'coordinators',
    params: { event: 'known' },
    body: { ps: 'place', text: 'Online', done: false },
    roles: { 'agenda-activists': 200, 'core-group': 200 },
    then: 200,
  },
  // It is still to come.
  {
    operation: 'moveEvent',
    may: 'coordinators',
    params: { event: 'known' },
    body: { move: 'hold' },
    roles: { 'agenda-activists': 400, 'core-group': 400 },
    then: 400,
  },
  // It is a draft.
  {
    operation: 'answerEvent',
    may: 'members',
    params: { event: 'known' },
    body: { says: 'coming', appetite: null },
    then: 400,
  },
  { operation: 'attendance', may: 'members', params: { event: 'known' }, then: 200 },
  {
    operation: 'noteAttendance',
    may: 'coordinators',
    params: { event: 'known' },
    body: { people: [], guests: [] },
    roles: { 'agenda-activists': 400, 'core-group': 400 },
    then: 400,
  },
  {
    operation: 'planSteps',
    may: 'coordinators',
    params: { event: 'known' },
    body: { steps: [] },
    roles: { 'agenda-activists': 200, 'core-group': 200 },
    then: 200,
  },
  { operation: 'eventCalendar', may: 'members', params: { event: 'known' }, then: 200 },
  {
    operation: 'saveRhythm',
    may: 'coordinators',
    params: { rhythm: 'not-there-at-all' },
    body: rhythm,
    stale: true,
    roles: { 'agenda-activists': 409, 'core-group': 409 },
    then: 409,
  },
  { operation: 'surveys', may: 'members', then: 200 },
  {
    operation: 'planSurvey',
    may: 'coordinators',
    params: { survey: 'mine' },
    body: survey,
    roles: { 'agenda-activists': 200, 'critical-friends': 200 },
    then: 200,
  },
  {
    operation: 'changeSurvey',
    may: 'coordinators',
    params: { survey: 'known' },
    body: { ...survey, title: 'How is it?' },
    stale: true,
    roles: { 'agenda-activists': 409, 'critical-friends': 409 },
    then: 409,
  },
  {
    operation: 'previewSurvey',
    may: 'coordinators',
    params: { survey: 'mine' },
    body: survey,
    roles: { 'agenda-activists': 200, 'critical-friends': 200 },
    then: 200,
  },
  {
    operation: 'trySurvey',
    may: 'coordinators',
    params: { survey: 'mine' },
    body: survey,
    roles: { 'agenda-activists': 200, 'critical-friends': 200 },
    then: 200,
  },
  {
    operation: 'closeSurvey',
    may: 'coordinators',
    params: { survey: 'not-there-at-all' },
    roles: { 'agenda-activists': 404, 'critical-friends': 404 },
    then: 404,
  },
  {
    operation: 'answerSurvey',
    may: 'members',
    params: { survey: 'not-there-at-all' },
    body: { sheet: { q1: 5 }, token: null },
    then: 404,
  },
  {
    operation: 'shareSurvey',
    may: 'coordinators',
    params: { survey: 'not-there-at-all' },
    roles: { 'agenda-activists': 404, 'critical-friends': 404 },
    then: 404,
  },
  {
    operation: 'exportSurvey',
    may: 'coordinators',
    params: { survey: 'not-there-at-all' },
    roles: { 'community-keepers': 404 },
    then: 404,
  },
  { operation: 'digest', may: 'members', then: 200 },
  { operation: 'previewDigest', may: 'coordinators', params: { audience: 'members' }, body: words, then: 200 },
  {
    operation: 'saveDigest',
    may: 'coordinators',
    params: { audience: 'members' },
    body: words,
    stale: true,
    then: 409,
  },
  { operation: 'sendDigest', may: 'coordinators', params: { audience: 'nobody' }, then: 404 },
  { operation: 'sentDigest', may: 'members', params: { audience: 'members', period: '2026-01' }, then: 404 },
  { operation: 'sentDigest', may: 'members', params: { audience: 'sponsor', period: '2026-01' }, then: 404 },
  { operation: 'delivery', may: 'coordinators', roles: { 'teams-administrator': 200 }, then: 200 },
  { operation: 'exportDelivery', may: 'coordinators', roles: { 'teams-administrator': 200 }, then: 200 },
  { operation: 'audit', may: 'coordinators', then: 200 },
  { operation: 'exportAudit', may: 'coordinators', then: 200 },
  { operation: 'saveMessagesToMe', may: 'members', body: { all: false, stopped: ['surveys'] }, then: 200 },
  { operation: 'privacy', may: 'members', then: 200 },
  { operation: 'exportPrivacy', may: 'members', then: 200 },
  { operation: 'auditOfAll', may: 'administrators', then: 200 },
  { operation: 'exportAuditOfAll', may: 'administrators', then: 200 },
  { operation: 'deliveryOfAll', may: 'administrators', then: 200 },
  { operation: 'exportDeliveryOfAll', may: 'administrators', then: 200 },
  { operation: 'administration', may: 'administrators', then: 200 },
  { operation: 'serverReport', may: 'administrators', then: 200 },
  { operation: 'checkServer', may: 'administrators', then: 200 },
  { operation: 'communityReports', may: 'administrators', then: 200 },
  { operation: 'checkCommunity', may: 'administrators', params: { id: 'no-community' }, then: 404 },
  // Last, as it takes away what the others did. Whoever coordinates has to hand that over first.
  { operation: 'forgetMe', may: 'members', then: 200, coordinator: 409 },
];
