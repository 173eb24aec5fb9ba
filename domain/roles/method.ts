/**
 * A role that communities of practice often need. Its title, what it is for and the questions stand in
 * `text.<language>.json`.
 */
export interface MethodRole {
  readonly id: string;
  readonly kind: 'key' | 'leadership' | 'more';
  /** Names of what whoever holds it may ask themselves. */
  readonly questions: readonly string[];
  /** The documents of the method it comes from. */
  readonly sources: readonly string[];
}

/** The role whose holders are the coordinators in the settings. */
export const coordinatorRole = 'coordinator';
/** The role whose holders read what people say about an event. */
export const criticalFriendsRole = 'critical-friends';
/** The one role that somebody outside the team may hold. */
export const sponsorRole = 'sponsor';

const toolkit = 'Queen Mary University of London, Communities of Practice toolkit';
const leadershipGroups = 'NHS communities of practice resource summary, after Wenger-Trayner, Leadership groups';
const considerations = 'Setting up, cultivating and managing a community of practice';
const slides = 'What is a community of practice? (slides)';
const stages = 'Community of practice development stages, and starting up';

/**
 * The five key roles, the seven leadership groups and more that communities know, in our own words for what the sources
 * say.
 */
export const methodRoles: readonly MethodRole[] = [
  {
    id: coordinatorRole,
    kind: 'key',
    questions: ['aims', 'curiosity', 'sharing', 'next-event', 'across', 'growing', 'border', 'health'],
    sources: [toolkit, stages],
  },
  { id: 'member-support', kind: 'key', questions: ['newcomers', 'quiet', 'safety'], sources: [toolkit] },
  { id: 'information-resources', kind: 'key', questions: ['answers', 'shelf', 'examples'], sources: [toolkit] },
  { id: 'teams-administrator', kind: 'key', questions: ['newcomers', 'upkeep', 'successor'], sources: [toolkit] },
  { id: sponsorRole, kind: 'key', questions: ['goals', 'audience', 'obstacles'], sources: [toolkit] },
  {
    id: 'agenda-activists',
    kind: 'leadership',
    questions: ['problems', 'pursuits', 'assumptions', 'sources', 'training', 'progress', 'left', 'later', 'next-year'],
    sources: [leadershipGroups],
  },
  {
    id: 'community-keepers',
    kind: 'leadership',
    questions: [
      'presence',
      'voices',
      'practice',
      'groups',
      'parts',
      'borders',
      'ties',
      'trust',
      'missing',
      'rank',
      'language',
      'better',
    ],
    sources: [leadershipGroups],
  },
  {
    id: criticalFriendsRole,
    kind: 'leadership',
    questions: ['feedback', 'meetings', 'promises', 'time', 'gathering', 'reading'],
    sources: [leadershipGroups],
  },
  {
    id: 'social-reporters',
    kind: 'leadership',
    questions: ['moments', 'place', 'privacy', 'tools', 'cut', 'tag', 'others'],
    sources: [leadershipGroups],
  },
  {
    id: 'external-messengers',
    kind: 'leadership',
    questions: ['audience', 'message', 'review', 'languages', 'draft', 'place', 'public', 'story'],
    sources: [leadershipGroups],
  },
  {
    id: 'value-detectives',
    kind: 'leadership',
    questions: ['audience', 'trials', 'numbers', 'use', 'signs', 'aim', 'stories', 'gap'],
    sources: [leadershipGroups],
  },
  {
    id: 'organisational-brokers',
    kind: 'leadership',
    questions: ['plans', 'partners', 'recognition', 'need', 'means', 'support', 'form', 'say', 'table'],
    sources: [leadershipGroups],
  },
  { id: 'core-group', kind: 'more', questions: ['next', 'others', 'agreement'], sources: [toolkit, considerations] },
  { id: 'meeting-facilitator', kind: 'more', questions: ['purpose', 'voices', 'end'], sources: [considerations] },
  { id: 'thought-leader', kind: 'more', questions: ['topic', 'invite', 'room'], sources: [stages, considerations] },
  { id: 'subject-expert', kind: 'more', questions: ['field', 'when', 'written'], sources: [considerations] },
  { id: 'mentor', kind: 'more', questions: ['wish', 'rhythm', 'end'], sources: [stages] },
  { id: 'scout', kind: 'more', questions: ['where', 'bring', 'who'], sources: [slides] },
  { id: 'weaver', kind: 'more', questions: ['pairs', 'threads', 'between'], sources: [slides] },
  { id: 'support', kind: 'more', questions: ['need', 'contact', 'limits'], sources: [stages] },
];
