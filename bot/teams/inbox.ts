import type { Logger } from 'pino';
import type { Db } from '../database/tables.ts';
import { PermanentError, RetryableError } from '../messages/delivery-errors.ts';
import {
  claimRows,
  deleteOld,
  dueAnew,
  finish,
  giveBack,
  insertActivity,
  insertUnread,
  postpone,
  renewLease,
  setAside,
  type InboxRow,
  type Received,
} from './inbox-rows.ts';
import { errorText } from '../shared/error-text.ts';

/**
 * Activities from Teams that wait for no answer in the request: each is kept once, and handled although the process may
 * end at any moment.
 */
export interface Inbox<Activity extends Received> {
  /** Keeps an activity for good and starts on it at once. False when it was kept before. */
  add(activity: Activity): Promise<boolean>;
  /**
   * Keeps what Teams sent and we could not read, so that it is not lost: it is read anew whenever a server starts. False
   * when it was kept before.
   */
  addUnread(unread: object): Promise<boolean>;
  /** Claims no more and lets what is in flight finish; what does not, the next server does that looks. */
  stop(): Promise<void>;
}

export interface InboxParts<Activity> {
  readonly db: Db;
  /** What was kept, perhaps by an earlier version, as an activity; undefined when it is none. */
  readonly read: (kept: unknown) => Activity | undefined;
  /** Does what the activity asks. Called again after a failure, so it must be repeatable. */
  readonly run: (activity: Activity) => Promise<unknown>;
  /** Tells the person who waits for an answer that there will be none. */
  readonly gaveUp: (activity: Activity) => Promise<unknown>;
  readonly log: Logger;
  /** For how long a server that does not renew it keeps its claim, in milliseconds. */
  readonly lease?: number;
}

/** How many activities one server handles at the same time. */
const parallel = 8;
/** How often to look for what another server left behind, or what is to be tried again, in milliseconds. */
const lookEvery = 1000;
/** Longest pause between two tries, in seconds. */
const longestPause = 600;
const hour = 3_600_000;

/**
 * One row an activity. The oldest of each conversation is claimed first and blocks the others of its conversation, so
 * that a team is known before its people are, and a rename never overtakes the one before it. The row is the work
 * itself: pg-boss keeps the order too, but not that something came once what it said is erased, and takes longer.
 */
export function startInbox<Activity extends Received>(parts: InboxParts<Activity>): Inbox<Activity> {
  const { db, log, lease = 30_000 } = parts;
  const inFlight = new Set<Promise<void>>();
  let stopped = false;
  let looking = false;
  let lookAgain = false;
  let lastLook = Promise.resolve();

  function start(row: InboxRow): void {
    const work = handle({ ...parts, lease }, row).finally(() => {
      inFlight.delete(work);
      look();
    });
    inFlight.add(work);
  }

  /** Never throws: a look that failed is repeated in a second. */
  async function lookUntilDone(): Promise<void> {
    looking = true;
    try {
      while (lookAgain && !stopped) {
        lookAgain = false;
        const room = parallel - inFlight.size;
        if (room === 0) continue;
        const rows = await claimRows(db, room, lease);
        const ids = rows.map(({ id }) => id);
        // It was told to stop while the database answered: another server may have them at once.
        if (stopped) await giveBack(db, ids);
        else rows.forEach(start);
      }
    } catch (error) {
      log.warn({ error: errorText(error) }, 'the inbox could not be read');
    } finally {
      looking = false;
    }
  }

  /** Claims what there is room for, now and once more if there is another call meanwhile. */
  function look(): void {
    lookAgain = true;
    if (!looking) lastLook = lookUntilDone();
  }

  function clean(): void {
    deleteOld(db).catch((error: unknown) => log.warn({ error: errorText(error) }, 'the inbox could not be cleaned'));
  }

  async function add(activity: Activity): Promise<boolean> {
    const isNew = await insertActivity(db, activity);
    look();
    return isNew;
  }

  dueAnew(db)
    .then(look)
    .catch((error: unknown) => log.warn({ error: errorText(error) }, 'what could not be read was not read anew'));
  const looks = setInterval(look, lookEvery);
  const cleans = setInterval(clean, hour);
  look();
  clean();

  async function stop(): Promise<void> {
    stopped = true;
    clearInterval(looks);
    clearInterval(cleans);
    await lastLook;
    await Promise.all(inFlight);
  }
  return { add, addUnread: unread => addUnread(db, unread), stop };
}

