import { sql } from 'kysely';
import type { Logger } from 'pino';
import { isReady, type Community } from '../../domain/community.ts';
import { nextAfterChange } from '../../domain/schedule.ts';
import { communityFromRow } from '../database/communities.ts';
import type { Db } from '../database/tables.ts';
import type { Clock, Communities } from '../ports.ts';
import type { Feature, Job } from '../feature.ts';
import type { Queue, Work } from './queue.ts';
import { errorText } from '../shared/error-text.ts';

/**
 * What is due when, in each community's own time. A pure function of the job says the next moment; the row that keeps
 * it is claimed, turned into work and moved on in one transaction, so however many instances look, each occasion
 * happens once.
 */
export interface Calendar {
  /** Works out anew what is due next in this community, because its settings changed. */
  plan(community: Community): Promise<void>;
  /** Hands everything that is due by now to the queue. Returns how many occasions there were. */
  check(): Promise<number>;
}

interface Occasion {
  readonly community: string;
  readonly job: string;
  /** ISO instant. */
  readonly due: string;
}

export interface CalendarParts {
  readonly db: Db;
  readonly queue: Queue;
  readonly now: Clock;
  readonly features: readonly Feature[];
  readonly communities: Communities;
  readonly log: Logger;
}

/** How many due rows one transaction takes, and how many new ones one statement writes. */
const batch = 500;

/** How many jobs one server does side by side: most of their time they wait for SharePoint. */
const parallel = 16;

/** @returns once communities that know nothing of a job yet, because it is new, have it planned. */
export async function startCalendar({ db, queue, now, features, communities, log }: CalendarParts): Promise<Calendar> {
  const jobs = new Map<string, Job>(
    features.flatMap(feature => (feature.jobs ?? []).map(job => [job.name, job] as const)),
  );

  async function plan(community: Community): Promise<void> {
    for (const [name, job] of jobs) {
      const moment = now();
      const pending = await db
        .selectFrom('due')
        .select('due_at')
        .where('community', '=', community.id)
        .where('job', '=', name)
        .executeTakeFirst();
      const next = nextAfterChange(after => nextOf(job, community, after), pending?.due_at ?? null, moment);
      if (next === null) {
        await db.deleteFrom('due').where('community', '=', community.id).where('job', '=', name).execute();
        continue;
      }
      await db
        .insertInto('due')
        .values({ community: community.id, job: name, due_at: next })
        .onConflict(conflict => conflict.columns(['community', 'job']).doUpdateSet({ due_at: next }))
        .execute();
    }
  }

  async function planMissing(): Promise<void> {
    for (const [name, job] of jobs) {
      const without = await db
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
                .where('due.job', '=', name),
            ),
          ),
        )
        // Servers that start together write in the same order, so none waits for another in a circle.
        .orderBy('id')
        .execute();
      const moment = now();
      const missing = without.flatMap(row => {
        const next = nextOf(job, communityFromRow(row), moment);
        return next ? [{ community: row.id, job: name, due_at: next }] : [];
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

  async function checkBatch(): Promise<number> {
    const moment = now();
    const found = await db.transaction().execute(async transaction => {
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
          'communities.removed_at',
          'communities.archived_at',
        ])
        .where('due.due_at', '<=', moment)
        .orderBy('due.due_at')
        .limit(batch)
        .forUpdate('due')
        .skipLocked()
        .execute();
      const works: Work[] = [];
      const ended: typeof rows = [];
      const moved: (Occasion & { readonly next: Date })[] = [];
      for (const row of rows) {
        const community = communityFromRow({ ...row, id: row.community });
        const job = jobs.get(row.job);
        const over = row.removed_at !== null || row.archived_at !== null;
        const occasion: Occasion = { community: row.community, job: row.job, due: row.due_at.toISOString() };
        // One occasion for however many were missed: the job itself says what is too late.
        const next = over || !job ? null : nextOf(job, community, moment);
        if (job && !over) works.push({ key: keyOf(occasion), data: occasion, urgent: job.urgent ?? false });
        if (next) moved.push({ ...occasion, next });
        else ended.push(row);
      }
      await queue.add(transaction, 'occasion', works);
      await sql`
        UPDATE due SET due_at = next FROM unnest(${moved.map(one => one.community)}::text[], ${moved.map(one => one.job)}::text[], ${moved.map(one => one.next)}::timestamptz[]) AS moved (community, job, next)
        WHERE due.community = moved.community AND due.job = moved.job`.execute(transaction);
      await sql`
        DELETE FROM due USING unnest(${ended.map(one => one.community)}::text[], ${ended.map(one => one.job)}::text[]) AS ended (community, job)
        WHERE due.community = ended.community AND due.job = ended.job`.execute(transaction);
      return rows.length;
    });
    if (found > 0) queue.wake('occasion');
    return found;
  }

  async function check(): Promise<number> {
    let total = 0;
    for (;;) {
      const found = await checkBatch();
      total += found;
      if (found < batch) return total;
    }
  }

  await queue.work<Occasion>('occasion', parallel, async data => {
    const job = jobs.get(data.job);
    const community = await communities.find(data.community);
    if (!job || !community || !isReady(community)) return;
    try {
      await job.run({ community, due: new Date(data.due), now: now() });
    } catch (error) {
      log.warn(
        {
          community: data.community,
          job: data.job,
          due: data.due,
          error: errorText(error),
        },
        'a scheduled job failed',
      );
      throw error;
    }
  });
  await planMissing();
  await queue.everyMinute(async () => void (await check()));

  return { plan, check };
}

/** The first moment after this one; none where the community is not set up. */
function nextOf(job: Job, community: Community, after: Date): Date | null {
  return isReady(community) ? job.next(community, after) : null;
}

function keyOf({ community, job, due }: Occasion): string {
  return `${community} ${job} ${due}`;
}
