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
] as const;
export type Permission = (typeof permissions)[number];

/**
 * Whether this member may do this in this community. The same answer hides the button and refuses the call.
 * Team owners may do whatever coordinators may; the person who added the app may set it up, until that was ever done.
 * Whom this names comes from our database and the roster, never from a list that members can write.
 */
export function can(member: Member, permission: Permission, community: Community): boolean {
  if (permission === 'community.read') return true;
  if (member.owner || isCoordinator(member, community)) return true;
  if (permission === 'facilitation.tick') return isFacilitator(member, community);
  if (permission === 'settings.edit') return community.settings === null && !community.setUpBefore && community.installedBy?.id === member.id;
  return false;
}

/** Throws `not-allowed` when {@link can} says no. */
export function mustBeAble(member: Member, permission: Permission, community: Community): void {
  if (can(member, permission, community)) return;
  throw new CommunityError('not-allowed', `${permission} in community ${community.id} is for its coordinators and team owners`, { permission });
}

export function isCoordinator(person: { readonly id: string }, community: Community): boolean {
  return community.settings?.coordinators.some(coordinator => coordinator.id === person.id) ?? false;
}

function isFacilitator(person: { readonly id: string }, community: Community): boolean {
  return community.settings?.facilitation.facilitators.some(facilitator => facilitator.id === person.id) ?? false;
}
