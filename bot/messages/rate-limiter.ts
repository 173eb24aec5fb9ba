import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../database/tables.ts';
import { createBatch } from '../shared/batch.ts';

/**
 * Teams' pace, shared by all servers through the database. Every call to the Bot Connector is a slot on one line of
 * time; whoever wants to call moves the end of the line and gets the slots before it. Slots stand `1000 / perSecond`
 * apart, and one that could not be used in time is thrown away instead of used late, so no second ever holds more calls
 * than Teams allows, however servers stall. What the line between us and Teams bunches up we cannot see; when Teams
 * says "too many", slots stand further apart for some minutes.
 */
export interface Pace {
  /**
   * Resolves when one more call may leave. `ready` is awaited once before, as late as can be; when it fails, so does
   * this.
   */
  turn(ready?: () => Promise<void>): Promise<void>;
  /** A call that answers a person leaves at once, and the others make room for it. */
  answering(): void;
  /** How many milliseconds a turn would wait at least, if so many more were asked for before it. */
  ahead(more?: number): number;
  /** Teams said "too many": nobody's turn comes before this is over, and everybody goes a little slower for a while. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * Teams allows 50 calls a second per app and tenant (Teams, "Optimize your agent with rate limiting", October 2026).
 */
export const tenantLimit = { calls: 50, seconds: 1 } as const;

/** A little below the limit: what is left is for answers to people, and for what the line to Teams bunches up. */
export const tenantPace = 48.4;

/** How long after its moment a slot may still be used, in milliseconds: 1.012 seconds hold at most 49 slots. */
const lateness = 12;

/**
 * By what share slots move apart when Teams says "too many", and in how many milliseconds two thirds of that are
 * forgotten.
 */
const slowing = 0.01;
const forgetting = 5 * 60_000;

/** How often the clocks are compared before the first slot. */
const comparisons = 5;

/** What the reservation itself may take, so that a slot is still ahead when we hear of it. */
const longestLead = 200;

export interface PaceParts {
  readonly db: Db;
  /** Infinity: as fast as it goes. */
  readonly perSecond?: number;
}

export function createPace({ db, perSecond = tenantPace }: PaceParts): Pace {
  const interval = 1000 / perSecond;
  /** How many have asked and not been given a slot yet. */
  let asking = 0;
  let lead = 0;
  /** What getting ready takes; it begins so long before the slot. */
  let near = 0;
  /** Our clock minus the database's. The quickest answer told it best; it is forgotten slowly, because clocks drift. */
  let offset = { milliseconds: 0, doubt: Infinity };
  let freeAt = 0;
  /** Our own calls stand apart as well: what piled up behind a stall does not leave in a heap. */
  let line = -Infinity;
  let piled = 0;

  /** Compares the clocks, given when we asked the database for its own. Returns how long the answer took. */
  function compare(asked: number, theirs: number): number {
    const told = performance.now();
    const took = told - asked;
    if (took <= offset.doubt) offset = { milliseconds: (asked + told) / 2 - theirs, doubt: took };
    else offset.doubt += 0.1;
    return took;
  }

  /** A first answer waits for a connection, and may be off by as much; so a few are asked for before the first slot. */
  async function compareFirst(): Promise<void> {
    for (let times = 0; times < comparisons; times++) {
      const asked = performance.now();
      const { rows } = await sql<{ now: number }>`SELECT ${sql.raw(clock)} AS now`.execute(db);
      if (rows[0]) compare(asked, rows[0].now);
    }
  }

  /**
   * Moves the end of the line by this many slots. Returns the first of them, in our clock, and how far they stand
   * apart.
   */
  async function reserve(count: number): Promise<{ readonly first: number; readonly apart: number }> {
    if (offset.doubt === Infinity) await compareFirst();
    const asked = performance.now();
    const { rows } = await sql<{ free_at: number; apart: number; now: number }>`
      UPDATE pace SET free_at = greatest(free_at, ${sql.raw(clock)} + ${lead + near}) + ${count * interval} * (1 + ${slowness})
      WHERE name = 'tenant' RETURNING free_at, ${interval} * (1 + ${slowness}) AS apart, ${sql.raw(clock)} AS now`.execute(
      db,
    );
    const row = rows[0];
    if (!row) throw new Error('the table pace has no row `tenant`; the migration 004-sending puts it there');

    const took = compare(asked, row.now);
    lead = Math.min(longestLead, Math.max(0.95 * lead, 1.5 * took));
    freeAt = row.free_at + offset.milliseconds;
    return { first: freeAt - count * row.apart, apart: row.apart };
  }

  const slots = createBatch<void, Slot>(async askers => {
    const { first, apart } = await reserve(askers.length).finally(() => (asking -= askers.length));
    return askers.map((_one, index) => ({ moment: first + index * apart, apart }));
  });

  function slot(): Promise<Slot> {
    asking += 1;
    return slots();
  }

  return {
    async turn(ready) {
      if (interval === 0) return ready?.();
      for (let isReady = ready === undefined; ; ) {
        const { moment, apart } = await slot();
        if (!isReady) {
          await until(moment - near);
          const began = performance.now();
          await ready?.();
          isReady = true;
          near = Math.min(longestLead, Math.max(0.95 * near, 1.5 * (performance.now() - began)));
        }
        await until(moment);
        const late = performance.now() - moment;
        if (late > lateness) {
          // Nobody here can tell how full this second is by now: the slot stays empty, and the next look goes further
          // ahead.
          lead = Math.min(longestLead, lead + late / 4);
          continue;
        }

        piled += 1;
        while (performance.now() < line) await until(line);
        piled -= 1;
        line = Math.max(line, performance.now() - lateness) + apart;
        return;
      }
    },
    answering() {
      if (interval === 0) return;
      // Nobody waits for this, and a person's answer does not fail for it.
      reserve(1).catch(() => {});
    },
    ahead: (more = 0) =>
      Math.max(0, Math.max(freeAt - lead - near, line) - performance.now()) + (asking + piled + more) * interval,
    async pause(milliseconds) {
      // Calls that were under way together hear the same: that is one reason to go slower, not many.
      await sql`
        UPDATE pace SET free_at = greatest(free_at, ${sql.raw(clock)} + ${milliseconds}),
          slower = CASE WHEN slowed_at < ${sql.raw(clock)} - 1000 THEN least(1, ${slowing} + ${slowness}) ELSE slower END,
          slowed_at = CASE WHEN slowed_at < ${sql.raw(clock)} - 1000 THEN ${sql.raw(clock)} ELSE slowed_at END
        WHERE name = 'tenant'`.execute(db);
      freeAt = Math.max(freeAt, performance.now() + milliseconds);
    },
  };
}

interface Slot {
  /** In our clock. */
  readonly moment: number;
  readonly apart: number;
}

async function until(moment: number): Promise<void> {
  const wait = moment - performance.now();
  if (wait > 0) await sleep(wait, undefined, { ref: false });
}

/** Milliseconds of the database's own clock, the only one that all servers share. */
export const clock = '(extract(epoch FROM clock_timestamp()) * 1000)::float8';

/** What is left of the slowing. PostgreSQL fails on exponents that are too small, so what is long ago is cut off. */
const slowness = sql.raw(`slower * exp(greatest(-50, (slowed_at - ${clock}) / ${forgetting}))`);

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

/**
 * The first moment at which one more call may go into a thread, given when the earlier ones ended, oldest first. Pure.
 */
export function threadFreeAt(calls: readonly number[], windows: readonly Window[] = threadWindows): number {
  return windows.reduce((latest, window) => {
    const first = calls.at(-window.calls);
    return first === undefined ? latest : Math.max(latest, first + window.milliseconds);
  }, -Infinity);
}

/** The calls that still count against some window. Pure. */
export function callsThatCount(
  calls: readonly number[],
  now: number,
  windows: readonly Window[] = threadWindows,
): number[] {
  const longest = Math.max(...windows.map(window => window.milliseconds));
  const most = Math.max(...windows.map(window => window.calls));
  return calls.filter(call => call > now - longest).slice(-most);
}

/**
 * Whether Teams' "too many" can be about this thread: some window is at least half full. If not, it is about the
 * tenant. Pure.
 */
export function isBusyThread(
  calls: readonly number[],
  now: number,
  windows: readonly Window[] = threadWindows,
): boolean {
  return windows.some(window => calls.filter(call => call > now - window.milliseconds).length >= window.calls / 2);
}
