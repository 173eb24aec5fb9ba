import type { Community, Member } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { findHolding, type Holding, type HoldingOnBoard, type BoardRole } from '../../../domain/roles/roles.ts';
import { addMonths } from '../../../domain/schedule.ts';
import type { Stored } from '../../lists/list.ts';
import type { AcceptanceRow, RoleRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import { readRoles } from '../../lists/roles.ts';
import type { RolesParts } from './parts.ts';

/** Leadership rotates: a term lasts a year, unless those who coordinate say otherwise. */
const termMonths = 12;

/** The roles of one community as they are now. */
export interface Board {
  readonly today: string;
  /** The last day of a term that begins today. */
  readonly termEnd: string;
  readonly roles: readonly BoardRole[];
  /** Everything that is kept, ended holdings too. */
  readonly holdings: readonly (Holding & { readonly etag: string })[];
  /** Who was accepted into which role, as our database has it. */
  readonly acceptances: readonly AcceptanceRow[];
  readonly members: readonly Member[];
  /** Rows that were written into SharePoint by hand, and count for nothing yet. */
  readonly byHand: readonly Stored<RoleRow>[];
}

export async function readBoard(
  parts: Pick<RolesParts, 'lists' | 'roster' | 'clock'>,
  community: Community,
): Promise<Board> {
  const today = todayIn(parts, community);
  const { counted: holdings, ...now } = await readRoles(parts, community, today);
  return { today, termEnd: addMonths(today, termMonths), ...now, holdings };
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
