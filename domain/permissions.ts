import { isReady, type Community, type Member, type ReadyCommunity } from './community.ts';
import { CommunityError } from './errors.ts';
import { coordinatorRole } from './roles/method.ts';

/** Every act that needs asking, so that one place says who may. */
export const permissions = [
  'community.read',
  'charter.edit',
  'settings.edit',
  'facilitation.greet',
  'facilitation.tick',
  'facilitation.change',
  'welcome.read',
  'roles.manage',
  'roles.accept',
  'surveys.plan',
  'surveys.results',
  'surveys.answers',
  'events.edit',
  'events.feedback',
  'agenda.edit',
  'library.edit',
  'plan.edit',
  'digest.edit',
  'delivery.read',
  'audit.read',
] as const;
export type Permission = (typeof permissions)[number];

/**
 * What a role lets those do who were accepted into it, besides what every member may. A role that is not here gives no
 * right, only something to do.
 */
export const rightsOfRoles: Readonly<Record<string, readonly Permission[]>> = {
  'member-support': ['welcome.read', 'facilitation.greet'],
  'teams-administrator': ['settings.edit', 'delivery.read'],
  'agenda-activists': ['surveys.plan', 'events.edit', 'agenda.edit'],
  'information-resources': ['library.edit'],
  'community-keepers': ['surveys.results'],
  'critical-friends': ['events.feedback', 'surveys.plan'],
  'core-group': [
    'facilitation.greet',
    'facilitation.tick',
    'roles.accept',
    'events.edit',
    'agenda.edit',
    'library.edit',
  ],
};

/**
 * Ticking the tasks of the week about newcomers, and all the others; changing the week itself: its size, a pause, who
 * does it.
 */
const ofFacilitators: readonly Permission[] = ['facilitation.greet', 'facilitation.tick', 'facilitation.change'];

/**
 * What can be somebody's, and which permission it takes to do the same with what is not one's own; null for none:
 * nobody may.
 */
const ofOthers = {
  action: 'plan.edit',
  'action-comment': 'plan.edit',
  calendar: 'plan.edit',
  comment: 'charter.edit',
  'comment-words': null,
  event: 'events.edit',
  holding: 'roles.manage',
  question: 'agenda.edit',
  resource: 'library.edit',
  'sent-digest': 'digest.edit',
  'sponsor-card': null,
  tick: null,
} as const satisfies Readonly<Record<string, Permission | null>>;
export type Owned = keyof typeof ofOthers;

/**
 * Whether this member may do this in this community. The same answer hides the button and refuses the call.
 * Team owners may do whatever coordinators may. Until a community is set up, who may do that is the administrator's to
 * say. Whom this names, and who was accepted into which role, comes from our database and the roster, never from a list
 * that members can write.
 */
export function can(member: Member, permission: Permission, community: Community): boolean {
  if (permission === 'community.read') return true;
  if (permission === 'settings.edit' && community.settings === null) return maySetUp(member, community);
  if (member.owner || isCoordinator(member, community)) return true;
  if (ofFacilitators.includes(permission) && isFacilitator(member, community)) return true;
  return (community.acceptances ?? []).some(
    ({ role, person }) => person === member.id && rightsOf(role).includes(permission),
  );
}

function rightsOf(role: string): readonly Permission[] {
  return Object.hasOwn(rightsOfRoles, role) ? (rightsOfRoles[role] ?? []) : [];
}

/**
 * Whether this member may accept an offer to take on this role, or decline it. Nobody gives what they do not have:
 * whoever may accept because of a role of their own accepts only into roles that let nobody do more than they may.
 */
export function mayAccept(member: Member, role: string, community: Community): boolean {
  if (can(member, 'roles.manage', community)) return true;
  return (
    role !== coordinatorRole &&
    can(member, 'roles.accept', community) &&
    rightsOf(role).every(right => can(member, right, community))
  );
}

/** Throws `not-allowed` when {@link mayAccept} says no. */
export function mustBeAbleToAccept(member: Member, role: string, community: Community): void {
  if (!mayAccept(member, role, community)) mustBeAble(member, 'roles.manage', community);
}

function maySetUp(member: Member, { installedBy, setUp }: Community): boolean {
  switch (setUp?.by ?? 'members') {
    case 'administrators':
      return setUp?.administrators.includes(member.id) ?? false;
    case 'owners':
      return member.owner;
    case 'members':
      return member.owner || installedBy?.id === member.id;
  }
}

/** Whether this member may, with something that is theirs or, where {@link ofOthers} says so, with what is not. */
export function canWith(member: Member, what: Owned, isTheirs: boolean, community: Community): boolean {
  const permission = ofOthers[what];
  return isTheirs || (permission !== null && can(member, permission, community));
}

/** Throws `not-allowed` when {@link canWith} says no. */
export function mustBeAbleWith(member: Member, what: Owned, isTheirs: boolean, community: Community): void {
  if (canWith(member, what, isTheirs, community)) return;
  throw new CommunityError('not-allowed', `this ${what} in community ${community.id} is somebody else's`, {
    permission: ofOthers[what],
  });
}

/**
 * Throws `not-set-up` while nobody has set the community up, and says who can, in the words of `errors.not-set-up_…`.
 */
export function mustBeReady(member: Member, community: Community): asserts community is ReadyCommunity {
  if (isReady(community)) return;
  const administrators = community.setUp?.by === 'administrators';
  throw new CommunityError('not-set-up', `community ${community.id} has no settings yet`, {
    context: can(member, 'settings.edit', community) ? 'yours' : administrators ? 'administrators' : 'owners',
  });
}

/** Throws `not-allowed` when {@link can} says no. */
export function mustBeAble(member: Member, permission: Permission, community: Community): void {
  if (can(member, permission, community)) return;
  if (permission === 'settings.edit' && community.settings === null && community.setUp?.by === 'administrators') {
    throw new CommunityError(
      'set-up-by-administrator',
      `community ${community.id} is set up by the people in ADMINISTRATORS`,
      { permission },
    );
  }
  throw new CommunityError(
    'not-allowed',
    `${permission} in community ${community.id} is for its coordinators and team owners`,
    { permission, ...whoElse(permission, community) },
  );
}

/** In the words of `errors.not-allowed_…`, where it is not coordinators and team owners whom one could ask. */
function whoElse(permission: Permission, { settings }: Community): { readonly context?: string } {
  if (ofFacilitators.includes(permission)) return { context: 'facilitators' };
  if (permission !== 'settings.edit' && Object.values(rightsOfRoles).some(rights => rights.includes(permission)))
    return { context: 'roles' };
  return permission === 'settings.edit' && settings === null ? { context: 'owners' } : {};
}

export function isCoordinator(person: { readonly id: string }, community: Community): boolean {
  return community.settings?.coordinators.some(coordinator => coordinator.id === person.id) ?? false;
}

function isFacilitator(person: { readonly id: string }, community: Community): boolean {
  return community.settings?.facilitation.facilitators.some(facilitator => facilitator.id === person.id) ?? false;
}
