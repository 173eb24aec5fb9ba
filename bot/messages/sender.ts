import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { createClaim, type Claimed } from './claim.ts';
import { createDelivery } from './delivery.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { databaseClock } from './slot-line.ts';
import type { Transport } from './transport.ts';
import { errorText } from '../shared/error-text.ts';

/**
 * Sends what the outbox holds. The rows are the queue: a server claims some by leasing their
 * conversations, notes before the call that it is about to be made, and after it what became of it. A server that dies in
 * between leaves a row in the state `sending`; when its lease is over another claims it, counts the doubt, and sends it
 * again.
 */
export interface Sender {
  /** There is something new: do not wait for the next look. Call after the commit. */
  wake(): void;
  /** Claims nothing more, gives back what still waits for its slot, and lets calls in flight finish. */
  stop(): Promise<void>;
}

export interface SenderParts {
  readonly db: Db;
  readonly transport: Transport;
  readonly rateLimiter: RateLimiter;
  readonly now: Clock;
  readonly log: Logger;
  readonly random?: () => number;
}

/** Calls one server has under way at most: enough for Teams' rate at two seconds a call. */
const mostInFlight = 100;
/** Messages claimed at a time: what Teams allows in a quarter of a second. */
const batch = 12;
/** Nothing is claimed that would wait longer than this, in milliseconds, so what is urgent overtakes. */
const lookAhead = 400;
/** How often to look without being woken: other servers cannot wake us. */
const lookEvery = 1000;
/** How soon to look again for what is due and could not be claimed, in milliseconds. */
const soon = 100;

export function startSender({ random = Math.random, ...parts }: SenderParts): Sender {
  const { db, rateLimiter, now, log } = parts;
  const inFlight = new Set<Promise<void>>();
  /** Claimed messages that do not stand in the line for a slot yet. */
  const notQueued = new Set<Claimed>();
  const stopping = new AbortController();
  let news = Promise.withResolvers<void>();
  const claim = createClaim(db, now);
  const deliver = createDelivery({ ...parts, random, stopping: stopping.signal });

  function wake(): void {
    news.resolve();
  }
  /** Waits so long, or until the server stops. */
  async function rest(milliseconds: number): Promise<void> {
    // Only the stop ends it early, by an error that says no more than that.
    await sleep(milliseconds, undefined, { signal: stopping.signal }).catch(() => {});
  }
  /** Waits so long, or until there is something new. */
  async function restOrNews(milliseconds: number): Promise<void> {
    await Promise.race([news.promise, rest(milliseconds)]);
  }

  function start(claimed: Claimed): void {
    notQueued.add(claimed);
    const delivery = deliver(claimed, () => notQueued.delete(claimed)).finally(() => {
      notQueued.delete(claimed);
      inFlight.delete(delivery);
      wake();
    });
    inFlight.add(delivery);
  }

  async function claimSome(): Promise<void> {
    try {
      const { isDue, wait } = await look(db);
      const claimed = isDue ? await claim(batch) : [];
      claimed.forEach(start);
      if (claimed.length === 0) await restOrNews(wait);
    } catch (error) {
      const reason = errorText(error);
      log.error({ error: reason }, 'the outbox could not be read; it is tried again');
      await restOrNews(lookEvery);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Before anything is looked at: what comes meanwhile is news again.
      news = Promise.withResolvers<void>();
      const wait = rateLimiter.expectedWait(notQueued.size);
      if (wait > lookAhead) await rest(wait - lookAhead);
      // A claim costs the same for one message as for many: it waits until there is room for all of them.
      else if (inFlight.size > mostInFlight - batch) await restOrNews(lookEvery);
      else await claimSome();
    }
  }

  const running = run();
  async function stop(): Promise<void> {
    stopping.abort();
    wake();
    await running;
    await Promise.all(inFlight);
  }
  return { wake, stop };
}

/**
 * Whether there is something to claim, and how long to wait, in milliseconds, where there is not. A claim that finds
 * nothing costs more, and every message that was sent is followed by one.
 */
async function look(db: Db): Promise<{ readonly isDue: boolean; readonly wait: number }> {
  const { rows } = await sql<{ due: boolean; wait: number | null }>`
    WITH found AS MATERIALIZED (
      SELECT EXISTS (
        SELECT FROM messages AS message LEFT JOIN threads ON threads.thread = message.thread
        WHERE message.next_at <= clock_timestamp() AND coalesce(threads.busy_until, 0) <= ${sql.raw(databaseClock)}
      ) AS due
    )
    SELECT due, CASE WHEN NOT due THEN
      (SELECT (extract(epoch FROM min(next_at) - clock_timestamp()) * 1000)::float8 FROM messages WHERE next_at IS NOT NULL)
    END AS wait FROM found`.execute(db);
  const { due, wait } = rows[0] ?? { due: false, wait: null };
  // What is due and cannot be claimed waits for its conversation, which this or another server has; and behind what
  // was too late to be sent more may be due.
  return { isDue: due, wait: due ? soon : Math.min(lookEvery, Math.max(soon, wait ?? lookEvery)) };
}
