import type { Community, Member } from '../../domain/community.ts';
import { rolesBoard, type BoardRole } from '../../domain/roles/roles.ts';
import { addMonths } from '../../domain/schedule.ts';
import { readHoldings, type Holdings } from './holdings.ts';
import { whenThere } from './list.ts';
import type { Lists } from './model.ts';
import type { Roster } from '../ports.ts';

/** The roles of one community with those who hold them, and what both are made from. */
export interface RolesNow extends Holdings {
  readonly roles: readonly BoardRole[];
  readonly members: readonly Member[];
}

/** A community whose lists are older than its roles has every role vacant. */
export async function readRoles(
  { lists, roster }: { readonly lists: Lists; readonly roster: Roster },
  community: Pick<Community, 'id' | 'settings'>,
  today: string,
): Promise<RolesNow> {
  const [holdings, own, members] = await Promise.all([
    readHoldings(lists, community.id),
    whenThere(() => lists.of(community.id).ownRoles.all()),
    roster.members(community.id),
  ]);
  const roles = rolesBoard({
    holdings: holdings.counted,
    own: own.map(({ value, etag }) => ({ ...value, etag })),
    coordinators: community.settings?.coordinators ?? [],
    members: new Set(members.map(({ id }) => id)),
    today,
    soon: addMonths(today, 1),
  });
  return { ...holdings, roles, members };
}
