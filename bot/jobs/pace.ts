import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../data/database.ts';

/**
 * Teams' pace, shared by all servers through the database. Every call to the Bot Connector is a slot on one line of time;
 * whoever wants to call moves the end of the line and gets the slots before it. Slots stand `1000 / perSecond` apart, and
 * one that could not be used in time is thrown away instead of used late, so no second ever holds more calls than Teams
 * allows, however servers stall.
 */
export interface Pace {
  /** Resolves when one more call may leave. */
  turn(): Promise<void>;
  /** A call that answers a person leaves at once, and the others make room for it. */
  answering(): void;
  /** How many milliseconds a turn asked for now would wait at least. */
  ahead(): number;
  /** Teams asked us to wait: nobody's turn comes before. */
  pause(milliseconds: number): Promise<void>;
}

/** Teams allows 50 calls a second per app and tenant (Teams, "Optimize your agent with rate limiting", October 2026). */
export const tenantLimit = { calls: 50, seconds: 1 } as const;

/** A little below the limit: what is left is for answers to people. */
export const tenantPace = 48.5;

/** How long after its moment a slot may still be used: (1 + 0.025) seconds hold at most 49 + 1 slots. */
const lateness = 25;

/** What the reservation itself may take, so that a slot is still ahead when we hear of it. */
const longestLead = 2000;

export interface PaceParts {
  readonly db: Db;
  /** Infinity: as fast as it goes. */
  readonly perSecond?: number;
}

export function createPace({ db, perSecond = tenantPace }: PaceParts): Pace {
  const interval = 1000 / perSecond;
  /** Who waits for a slot; one reservation serves all of them. */
  let waiting: ((slot: number) => void)[] = [];
  let failed: ((error: unknown) => void)[] = [];
  let reserving = false;
  let lead = 0;
  /** Our clock minus the database's. The quickest answer told it best; it is forgotten slowly, because clocks drift. */
  let offset = { milliseconds: 0, doubt: Infinity };
  let freeAt = 0;

  /** Moves the end of the line by this many slots and returns the first of them, in our clock. */
  async function reserve(count: number): Promise<number> {
    const asked = performance.now();
    const { rows } = await sql<{ first: number; now: number }>`
      UPDATE pace SET free_at = greatest(free_at, ${sql.raw(clock)} + ${lead}) + ${count * interval}
      WHERE name = 'tenant' RETURNING free_at - ${count * interval} AS first, ${sql.raw(clock)} AS now`.execute(db);
    const told = performance.now();
    const row = rows[0];
    if (!row) throw new Error('the table pace has no row `tenant`; the migration 004-sending puts it there');

    const took = told - asked;
    if (took <= offset.doubt) offset = { milliseconds: (asked + told) / 2 - row.now, doubt: took };
    else offset.doubt += 1;
    lead = Math.min(longestLead, 0.9 * lead + 0.1 * took);
    freeAt = row.first + offset.milliseconds + count * interval;
    return row.first + offset.milliseconds;
  }

  async function serve(): Promise<void> {
    reserving = true;
    // Whoever asks in the same moment shares the reservation.
    await Promise.resolve();
    while (waiting.length > 0) {
      const [served, refused] = [waiting, failed];
      [waiting, failed] = [[], []];
      try {
        const first = await reserve(served.length);
        served.forEach((serveOne, index) => serveOne(first + index * interval));
      } catch (error) {
        for (const refuse of refused) refuse(error);
      }
    }
    reserving = false;
  }

  function slot(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    waiting.push(resolve);
    failed.push(reject);
    if (!reserving) void serve();
    return promise;
  }

  return {
    async turn() {
      if (interval === 0) return;
      for (;;) {
        const mine = await slot();
        const wait = mine - performance.now();
        if (wait > 0) await sleep(wait);
        const late = performance.now() - mine;
        if (late <= lateness) return;
        // This server stalled, or the database is far away: leave the slot unused, and look further ahead next time.
        lead = Math.min(longestLead, lead + late / 4);
      }
    },
    answering() {
      if (interval === 0) return;
      // Nobody waits for this, and a person's answer does not fail for it.
      reserve(1).catch(() => {});
    },
    ahead: () => Math.max(0, freeAt - performance.now()),
    async pause(milliseconds) {
      await sql`UPDATE pace SET free_at = greatest(free_at, ${sql.raw(clock)} + ${milliseconds}) WHERE name = 'tenant'`.execute(db);
      freeAt = Math.max(freeAt, performance.now() + milliseconds);
    },
  };
}

/** Milliseconds of the database's own clock, the only one that all servers share. */
export const clock = '(extract(epoch FROM clock_timestamp()) * 1000)::float8';

interface Window {
  readonly calls: number;
  readonly milliseconds: number;
}

/** Calls of one bot into one chat or channel (same source). */
export const threadWindows: readonly Window[] = [
  { calls: 7, milliseconds: 1000 },
  { calls: 8, milliseconds: 2000 },
  { calls: 60, milliseconds: 30_000 },
  { calls: 1800, milliseconds: 3_600_000 },
];

/** The first moment at which one more call may go into a thread, given when the earlier ones ended, oldest first. Pure. */
export function threadFreeAt(calls: readonly number[], windows: readonly Window[] = threadWindows): number {
  return windows.reduce((latest, window) => {
    const first = calls.at(-window.calls);
    return first === undefined ? latest : Math.max(latest, first + window.milliseconds);
  }, -Infinity);
}

/** The calls that still count against some window. Pure. */
export function callsThatCount(calls: readonly number[], now: number, windows: readonly Window[] = threadWindows): number[] {
  const longest = Math.max(...windows.map(window => window.milliseconds));
  const most = Math.max(...windows.map(window => window.calls));
  return calls.filter(call => call > now - longest).slice(-most);
}

/** Whether Teams' "too many" can be about this thread: some window is at least half full. If not, it is about the tenant. Pure. */
export function isBusyThread(calls: readonly number[], now: number, windows: readonly Window[] = threadWindows): boolean {
  return windows.some(window => calls.filter(call => call > now - window.milliseconds).length >= window.calls / 2);
}
