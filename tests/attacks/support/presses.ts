import type { rolesWithRights } from './target.ts';

/** One button, pressed so that it does no harm however often, and who is served. */
interface PressOn {
  readonly verb: string;
  /**
   * Everybody in the team; those who facilitate too; coordinators and team owners; nobody, as it is about what somebody
   * else was sent.
   */
  readonly may: 'members' | 'facilitators' | 'coordinators' | 'nobody';
  /** Who else is served, of those who were accepted into a role. */
  readonly roles?: readonly (typeof rolesWithRights)[number][];
  readonly data?: Readonly<Record<string, unknown>>;
}

const task = { week: '2026-11-16', task: 'no-such-task' };
const offer = { role: 'member-support', person: 'none' };
const term = { ...offer, until: '2027-01-01' };
const digest = { digest: 'sponsor/2026-01' };

/**
 * Every verb that the product answers, each once; `known` stands for the action and the survey that the community has.
 */
export const presses: readonly PressOn[] = [
  { verb: 'charter.reviewed', may: 'coordinators', data: { review: '2026-01-01', months: 6 } },
  {
    verb: 'charter.answer',
    may: 'coordinators',
    data: { period: '2026-01-01', section: 'risks', question: 'signs', answer: '' },
  },
  { verb: 'charter.another', may: 'coordinators', data: { period: '2026-01-01', section: 'risks', question: 'signs' } },
  { verb: 'charter.later', may: 'coordinators', data: { period: '2026-01-01', section: 'risks', question: 'signs' } },
  { verb: 'charter.agree', may: 'members', data: { round: '2026-01-01', version: '' } },
  { verb: 'charter.say', may: 'members', data: { round: '2026-01-01', section: '', text: '' } },
  { verb: 'departures.pass', may: 'coordinators', data: { person: 'nobody', action: 'no-such-action', to: '' } },
  { verb: 'departures.free', may: 'coordinators', data: { person: 'nobody', action: 'no-such-action' } },
  { verb: 'facilitation.tick', may: 'facilitators', roles: ['member-support', 'core-group'], data: task },
  { verb: 'facilitation.untick', may: 'facilitators', roles: ['member-support', 'core-group'], data: task },
  { verb: 'facilitation.refresh', may: 'members', data: { week: '2026-11-16' } },
  { verb: 'facilitation.now', may: 'facilitators' },
  { verb: 'facilitation.size', may: 'facilitators', data: { week: '2026-11-16', size: 'full' } },
  { verb: 'facilitation.pause', may: 'facilitators', data: { week: '2026-11-16' } },
  { verb: 'facilitation.pauseUntil', may: 'facilitators', data: { week: '2026-11-16', until: '2020-01-01' } },
  { verb: 'facilitation.resume', may: 'facilitators', data: { week: '2026-11-16' } },
  { verb: 'facilitation.mornings', may: 'facilitators', data: { week: '2026-11-16', line: 'off' } },
  {
    verb: 'facilitation.planning',
    may: 'facilitators',
    roles: ['core-group'],
    data: { week: '2026-11-16' },
  },
  {
    verb: 'facilitation.plan',
    may: 'facilitators',
    roles: ['core-group'],
    data: { week: '2026-11-16' },
  },
  { verb: 'facilitation.hand', may: 'facilitators', data: { week: '2026-11-16' } },
  { verb: 'facilitation.handOver', may: 'facilitators', data: { week: '2026-11-16', to: 'nobody' } },
  { verb: 'facilitation.takeOver', may: 'members', data: { asker: 'nobody' } },
  { verb: 'facilitation.decline', may: 'members', data: { asker: 'nobody' } },
  { verb: 'roles.volunteer', may: 'members', data: { role: 'no-such-role' } },
  { verb: 'roles.stepDown', may: 'members', data: { role: 'no-such-role' } },
  { verb: 'roles.accept', may: 'coordinators', data: offer },
  { verb: 'roles.decline', may: 'coordinators', data: offer },
  { verb: 'roles.renew', may: 'coordinators', data: term },
  { verb: 'roles.end', may: 'coordinators', data: { ...term, sure: 'yes' } },
  { verb: 'roles.show', may: 'coordinators', roles: ['core-group'], data: { role: 'member-support', person: 'none' } },
  { verb: 'roles.reopen', may: 'coordinators', data: term },
  { verb: 'roles.thank', may: 'coordinators', data: { role: 'scout', holding: 'none' } },
  { verb: 'events.answer', may: 'members', data: { event: 'known', says: 'coming' } },
  {
    verb: 'events.ready',
    may: 'coordinators',
    roles: ['agenda-activists', 'core-group'],
    data: { event: 'known', ps: 'place' },
  },
  { verb: 'events.announce', may: 'members', data: { event: 'not-there-at-all' } },
  {
    verb: 'events.after',
    may: 'coordinators',
    roles: ['agenda-activists', 'core-group'],
    data: { event: 'known', asked: '' },
  },
  { verb: 'events.cancel', may: 'members', data: { event: 'not-there-at-all' } },
  { verb: 'events.stop', may: 'members' },
  { verb: 'events.resume', may: 'members' },
  { verb: 'agenda.voice', may: 'members', data: { question: 'not-there-at-all', says: 'me-too' } },
  { verb: 'agenda.park', may: 'members', data: { question: 'Who has a template?' } },
  { verb: 'agenda.answer', may: 'members', data: { question: 'not-there-at-all', answer: '' } },
  { verb: 'agenda.ask', may: 'coordinators', roles: ['agenda-activists', 'core-group'], data: { month: '2020-01' } },
  { verb: 'agenda.stop', may: 'members' },
  { verb: 'agenda.resume', may: 'members' },
  {
    verb: 'library.check',
    may: 'members',
    data: { resource: '0'.repeat(32), still: 'right', month: '2020-01' },
  },
  { verb: 'library.stop', may: 'members' },
  { verb: 'library.resume', may: 'members' },
  { verb: 'surveys.answer', may: 'members', data: { survey: 'known' } },
  { verb: 'surveys.change', may: 'members', data: { survey: 'known' } },
  { verb: 'surveys.tried', may: 'coordinators', roles: ['agenda-activists', 'critical-friends'] },
  {
    verb: 'surveys.share',
    may: 'coordinators',
    roles: ['agenda-activists', 'critical-friends'],
    data: { survey: 'known' },
  },
  {
    verb: 'surveys.write',
    may: 'coordinators',
    roles: ['agenda-activists', 'critical-friends'],
    data: { survey: 'never-planned', template: 'pulse', opensOn: '2020-01-01' },
  },
  {
    verb: 'surveys.again',
    may: 'coordinators',
    roles: ['agenda-activists', 'critical-friends'],
    data: { survey: 'never-planned', opensOn: '2020-01-01' },
  },
  { verb: 'surveys.stop', may: 'members' },
  { verb: 'surveys.resume', may: 'members' },
  // A coordinator has added it.
  { verb: 'plan.done', may: 'coordinators', data: { action: 'known', from: 'plan' } },
  { verb: 'plan.reopen', may: 'coordinators', data: { action: 'known', from: 'plan' } },
  { verb: 'plan.later', may: 'coordinators', data: { action: 'known', from: 'plan', due: '2026-12-01' } },
  {
    verb: 'plan.set',
    may: 'coordinators',
    data: { action: 'known', shown: { due: '2026-12-01', owner: '' }, due: '2026-12-03', owner: '' },
  },
  { verb: 'morning.show', may: 'members', data: { wish: 'no.such', period: 'wish' } },
  { verb: 'morning.later', may: 'members', data: { wish: 'no.such', period: 'wish' } },
  { verb: 'morning.letGo', may: 'members', data: { wish: 'no.such', period: 'wish' } },
  { verb: 'morning.takeBack', may: 'members', data: { wish: 'no.such', period: 'wish' } },
  { verb: 'morning.stop', may: 'members' },
  { verb: 'morning.resume', may: 'members' },
  { verb: 'plan.choose', may: 'members', data: { act: 'done', action: 'not-there-at-all' } },
  { verb: 'plan.act', may: 'coordinators', data: { act: 'done', action: 'known' } },
  {
    verb: 'plan.undo',
    may: 'coordinators',
    data: { action: 'known', state: 'to-do', due: '2026-12-08', stateAfter: 'done', dueAfter: '2026-12-08' },
  },
  { verb: 'plan.remind', may: 'members', data: { action: 'known', title: 'x', due: '2026-12-01', person: 'nobody' } },
  { verb: 'plan.assign', may: 'coordinators', data: { action: 'known', to: 'nobody' } },
  { verb: 'plan.give', may: 'coordinators', data: { action: 'known', to: '', shown: '' } },
  { verb: 'plan.takeBack', may: 'members', data: { action: 'not-there-at-all' } },
  { verb: 'plan.stop', may: 'members' },
  { verb: 'plan.resume', may: 'members' },
  { verb: 'digest.reply', may: 'nobody', data: { ...digest, choice: 'yes' } },
  { verb: 'digest.again', may: 'nobody', data: digest },
  { verb: 'digest.stop', may: 'nobody', data: digest },
  { verb: 'digest.resume', may: 'nobody', data: digest },
  { verb: 'settings.begin', may: 'coordinators', roles: ['teams-administrator'] },
  { verb: 'settings.save', may: 'coordinators', roles: ['teams-administrator'], data: { timeZone: 'Nowhere/At all' } },
  {
    verb: 'settings.set',
    may: 'coordinators',
    roles: ['teams-administrator'],
    data: { what: 'surveys', value: '3', shown: '7' },
  },
  { verb: 'welcome.answer', may: 'members' },
  { verb: 'welcome.change', may: 'members' },
  { verb: 'welcome.stop', may: 'members' },
  { verb: 'welcome.resume', may: 'members' },
  { verb: 'conversation.pass', may: 'members', data: { question: 'Who has a template?' } },
  { verb: 'privacy.ask', may: 'members' },
  { verb: 'privacy.resume', may: 'members' },
  { verb: 'privacy.stop', may: 'members', data: { what: 'surveys' } },
  { verb: 'privacy.start', may: 'members', data: { what: 'surveys' } },
  { verb: 'privacy.undo', may: 'members', data: { before: 'surveys', after: '' } },
  // Last, as it takes away what the others did.
  { verb: 'privacy.forget', may: 'members' },
];
