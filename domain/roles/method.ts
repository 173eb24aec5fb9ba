/**
 * A role that communities of practice often need. Its title, what it is for and the questions stand in
 * `text.<language>.json`.
 */
export interface MethodRole {
  readonly id: string;
  readonly kind: 'key' | 'leadership';
  /** Names of what whoever holds it may ask themselves. */
  readonly questions: readonly string[];
  /** The document of the method it comes from. */
  readonly source: string;
}

/** The role whose holders are the coordinators in the settings. */
export const coordinatorRole = 'coordinator';
/** The role whose holders read what people say about an event. */
export const criticalFriendsRole = 'critical-friends';
/** The one role that somebody outside the team may hold. */
export const sponsorRole = 'sponsor';

const toolkit = 'Queen Mary University of London, Communities of Practice toolkit';
const leadershipGroups = 'NHS communities of practice resource summary, after Wenger-Trayner, Leadership groups';

/** The five key roles and the seven leadership groups, in our own words for what the sources say. */
export const methodRoles: readonly MethodRole[] = [
  { id: coordinatorRole, kind: 'key', questions: ['aims', 'curiosity', 'sharing'], source: toolkit },
  { id: 'member-support', kind: 'key', questions: ['newcomers', 'quiet', 'safety'], source: toolkit },
  { id: 'information-resources', kind: 'key', questions: ['answers', 'shelf', 'examples'], source: toolkit },
  { id: 'teams-administrator', kind: 'key', questions: ['newcomers', 'upkeep', 'successor'], source: toolkit },
  { id: sponsorRole, kind: 'key', questions: ['goals', 'audience', 'obstacles'], source: toolkit },
  {
    id: 'agenda-activists',
    kind: 'leadership',
    questions: ['problems', 'pursuits', 'assumptions'],
    source: leadershipGroups,
  },
  {
    id: 'community-keepers',
    kind: 'leadership',
    questions: ['presence', 'voices', 'practice'],
    source: leadershipGroups,
  },
  {
    id: criticalFriendsRole,
    kind: 'leadership',
    questions: ['feedback', 'meetings', 'promises'],
    source: leadershipGroups,
  },
  { id: 'social-reporters', kind: 'leadership', questions: ['moments', 'place', 'privacy'], source: leadershipGroups },
  {
    id: 'external-messengers',
    kind: 'leadership',
    questions: ['audience', 'message', 'review'],
    source: leadershipGroups,
  },
  {
    id: 'value-detectives',
    kind: 'leadership',
    questions: ['audience', 'trials', 'numbers'],
    source: leadershipGroups,
  },
  {
    id: 'organisational-brokers',
    kind: 'leadership',
    questions: ['plans', 'partners', 'recognition'],
    source: leadershipGroups,
  },
];
