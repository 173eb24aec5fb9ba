import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../database/tables.ts';
import { createBatch } from '../shared/batch.ts';
import { compareClocks, pauseLine, reserveSlots } from './slot-line.ts';
import {
  closerOffset,
  leadAfterMiss,
  leadFor,
  shortestWait,
  slotsBefore,
  slotTolerance,
  unknownOffset,
  type Slot,
} from './slots.ts';

/**
 * Teams' rate limit, shared by all servers through the database. Every call to the Bot Connector is a slot on one line
 * of time; a server that wants to call moves the end of the line and gets the slots before it. Slots stand
 * `1000 / perSecond` apart, and one that could not be used in time is thrown away instead of used late, so no second
 * ever holds more calls than Teams allows, however servers stall. What the network between us and Teams bunches up we
 * cannot see; when Teams says "too many", slots stand further apart for some minutes.
 */
export interface RateLimiter {
  /**
   * Resolves when one more call may leave. `prepare` is awaited once before, as late as can be; when it fails, so does
   * this.
   */
  waitForSlot(prepare?: () => Promise<void>): Promise<void>;
  /** A call that answers a person leaves at once, and the others make room for it. */
  countAnswer(): void;
  /** How many milliseconds a call would wait at least, if so many more were asked for before it. */
  expectedWait(more?: number): number;
  /** Teams said "too many": no call leaves before this is over, and all go a little slower for a while. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * Teams allows 50 calls a second per app and tenant (Teams, "Optimize your agent with rate limiting", October 2026).
 */
export const tenantLimit = { calls: 50, seconds: 1 } as const;

/** A little below the limit: what is left is for answers to people, and for what the network bunches up. */
export const tenantRate = 48.4;

export interface RateLimiterParts {
  readonly db: Db;
  /** Infinity: as fast as it goes. */
  readonly perSecond?: number;
}

export function createRateLimiter({ db, perSecond = tenantRate }: RateLimiterParts): RateLimiter {
  const interval = 1000 / perSecond;
  let callersWithoutSlot = 0;
  let callersWithDueSlot = 0;
  let reservationLead = 0;
  let prepareTime = 0;
  let clockOffset = unknownOffset;
  let lineEnd = 0;
  let nextOwnCall = -Infinity;

  async function reserve(count: number): Promise<readonly Slot[]> {
    if (clockOffset === unknownOffset) clockOffset = await compareClocks(db);
    const reserved = await reserveSlots(db, { count, interval, lead: reservationLead + prepareTime });
    clockOffset = closerOffset(clockOffset, reserved.clock);
    reservationLead = leadFor(reserved.clock.answeredAt - reserved.clock.askedAt, reservationLead);
    lineEnd = reserved.lineEnd + clockOffset.milliseconds;
    return slotsBefore(lineEnd, count, reserved.spacing);
  }

  const slotInBatch = createBatch<void, Slot>(async callers =>
    reserve(callers.length).finally(() => (callersWithoutSlot -= callers.length)),
  );

  async function prepareBefore({ moment }: Slot, prepare: () => Promise<void>): Promise<void> {
    await until(moment - prepareTime);
    prepareTime = leadFor(await durationOf(prepare), prepareTime);
  }

  /** One server's own calls stand apart as well: what piled up behind a stall does not leave in a heap. */
  async function waitForOwnCalls({ spacing }: Slot): Promise<void> {
    callersWithDueSlot += 1;
    while (performance.now() < nextOwnCall) await until(nextOwnCall);
    callersWithDueSlot -= 1;
    nextOwnCall = Math.max(nextOwnCall, performance.now() - slotTolerance) + spacing;
  }

  async function waitForSlot(prepare?: () => Promise<void>): Promise<void> {
    if (interval === 0) return prepare?.();
    let pending = prepare;
    for (;;) {
      callersWithoutSlot += 1;
      const slot = await slotInBatch();
      if (pending) await prepareBefore(slot, pending);
      pending = undefined;
      await until(slot.moment);
      const lateBy = performance.now() - slot.moment;
      if (lateBy <= slotTolerance) return waitForOwnCalls(slot);
      // No server can tell how full this second is by now: the slot stays empty.
      reservationLead = leadAfterMiss(lateBy, reservationLead);
    }
  }

  function countAnswer(): void {
    // No call waits for this slot, and a person's answer does not fail for it.
    if (interval > 0) reserve(1).catch(() => {});
  }

  function expectedWait(more = 0): number {
    const callers = callersWithoutSlot + callersWithDueSlot + more;
    const lead = reservationLead + prepareTime;
    return shortestWait({ lead, lineEnd, nextOwnCall, callers, interval }, performance.now());
  }

  async function pause(milliseconds: number): Promise<void> {
    await pauseLine(db, milliseconds);
    lineEnd = Math.max(lineEnd, performance.now() + milliseconds);
  }

  return { waitForSlot, countAnswer, expectedWait, pause };
}

async function durationOf(work: () => Promise<void>): Promise<number> {
  const beganAt = performance.now();
  await work();
  return performance.now() - beganAt;
}

async function until(moment: number): Promise<void> {
  const wait = moment - performance.now();
  if (wait > 0) await sleep(wait, undefined, { ref: false });
}
