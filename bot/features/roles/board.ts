import type { Community } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import {
  findHolding,
  rolesBoard,
  type Holding,
  type HoldingOnBoard,
  type BoardRole,
} from '../../../domain/roles/roles.ts';
import { addMonths } from '../../../domain/schedule.ts';
import { readHoldings } from '../../lists/holdings.ts';
import { whenThere, type Stored } from '../../lists/list.ts';
import type { RoleRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import type { RolesParts } from './parts.ts';

/** Leadership rotates: a term lasts a year, unless somebody says otherwise. */
const termMonths = 12;

/** The roles of one community as they are now. */
export interface Board {
  readonly today: string;
  /** The last day of a term that begins today. */
  readonly termEnd: string;
  readonly roles: readonly BoardRole[];
  /** Everything that is kept, ended holdings too. */
  readonly holdings: readonly Holding[];
  /** What was written into SharePoint by hand, and counts for nothing yet. */
  readonly byHand: readonly Stored<RoleRow>[];
}

/** A community whose lists are older than its roles has every role vacant. */
export async function readBoard(
  { lists, roster, clock }: Pick<RolesParts, 'lists' | 'roster' | 'clock'>,
  community: Community,
): Promise<Board> {
  const { ownRoles } = lists.of(community.id);
  const today = todayIn({ clock }, community);
  const [{ counted: holdings, byHand }, own, members] = await Promise.all([
    readHoldings(lists, community.id),
    whenThere(() => ownRoles.all()),
    roster.members(community.id),
  ]);
  return {
    today,
    termEnd: addMonths(today, termMonths),
    holdings,
    byHand,
    roles: rolesBoard({
      holdings,
      own: own.map(({ value, etag }) => ({ ...value, etag })),
      coordinators: community.settings?.coordinators ?? [],
      members: new Set(members.map(({ id }) => id)),
      today,
      soon: addMonths(today, 1),
    }),
  };
}

/** The last day after one more term: counted from the last one, or from today where that is past. */
export function nextTermEnd(until: string, today: string): string {
  return addMonths(until < today ? today : until, termMonths);
}

export function roleOf({ roles }: Board, id: string): BoardRole {
  const role = roles.find(one => one.id === id);
  if (role) return role;
  throw new CommunityError('not-found', `there is no role ${id} in this community: it may have been removed`);
}

export function holdingOf(board: Board, role: string, person: string): HoldingOnBoard | undefined {
  return findHolding(roleOf(board, role), person);
}
