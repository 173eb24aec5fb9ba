import type { ByHandDecision, RolesView } from '../../../domain/roles/api.ts';
import { localDay } from '../../../domain/schedule.ts';
import { timeZoneOf, type Community, type Member } from '../../../domain/community.ts';
import { VersionConflict } from '../../lists/list.ts';
import type { Board } from './board.ts';
import { listsOf, type By } from './changes.ts';
import type { RolesParts } from './parts.ts';

/** What waits for a coordinator's look, as the tab shows it. */
export function byHandView(
  { byHand }: Board,
  community: Pick<Community, 'settings'>,
): NonNullable<RolesView['byHand']> {
  return byHand.map(({ etag, changedAt, value: { key, role, person, since, until, state } }) => ({
    key,
    etag,
    role,
    person,
    since,
    until,
    ended: state === 'ended',
    changedOn: changedAt === '' ? null : localDay(new Date(changedAt), timeZoneOf(community)),
  }));
}

/**
 * Confirms rows that were written into SharePoint by hand, or puts them back. Only what was looked at: a row that has
 * changed again since then is left, and shown again. May be repeated.
 */
export async function settleByHand(
  parts: RolesParts,
  by: By & { readonly who: Member },
  { decision, rows }: ByHandDecision,
): Promise<void> {
  const { roles } = listsOf(parts, by);
  for (const { key, etag } of rows) {
    const row = await roles.find(key);
    if (!row?.byHand || row.etag !== etag) continue;
    try {
      await (decision === 'confirm' ? roles.confirm(row) : roles.putBack(row));
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
