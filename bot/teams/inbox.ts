import { sql, type Selectable } from 'kysely';
import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Db, InboxTable } from '../database/tables.ts';
import { NotNow, Refused } from './connector-errors.ts';
import { errorText } from '../shared/error-text.ts';

/** What the inbox has to know of an activity; the rest passes through unread. */
export interface Received {
  readonly id?: string | undefined;
  readonly type: string;
  readonly conversation: { readonly id: string };
}

/**
 * Activities from Teams that nobody waits for: each is taken once, and done although the process may end at any moment.
 */
export interface Inbox<Activity extends Received> {
  /** Keeps an activity for good and starts on it at once. False when it was taken before. */
  take(activity: Activity): Promise<boolean>;
  /** Takes up no more and lets what is in flight finish; what does not, is done by whoever starts next. */
  stop(): Promise<void>;
}

export interface InboxParts<Activity> {
  readonly db: Db;
  /** Does what the activity asks. Called again after a failure, so it must be repeatable. */
  readonly run: (activity: Activity) => Promise<void>;
  /** Tells whoever waits for an answer that there will be none. */
  readonly gaveUp: (activity: Activity) => Promise<void>;
  readonly log: Logger;
  /** For how long a worker that says nothing keeps what it took up, in milliseconds. */
  readonly lease?: number;
}

/** How many activities one server does at the same time. */
const parallel = 8;
/** How often to look for what another server left behind, or what is to be tried again, in milliseconds. */
const lookEvery = 1000;
/**
 * A person waits for an answer, so their words are tried for half a minute; what happens in a team for more than an
 * hour.
 */
const triesOf = (type: string): number => (type === 'message' ? 5 : 16);
/** Longest pause between two tries, in seconds. */
const longestPause = 600;
/** Teams may send an activity again; for so long we know that we have it. */
const rememberedFor = '48 hours';
const hour = 3_600_000;

/**
 * One row an activity. The oldest of each conversation is taken up first and blocks the others of its conversation, so
 * that a team is known before its people are, and a rename never overtakes the one before it. The row is the work
 * itself: a queue beside it would add a round trip and know nothing of conversations.
 */
