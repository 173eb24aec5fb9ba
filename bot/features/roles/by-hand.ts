import type { ByHandDecision, RolesView } from '../../../domain/roles/api.ts';
import { localDay } from '../../../domain/schedule.ts';
import { timeZoneOf, type Community, type Member } from '../../../domain/community.ts';
import { rightsOfRoles } from '../../../domain/permissions.ts';
import { isOutside, type Holder } from '../../../domain/roles/roles.ts';
import { VersionConflict, type Stored } from '../../lists/list.ts';
import type { RoleRow } from '../../lists/model.ts';
import { noteAccepted, noteEnded } from './acceptances.ts';
import type { Board } from './board.ts';
import { listsOf, type By } from './changes.ts';
import type { RolesParts } from './parts.ts';

type LookedAt = NonNullable<RolesView['byHand']>;

/** What waits for a coordinator's look, as the tab shows it. */
export function byHandView({ byHand, members }: Board, community: Pick<Community, 'settings'>): LookedAt {
  return byHand.map(row => lookedAt(row.value, row, members, community));
}

/**
 * Holdings that the product wrote before their roles let people do anything, or whose acceptance was lost on the way.
 * They are shown, and give nothing until somebody who may says so.
 */
export function olderView({ holdings, acceptances, members }: Board, community: Pick<Community, 'settings'>): LookedAt {
  return holdings
    .filter(
      ({ role, person, state }) =>
        state === 'accepted' &&
        Object.hasOwn(rightsOfRoles, role) &&
        members.some(({ id }) => id === person.id) &&
        !acceptances.some(one => one.role === role && one.person.id === person.id),
    )
    .map(({ etag, ...row }) => lookedAt(row, { etag, changedAt: row.changedAt }, members, community));
}

function lookedAt(
  { key, role, person, since, until, state }: Omit<RoleRow, 'changedAt' | 'changedBy' | 'note'>,
  { etag, changedAt }: Pick<Stored<RoleRow>, 'etag' | 'changedAt'>,
  members: readonly Member[],
  community: Pick<Community, 'settings'>,
): LookedAt[number] {
  return {
    key,
    etag,
    role,
    person: asKnown(person, members),
    since,
    until,
    ended: state === 'ended',
    changedOn: changedAt === '' ? null : localDay(new Date(changedAt), timeZoneOf(community)),
  };
}

/** A row by hand may call somebody by another's name: who they are, the team's roster says. */
function asKnown(person: Holder, members: readonly Member[]): Holder {
  const member = members.find(({ id }) => id === person.id);
  return member ? { ...person, name: member.name } : person;
}

/**
 * Confirms rows that were written into SharePoint by hand, or puts them back; confirms holdings that give nothing yet.
 * Only what was looked at: a row that has changed again since then is left, and shown again. May be repeated.
 */
export async function settleByHand(
  parts: RolesParts,
  by: By & { readonly who: Member },
  { decision, rows }: ByHandDecision,
): Promise<void> {
  const { roles } = listsOf(parts, by);
  for (const { key, etag } of rows) {
    const row = await roles.find(key);
    if (row?.etag !== etag) continue;
    try {
      if (decision === 'confirm') await confirm(parts, by, row);
      else if (row.byHand) await roles.putBack(row);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}

async function confirm(parts: RolesParts, by: By, row: Stored<RoleRow>): Promise<void> {
  const { roles, acceptances } = listsOf(parts, by);
  const { role, person, state } = row.value;
  const noting = { ...parts, acceptances };
  if (state === 'ended') await noteEnded(noting, by, { role, person });
  const member = state === 'accepted' ? await parts.roster.member(by.community.id, person.id) : undefined;
  if (member && !isOutside(person))
    await noteAccepted(noting, by, { role, person: { id: member.id, name: member.name, mail: null } });
  if (row.byHand) await roles.confirm(row);
}
