import { sql, type Transaction } from 'kysely';
import type { Community } from '../../domain/community.ts';
import { keptAcceptances } from '../database/acceptances.ts';
import { communityFromRow } from '../database/communities.ts';
import type { Tables } from '../database/tables.ts';

/** A run of a job in a community, at the moment it fell due: an ISO instant. */
export interface DueRun {
  readonly community: string;
  readonly job: string;
  readonly due: string;
  /** The first of the moments that this one run stands for; absent where there is but one. */
  readonly since?: string;
}

export interface DueRow {
  readonly run: DueRun;
  readonly community: Community;
  /** The app was removed from the team, or the team is archived. */
  readonly isOver: boolean;
}

/** Rows that are due by now, locked until the transaction ends; what another server has locked is left to it. */
export async function lockDue(transaction: Transaction<Tables>, now: Date, most: number): Promise<readonly DueRow[]> {
  const rows = await transaction
    .selectFrom('due')
    .innerJoin('communities', 'communities.id', 'due.community')
    .select([
      'due.community',
      'due.job',
      'due.due_at',
      'communities.name',
      'communities.settings',
      'communities.installed_by',
      'communities.installed_at',
      'communities.set_up_before',
      'communities.tab',
      'communities.teams_app',
      'communities.removed_at',
      'communities.archived_at',
    ])
    .select(keptAcceptances().as('acceptances'))
    .where('due.due_at', '<=', now)
    .orderBy('due.due_at')
    .limit(most)
    .forUpdate('due')
    .skipLocked()
    .execute();
  return rows.map(row => ({
    run: { community: row.community, job: row.job, due: row.due_at.toISOString() },
    community: communityFromRow({ ...row, id: row.community }),
    isOver: row.removed_at !== null || row.archived_at !== null,
  }));
}

/** What is due next, for jobs whose moment has come. */
export async function moveDue(
  transaction: Transaction<Tables>,
  moved: readonly (DueRun & { readonly next: Date })[],
): Promise<void> {
  await sql`
    UPDATE due SET due_at = next FROM unnest(${moved.map(one => one.community)}::text[], ${moved.map(one => one.job)}::text[], ${moved.map(one => one.next)}::timestamptz[]) AS moved (community, job, next)
    WHERE due.community = moved.community AND due.job = moved.job`.execute(transaction);
}

/** Nothing more is due of these. */
export async function deleteDue(transaction: Transaction<Tables>, ended: readonly DueRun[]): Promise<void> {
  await sql`
    DELETE FROM due USING unnest(${ended.map(one => one.community)}::text[], ${ended.map(one => one.job)}::text[]) AS ended (community, job)
    WHERE due.community = ended.community AND due.job = ended.job`.execute(transaction);
}