function addUnread(db: Db, unread: object): Promise<boolean> {
  const { conversation } = unread as { readonly conversation?: { readonly id?: unknown } };
  const id = conversation?.id;
  return insertUnread(db, { json: JSON.stringify(unread), conversation: typeof id === 'string' ? id : '' });
}

/** Never fails: what cannot be written down, another server does again when the lease is over. */
async function handle<Activity extends Received>(
  parts: InboxParts<Activity> & { readonly lease: number },
  row: InboxRow,
): Promise<void> {
  const { db, read, run, lease, log } = parts;
  const activity = read(JSON.parse(row.activity ?? ''));
  if (!activity) {
    log.warn({ activity: row.id }, 'an activity that was kept cannot be read; it waits for the next start');
    return eventually(() => setAside(db, row.id)).catch((why: unknown) =>
      log.warn({ activity: row.id, error: errorText(why) }, 'the inbox could not be written'),
    );
  }
  const renewal = setInterval(() => {
    // There are two more before the lease is over; without any, another server does the activity once more.
    renewLease(db, row.id, lease).catch((error: unknown) =>
      log.warn({ activity: row.id, error: errorText(error) }, 'the lease of an activity was not renewed'),
    );
  }, lease / 3);
  try {
    await run(activity);
    await eventually(() => finish(db, row.id));
  } catch (error) {
    await afterError(parts, row, activity, error);
  } finally {
    clearInterval(renewal);
  }
}

async function afterError<Activity extends Received>(
  { db, gaveUp, log }: InboxParts<Activity>,
  { id, attempts }: InboxRow,
  activity: Activity,
  error: unknown,
): Promise<void> {
  const ids = { activity: activity.id, type: activity.type, conversation: activity.conversation.id, attempts };
  const next = afterFailure(error, activity.type, attempts);
  log[next === 'tell' ? 'error' : 'warn'](
    { ...ids, next, error: errorText(error), stack: error instanceof Error ? error.stack : undefined },
    'a turn failed',
  );
  if (next === 'tell')
    await gaveUp(activity).catch((why: unknown) =>
      log.warn({ ...ids, error: errorText(why) }, 'the person could not be told that a turn failed'),
    );
  await eventually(() =>
    next === 'again' ? postpone(db, id, pauseAfter(attempts, Math.random)) : finish(db, id),
  ).catch((why: unknown) => log.warn({ ...ids, error: errorText(why) }, 'the inbox could not be written'));
}

/** A database that restarts is back within seconds; after that the lease runs out, and another server does it again. */
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

/**
 * A person waits for an answer, so their words are tried for half a minute; what happens in a team for more than an
 * hour.
 */
function mostAttempts(type: string): number {
  return type === 'message' ? 5 : 16;
}

/**
 * What follows a turn that failed. An answer that Teams will not take reaches no person, and one that may have arrived
 * is not written again: both are dropped. Else it is tried again, and at last the person who waits is told.
 */
function afterFailure(error: unknown, type: string, attempts: number): 'again' | 'tell' | 'drop' {
  if (error instanceof PermanentError || (error instanceof RetryableError && error.uncertain)) return 'drop';
  return attempts >= mostAttempts(type) ? 'tell' : 'again';
}

/** Seconds until the next attempt: doubled each time, and uneven, so that what failed together does not come together. */
function pauseAfter(attempts: number, random: () => number): number {
  return Math.min(2 ** (attempts - 1), longestPause) * (0.8 + random() * 0.4);
}
