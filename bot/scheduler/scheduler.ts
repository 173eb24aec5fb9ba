import type { Logger } from 'pino';
import { isReady, type Community } from '../../domain/community.ts';
import type { Db } from '../database/tables.ts';
import type { Feature, Job } from '../feature.ts';
import type { Clock, Communities } from '../ports.ts';
import { deleteDue, lockDue, moveDue, type DueRow, type DueRun } from './due-runs.ts';
import { nextDue, nextUnknown, planCommunity, planNewJobs } from './planning.ts';
import { runQueue, type Queue, type Work } from './queue.ts';
import { errorText } from '../shared/error-text.ts';

/**
 * What is due when, in each community's own time. A pure function of the job says the next moment; the row that keeps
 * it is claimed, turned into work and moved on in one transaction, so however many servers look, each run happens once.
 */
export interface Scheduler {
  /** Works out anew what is due next in this community, because its settings changed. */
  plan(community: Community): Promise<void>;
  /** Hands everything that is due by now to the queue. Returns how many runs there were. */
  check(): Promise<number>;
}

export interface SchedulerParts {
  readonly db: Db;
  readonly queue: Queue;
  readonly now: Clock;
  readonly features: readonly Feature[];
  readonly communities: Pick<Communities, 'find'>;
  readonly log: Logger;
}

type Jobs = ReadonlyMap<string, Job>;

/** How many due rows one transaction claims. */
const batch = 500;

/** How many jobs one server does side by side: most of their time they wait for SharePoint. */
const parallel = 16;

/** @returns once communities that know nothing of a job yet, because it is new, have it planned. */
export async function startScheduler(parts: SchedulerParts): Promise<Scheduler> {
  const { db, queue, now, features, log } = parts;
  const jobs: Jobs = new Map(features.flatMap(feature => (feature.jobs ?? []).map(job => [job.name, job] as const)));

  async function checkBatch(): Promise<number> {
    const moment = now();
    const found = await db.transaction().execute(async transaction => {
      const rows = await lockDue(transaction, moment, batch);
      const { works, moved, ended } = decide(rows, jobs, moment, log);
      await queue.add(transaction, runQueue, works);
      await moveDue(transaction, moved);
      await deleteDue(transaction, ended);
      return rows.length;
    });
    if (found > 0) queue.wake(runQueue);
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

  await queue.work<DueRun>(runQueue, parallel, run => runJob(parts, jobs, run));
  await planNewJobs(db, jobs, now, log);
  await queue.everyMinute(async () => void (await check()));

  return { plan: community => planCommunity(db, jobs, community, now), check };
}

interface Decided {
  readonly works: readonly Work[];
  readonly moved: readonly (DueRun & { readonly next: Date })[];
  readonly ended: readonly DueRun[];
}

/** When a job is looked at again whose next moment cannot be told, in milliseconds. */
const lookAgainAfter = 3_600_000;

/**
 * What becomes of rows that are due: work for the queue, and the next moment, or an end. A community whose next moment
 * cannot be told keeps no other from theirs.
 */
export function decide(rows: readonly DueRow[], jobs: Jobs, now: Date, log: Pick<Logger, 'error'>): Decided {
  function next(job: Job, { run, community }: DueRow): Date | null {
    try {
      return nextDue(job, community, now);
    } catch (error) {
      log.error({ ...run, error: errorText(error) }, nextUnknown);
      return new Date(now.getTime() + lookAgainAfter);
    }
  }

  const works: Work[] = [];
  const moved: (DueRun & { readonly next: Date })[] = [];
  const ended: DueRun[] = [];
  for (const row of rows) {
    const { run } = row;
    const job = row.isOver ? undefined : jobs.get(run.job);
    const moment = job ? next(job, row) : null;
    // One run for however many were missed, at the newest: the job itself says what is too late.
    if (job) works.push({ key: keyOf(run), data: newestOf(run, job, row.community, now), urgent: job.urgent ?? false });
    if (moment) moved.push({ ...run, next: moment });
    else ended.push(run);
  }
  return { works, moved, ended };
}

async function runJob({ communities, now, log }: SchedulerParts, jobs: Jobs, run: DueRun): Promise<void> {
  const job = jobs.get(run.job);
  const community = await communities.find(run.community);
  if (!job || !community || !isReady(community)) return;
  try {
    await job.run({ community, due: new Date(run.due), since: new Date(run.since ?? run.due), now: now() });
  } catch (error) {
    log.warn(
      {
        community: run.community,
        job: run.job,
        due: run.due,
        error: errorText(error),
      },
      'a scheduled job failed',
    );
    throw error;
  }
}

/**
 * The run at the newest moment that has come, when later ones than this have: a server that was down over several weeks
 * does what belongs to this one. A job whose next moment cannot be told stays at the one that is known.
 */
function newestOf(run: DueRun, job: Job, community: Community, now: Date): DueRun {
  try {
    let newest = new Date(run.due);
    for (let next = nextDue(job, community, newest); next !== null && next <= now; next = nextDue(job, community, next))
      newest = next;
    const due = newest.toISOString();
    return due === run.due ? run : { ...run, due, since: run.due };
  } catch {
    return run;
  }
}

function keyOf({ community, job, due }: DueRun): string {
  return `${community} ${job} ${due}`;
}
