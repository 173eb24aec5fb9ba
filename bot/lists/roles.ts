import type { Community, Member } from '../../domain/community.ts';
import { rolesBoard, type BoardRole } from '../../domain/roles/roles.ts';
import { addMonths } from '../../domain/schedule.ts';
import { readHoldings, type Holdings } from './holdings.ts';
import { whenThere } from './list.ts';
import type { AcceptanceRow, Lists } from './model.ts';
import type { Roster } from '../ports.ts';

/** The roles of one community with those who hold them, and what both are made from. */
export interface RolesNow extends Holdings {
  readonly roles: readonly BoardRole[];
  readonly members: readonly Member[];
  /** Who was accepted into which role, as our database has it. */
  readonly acceptances: readonly AcceptanceRow[];
}

/** A community whose lists are older than its roles has every role vacant. */
export async function readRoles(
  { lists, roster }: { readonly lists: Lists; readonly roster: Roster },
  community: Pick<Community, 'id' | 'settings'>,
  today: string,
): Promise<RolesNow> {
  const [holdings, accepted, own, members] = await Promise.all([
    readHoldings(lists, community.id),
    lists.of(community.id).acceptances.all(),
    whenThere(() => lists.of(community.id).ownRoles.all()),
    roster.members(community.id),
  ]);
  const acceptances = accepted.map(({ value }) => value).filter(({ held }) => held);
  const roles = rolesBoard({
    holdings: holdings.counted,
    own: own.map(({ value, etag }) => ({ ...value, etag })),
    coordinators: community.settings?.coordinators ?? [],
    acceptances,
    members: new Set(members.map(({ id }) => id)),
    today,
    soon: addMonths(today, 1),
  });
  return { ...holdings, acceptances, roles, members };
}
