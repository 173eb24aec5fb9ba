/** One button, pressed so that it does no harm however often, and who is served. */
interface PressOn {
  readonly verb: string;
  /**
   * Everybody in the team; those who facilitate too; coordinators and team owners; nobody, as it is about what somebody
   * else was sent.
   */
  readonly may: 'members' | 'facilitators' | 'coordinators' | 'nobody';
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
  { verb: 'facilitation.tick', may: 'facilitators', data: task },
  { verb: 'facilitation.untick', may: 'facilitators', data: task },
  { verb: 'facilitation.refresh', may: 'members', data: { week: '2026-11-16' } },
  { verb: 'roles.volunteer', may: 'members', data: { role: 'no-such-role' } },
  { verb: 'roles.stepDown', may: 'members', data: { role: 'no-such-role' } },
  { verb: 'roles.accept', may: 'coordinators', data: offer },
  { verb: 'roles.decline', may: 'coordinators', data: offer },
  { verb: 'roles.renew', may: 'coordinators', data: term },
  { verb: 'roles.end', may: 'coordinators', data: term },
  { verb: 'surveys.answer', may: 'members', data: { survey: 'known' } },
  { verb: 'surveys.change', may: 'members', data: { survey: 'known' } },
  { verb: 'surveys.share', may: 'coordinators', data: { survey: 'known' } },
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
  { verb: 'morning.stop', may: 'members' },
  { verb: 'morning.resume', may: 'members' },
  { verb: 'plan.stop', may: 'members' },
  { verb: 'plan.resume', may: 'members' },
  { verb: 'digest.reply', may: 'nobody', data: { ...digest, choice: 'yes' } },
  { verb: 'digest.again', may: 'nobody', data: digest },
  { verb: 'digest.stop', may: 'nobody', data: digest },
  { verb: 'digest.resume', may: 'nobody', data: digest },
  { verb: 'settings.begin', may: 'coordinators' },
  { verb: 'settings.save', may: 'coordinators', data: { timeZone: 'Nowhere/At all' } },
  { verb: 'welcome.answer', may: 'members' },
  { verb: 'welcome.change', may: 'members' },
  { verb: 'welcome.stop', may: 'members' },
  { verb: 'welcome.resume', may: 'members' },
  { verb: 'privacy.ask', may: 'members' },
  { verb: 'privacy.resume', may: 'members' },
  // Last, as it takes away what the others did.
  { verb: 'privacy.forget', may: 'members' },
];
