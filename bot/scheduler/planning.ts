import type { Logger } from 'pino';
import { isReady, type Community } from '../../domain/community.ts';
import { nextAfterChange } from '../../domain/schedule.ts';
import { communityFromRow } from '../database/communities.ts';
import type { Db } from '../database/tables.ts';
import type { Job } from '../feature.ts';
import { errorText } from '../shared/error-text.ts';

/** How many new rows one statement writes. */
const batch = 500;

export const nextUnknown = 'when a job is due next in a community could not be told; the others go on';

/** The first moment after this one; none where the community is not set up. */
export function nextDue(job: Job, community: Community, after: Date): Date | null {
  return isReady(community) ? job.next(community, after) : null;
}

/** Works out anew what is due next in a community. */
export async function planCommunity(
  db: Db,
  jobs: ReadonlyMap<string, Job>,
  community: Community,
  now: () => Date,
): Promise<void> {
  const failures: unknown[] = [];
  for (const [name, job] of jobs)
    await planJob(db, { name, job }, community, now).catch((error: unknown) => failures.push(error));
  // The other jobs are planned all the same; whoever changed the settings hears of it.
  if (failures.length > 0) throw failures[0];
}

async function planJob(
  db: Db,
  { name, job }: { readonly name: string; readonly job: Job },
  community: Community,
  now: () => Date,
): Promise<void> {
  const moment = now();
  const pending = await db
    .selectFrom('due')
    .select('due_at')
    .where('community', '=', community.id)
    .where('job', '=', name)
    .executeTakeFirst();
  const next = nextAfterChange(after => nextDue(job, community, after), pending?.due_at ?? null, moment);
  if (next === null) {
    await db.deleteFrom('due').where('community', '=', community.id).where('job', '=', name).execute();
    return;
  }
  await db
    .insertInto('due')
    .values({ community: community.id, job: name, due_at: next })
    .onConflict(conflict => conflict.columns(['community', 'job']).doUpdateSet({ due_at: next }))
    .execute();
}

/** Plans a job in the communities that know nothing of it yet, because it is new. */
export async function planNewJobs(
  db: Db,
  jobs: ReadonlyMap<string, Job>,
  now: () => Date,
  log: Pick<Logger, 'error'>,
): Promise<void> {
  function firstDue(name: string, job: Job, community: Community, moment: Date): Date | null {
    try {
      return nextDue(job, community, moment);
    } catch (error) {
      log.error({ community: community.id, job: name, error: errorText(error) }, nextUnknown);
      return null;
    }
  }

  for (const [name, job] of jobs) {
    const communities = await communitiesWithout(db, name);
    const moment = now();
    const missing = communities.flatMap(community => {
      const next = firstDue(name, job, community, moment);
      return next ? [{ community: community.id, job: name, due_at: next }] : [];
    });
    for (let start = 0; start < missing.length; start += batch) {
      await db
        .insertInto('due')
        .values(missing.slice(start, start + batch))
        .onConflict(conflict => conflict.doNothing())
        .execute();
    }
  }
}

async function communitiesWithout(db: Db, job: string): Promise<readonly Community[]> {
  const rows = await db
    .selectFrom('communities')
    .selectAll()
    .where('removed_at', 'is', null)
    .where('archived_at', 'is', null)
    .where('settings', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('due')
            .select('due.job')
            .whereRef('due.community', '=', 'communities.id')
            .where('due.job', '=', job),
        ),
      ),
    )
    // Servers that start together write in the same order, so none waits for another in a circle.
    .orderBy('id')
    .execute();
  return rows.map(communityFromRow);
}