export function startInbox<Activity extends Received>({
  db,
  run,
  gaveUp,
  log,
  lease = 30_000,
}: InboxParts<Activity>): Inbox<Activity> {
  const inFlight = new Set<Promise<void>>();
  let stopped = false;
  let looking = false;
  let lookAgain = false;
  let lastLook = Promise.resolve();

  async function take(activity: Activity): Promise<boolean> {
    const added = await db
      .insertInto('inbox')
      .values({
        id: keyOf(activity),
        conversation: activity.conversation.id,
        activity: JSON.stringify(activity),
        next_at: sql<Date>`clock_timestamp()`,
      })
      .onConflict(conflict => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    look();
    return added !== undefined;
  }

  /** Takes up what there is room for, now and once more if somebody asks meanwhile. */
  function look(): void {
    lookAgain = true;
    if (!looking) lastLook = lookUntilDone();
  }

  /** Never throws: whoever could not look now looks again in a second. */
  async function lookUntilDone(): Promise<void> {
    looking = true;
    try {
      while (lookAgain && !stopped) {
        lookAgain = false;
        const room = parallel - inFlight.size;
        if (room === 0) continue;
        const rows = await takeUp(room);
        // It was told to stop while the database answered: another server may have them at once.
        if (stopped) await giveBack(rows.map(({ id }) => id));
        else rows.forEach(start);
      }
    } catch (error) {
      log.warn({ error: errorText(error) }, 'the inbox could not be read');
    } finally {
      looking = false;
    }
  }

  async function takeUp(most: number): Promise<readonly Selectable<InboxTable>[]> {
    const { rows } = await sql<Selectable<InboxTable>>`
      UPDATE inbox SET next_at = clock_timestamp() + ${lease} * interval '1 millisecond', attempts = attempts + 1
      WHERE id IN (
        SELECT id FROM inbox AS mine
        WHERE next_at <= clock_timestamp()
          AND NOT EXISTS (SELECT FROM inbox AS earlier WHERE earlier.conversation = mine.conversation AND earlier.next_at IS NOT NULL AND earlier.position < mine.position)
        ORDER BY position LIMIT ${most} FOR UPDATE SKIP LOCKED
      )
      RETURNING *`.execute(db);
    return rows;
  }

  async function giveBack(ids: readonly string[]): Promise<void> {
    if (ids.length > 0)
      await db
        .updateTable('inbox')
        .set({ next_at: sql<Date>`clock_timestamp()`, attempts: sql<number>`attempts - 1` })
        .where('id', 'in', ids)
        .execute();
  }

  function start(row: Selectable<InboxTable>): void {
    const work = doIt(row).finally(() => {
      inFlight.delete(work);
      look();
    });
    inFlight.add(work);
  }

  async function doIt({ id, activity: kept, attempts }: Selectable<InboxTable>): Promise<void> {
    const activity = JSON.parse(kept ?? '') as Activity;
    const ids = { activity: activity.id, type: activity.type, conversation: activity.conversation.id, attempts };
    const renewal = setInterval(() => {
      sql`UPDATE inbox SET next_at = clock_timestamp() + ${lease} * interval '1 millisecond' WHERE id = ${id} AND next_at IS NOT NULL`
        .execute(db)
        .catch(() => {});
    }, lease / 3);
    try {
      await run(activity);
      await eventually(() => done(id));
    } catch (error) {
      const next = afterFailedTurn(error, activity.type, attempts);
      log[next === 'tell' ? 'error' : 'warn'](
        { ...ids, next, error: errorText(error), stack: error instanceof Error ? error.stack : undefined },
        'a turn failed',
      );
      if (next === 'tell')
        await gaveUp(activity).catch((why: unknown) =>
          log.warn({ ...ids, error: errorText(why) }, 'nobody could be told that a turn failed'),
        );
      await eventually(() => (next === 'again' ? postpone(id, attempts) : done(id))).catch((why: unknown) =>
        log.warn({ ...ids, error: errorText(why) }, 'the inbox could not be written'),
      );
    } finally {
      clearInterval(renewal);
    }
  }

  /** What was said is forgotten; that it came is not. */
  async function done(id: string): Promise<void> {
    await db.updateTable('inbox').set({ activity: null, next_at: null }).where('id', '=', id).execute();
  }

  async function postpone(id: string, attempts: number): Promise<void> {
    const seconds = Math.min(2 ** (attempts - 1), longestPause) * (0.8 + Math.random() * 0.4);
    await sql`UPDATE inbox SET next_at = clock_timestamp() + ${seconds} * interval '1 second' WHERE id = ${id}`.execute(
      db,
    );
  }

  function clean(): void {
    sql`DELETE FROM inbox WHERE next_at IS NULL AND received_at < clock_timestamp() - ${rememberedFor}::interval`
      .execute(db)
      .catch((error: unknown) => log.warn({ error: errorText(error) }, 'the inbox could not be cleaned'));
  }

  const looks = setInterval(look, lookEvery);
  const cleans = setInterval(clean, hour);
  look();
  clean();

  return {
    take,
    async stop() {
      stopped = true;
      clearInterval(looks);
      clearInterval(cleans);
      await lastLook;
      await Promise.all(inFlight);
    },
  };
}

/** A database that restarts is back within seconds; after that the lease runs out, and somebody does it again. */
async function eventually(write: () => Promise<void>): Promise<void> {
  for (let pause = 100; ; pause *= 2) {
    try {
      return await write();
    } catch (error) {
      if (pause > 5000) throw error;
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }
}

/** Activities without an id cannot be told apart, so each is new. */
function keyOf({ id, conversation }: Received): string {
  return createHash('sha256')
    .update(JSON.stringify([conversation.id, id ?? randomUUID()]))
    .digest('base64url');
}

/**
 * What follows a turn that failed. An answer that Teams will not take reaches nobody, and one of which nobody knows
 * whether it arrived is not written again: both are left. Else it is tried again, and at last whoever waits is told.
 */
function afterFailedTurn(error: unknown, type: string, attempts: number): 'again' | 'tell' | 'leave' {
  if (error instanceof Refused || (error instanceof NotNow && error.uncertain)) return 'leave';
  return attempts >= triesOf(type) ? 'tell' : 'again';
}
