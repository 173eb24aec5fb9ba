import type { Community, Member } from './community.ts';
import { CommunityError } from './errors.ts';

/** Every act that needs asking, so that one place says who may. */
export const permissions = [
  'community.read',
  'charter.edit',
  'settings.edit',
  'facilitation.tick',
  'welcome.read',
  'roles.manage',
  'surveys.plan',
  'plan.edit',
  'digest.edit',
  'delivery.read',
  'audit.read',
] as const;
export type Permission = (typeof permissions)[number];

/** Who may set a community up: whoever added the app or a team owner, owners only, or the administrators of the server. */
export const setUpBy = ['members', 'owners', 'administrators'] as const;
export type SetUpBy = (typeof setUpBy)[number];

/** What the administrator chose about setting up. */
export interface SetUp {
  readonly by: SetUpBy;
  /** Entra object ids. */
  readonly administrators: readonly string[];
}

/**
 * Whether this member may do this in this community. The same answer hides the button and refuses the call.
 * Team owners may do whatever coordinators may. Until a community is set up, who may do that is the administrator's to
 * say. Whom this names comes from our database and the roster, never from a list that members can write.
 */
export function can(member: Member, permission: Permission, community: Community): boolean {
  if (permission === 'community.read') return true;
  if (permission === 'settings.edit' && community.settings === null) return maySetUp(member, community);
  if (member.owner || isCoordinator(member, community)) return true;
  if (permission === 'facilitation.tick') return isFacilitator(member, community);
  return false;
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
    { permission },
  );
}

export function isCoordinator(person: { readonly id: string }, community: Community): boolean {
  return community.settings?.coordinators.some(coordinator => coordinator.id === person.id) ?? false;
}

function isFacilitator(person: { readonly id: string }, community: Community): boolean {
  return community.settings?.facilitation.facilitators.some(facilitator => facilitator.id === person.id) ?? false;
}
