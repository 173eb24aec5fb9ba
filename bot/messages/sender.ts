import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DeliveryReason } from '../../domain/delivery/delivery.ts';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { callPatience } from '../teams/connector.ts';
import { NotNow, Refused } from '../teams/connector-errors.ts';
import type { Leaving, Transport } from '../teams/post.ts';
import { createBatch } from '../shared/batch.ts';
import { callsThatCount, isBusyThread, threadFreeAt, type Pace } from './rate-limiter.ts';
import { createTaking, lease, type Taken } from './claim.ts';
import { afterFailure } from './retry-policy.ts';
import { errorText } from '../shared/error-text.ts';

/**
 * Sends what the outbox holds. The rows are the queue: a worker takes some by moving their `next_at` to the end of a
 * lease, notes before the call that it is about to be made, and after it what became of it. Whoever dies in between
 * leaves a row in the state `sending`; when its lease is over another takes it, counts the doubt, and sends it again.
 */
export interface Sender {
  /** There is something new: do not wait for the next look. Call after the commit. */
  wake(): void;
  /** Takes nothing more, gives back what still waits for its turn, and lets calls in flight finish. */
  stop(): Promise<void>;
}

export interface SenderParts {
  readonly db: Db;
  readonly transport: Transport;
  readonly pace: Pace;
  readonly now: Clock;
  readonly log: Logger;
  readonly random?: () => number;
}

/** Calls one server has under way at most: enough for Teams' pace at two seconds a call. */
const mostInFlight = 100;
/** Messages taken at a time: what Teams allows in a quarter of a second. */
const batch = 12;
/** Nothing is taken that would wait longer than this, in milliseconds, so what is urgent overtakes. */
const lookAhead = 400;
/**
 * The last call with a message in our hands begins within the first part of the lease, and ends well before its end.
 */
const lastCall = lease - callPatience - 5000;
/** How often to look without being woken: other servers cannot wake us. */
const lookEvery = 1000;
/** What the clock may be wrong by when we note when a call ended. */
const doubt = 50;

/** The call was not made: it came too late, we are to stop, or the message is not to be sent any more. */
class GivenBack extends Error {}

export function startSender({ db, transport, pace, now, log, random = Math.random }: SenderParts): Sender {
  const inFlight = new Set<Promise<void>>();
  /** Messages taken that have not asked for a turn yet. */
  const fresh = new Set<Taken>();
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<never>();
  stopped.promise.catch(() => {});
  let bell = Promise.withResolvers<void>();
  const take = createTaking(db, now);

  /** Notes that the calls for these messages are about to be made. False for one that somebody settled meanwhile. */
  const mark = createBatch<Taken, boolean>(async many => {
    const { rows } = await sql<{ id: string }>`
      UPDATE messages SET state = 'sending' FROM unnest(${many.map(({ message }) => message.id)}::text[], ${many.map(({ message }) => message.attempts)}::integer[]) AS mine (id, attempts)
      WHERE messages.id = mine.id AND messages.attempts = mine.attempts AND state = 'waiting' RETURNING messages.id`.execute(
      db,
    );
    const marked = new Set(rows.map(({ id }) => id));
    return many.map(({ message }) => marked.has(message.id));
  });

  function wake(): void {
    bell.resolve();
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const ahead = pace.ahead(fresh.size);
      if (ahead > lookAhead) await rest(ahead - lookAhead);
      else if (inFlight.size >= mostInFlight) await ring(lookEvery);
      else await takeSome();
    }
  }

  async function takeSome(): Promise<void> {
    bell = Promise.withResolvers<void>();
    try {
      const taken = await take(Math.min(batch, mostInFlight - inFlight.size));
      for (const one of taken) {
        fresh.add(one);
        const delivery = deliver(one).finally(() => {
          fresh.delete(one);
          inFlight.delete(delivery);
          wake();
        });
        inFlight.add(delivery);
      }
      if (taken.length === 0) await ring(await untilNext());
    } catch (error) {
      log.error({ error: errorText(error) }, 'the outbox could not be read; it is tried again');
      await ring(lookEvery);
    }
  }

  /** Waits so long, or until there is something new. */
  async function ring(milliseconds: number): Promise<void> {
    await Promise.race([bell.promise, rest(milliseconds)]);
  }
  /** Waits so long, or until we are to stop. */
  async function rest(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: stopping.signal }).catch(() => {});
  }

  async function untilNext(): Promise<number> {
    const { rows } = await sql<{
      wait: number | null;
    }>`SELECT (extract(epoch FROM min(next_at) - clock_timestamp()) * 1000)::float8 AS wait FROM messages WHERE next_at IS NOT NULL`.execute(
      db,
    );
    // What is due and was not taken waits for its thread, which may be in another server's hands.
    return Math.min(lookEvery, Math.max(100, rows[0]?.wait ?? lookEvery));
  }

  /** Never fails: what cannot be noted is left to whoever takes the message when the lease is over. */
  async function deliver(taken: Taken): Promise<void> {
    const { message } = taken;
    let made = 0;
    async function leave(what: Leaving): Promise<void> {
      fresh.delete(taken);
      if (stopping.signal.aborted) throw new GivenBack();
      // Noted as late as can be: whoever dies before that has sent nothing, and nobody has to doubt it.
      await Promise.race([pace.turn(what === 'message' ? ready : undefined), stopped.promise]);
      if (performance.now() - taken.since > lastCall) throw new GivenBack();
      made += 1;
    }
    async function ready(): Promise<void> {
      // When the database does not answer nothing is sent either: what became of it could not be noted.
      if (stopping.signal.aborted || !(await mark(taken).catch(() => false))) throw new GivenBack();
    }

    try {
      if (message.state !== 'sent') {
        const { conversationId, activityId } = await transport.send(message, leave);
        await note(
          taken,
          made,
          0,
          () => ({ state: 'sent', conversation_id: conversationId, activity_id: activityId, sent_at: now() }),
          true,
        );
      } else if (message.conversation_id && message.activity_id) {
        await transport.update(
          { ...message, conversationId: message.conversation_id, activityId: message.activity_id },
          leave,
        );
        await note(taken, made, 0, () => ({ updated_at: now() }), true);
      } else {
        await note(taken, made, 0, () => ({}), true);
      }
    } catch (error) {
      await failed(taken, made, error);
    }
  }

  async function failed(taken: Taken, made: number, error: unknown): Promise<void> {
    const { message } = taken;
    const state = message.state === 'sent' ? 'sent' : 'waiting';
    if (error instanceof GivenBack) {
      await note(taken, made, 0, () => ({
        state,
        attempts: message.attempts - 1,
        next_at: sql<Date>`clock_timestamp()`,
      }));
      return;
    }

    const foreseen = error instanceof Refused || error instanceof NotNow;
    if (!foreseen)
      log.error(
        { message: message.id, community: message.community, error: errorText(error) },
        'a message could not be prepared for Teams',
      );
    const failure = foreseen ? error : new NotNow('unavailable', error instanceof Error ? error.name : 'unknown');
    const failures = message.failures + 1;
    const uncertain = message.uncertain + (failure instanceof NotNow && failure.uncertain ? 1 : 0);
    const next = afterFailure(failure, { failures, uncertain }, random);
    const { reason } = failure;
    log.warn(
      {
        message: message.id,
        community: message.community,
        kind: message.kind,
        reason,
        detail: failure.message,
        attempts: message.attempts,
        final: next === 'never',
      },
      'a message was not delivered',
    );

    const wait = next === 'never' ? 0 : next.again;
    const isThread = isBusyThread(taken.calls, performance.now() + taken.offset);
    if (reason === 'throttled' && !isThread)
      await pace
        .pause(wait)
        .catch((why: unknown) =>
          log.warn(
            { message: message.id, error: errorText(why) },
            'the other servers could not be told that Teams asked to wait',
          ),
        );
    await note(taken, made, reason === 'throttled' && isThread ? wait : 0, () => ({
      // A refused update leaves the message as people see it; a refused first send is final.
      state: state === 'waiting' && next === 'never' ? 'refused' : state,
      reason,
      detail: failure.message,
      failures,
      uncertain,
      next_at: next === 'never' ? null : sql<Date>`clock_timestamp() + ${wait} * interval '1 millisecond'`,
    }));
  }

  /**
   * Writes down what became of a message and frees its thread, again and again if the database is away: a message that
   * was sent and not noted would be sent twice.
   */
  async function note(
    { message, calls, offset, since }: Taken,
    made: number,
    holdBack: number,
    change: () => object,
    done = false,
  ): Promise<void> {
    const ended = performance.now() + offset + doubt;
    const known = callsThatCount([...calls, ...Array<number>(made).fill(ended)], ended);
    const freeAt = Math.max(threadFreeAt(known), ended - doubt + holdBack);
    const outcome = done
      ? { reason: null as DeliveryReason | null, detail: null, failures: 0, sent_version: message.version }
      : {};
    for (let tries = 1; ; tries++) {
      try {
        await db
          .with('freed', step =>
            step.updateTable('threads').set({ calls: known, busy_until: freeAt }).where('thread', '=', message.thread),
          )
          .updateTable('messages')
          .set({
            // Somebody may have refreshed the card while it was on its way.
            ...(done
              ? { next_at: sql<Date | null>`CASE WHEN version <> ${message.version} THEN clock_timestamp() END` }
              : {}),
            changed_at: now(),
            ...outcome,
            ...change(),
          })
          .where('id', '=', message.id)
          .where('attempts', '=', message.attempts)
          // What was settled while it was in our hands stays so, unless it arrived after all.
          .$if(!done, query => query.where('state', 'in', ['waiting', 'sending', 'sent']))
          .execute();
        return;
      } catch (error) {
        const ids = { message: message.id, community: message.community, tries, error: errorText(error) };
        if (performance.now() - since > lease) {
          log.error(ids, 'what became of a message could not be noted; it counts as uncertain');
          return;
        }
        log.warn(ids, 'what became of a message could not be noted yet');
        await sleep(Math.min(2000, 100 * tries));
      }
    }
  }

  const running = run();
  return {
    wake,
    async stop() {
      stopping.abort();
      stopped.reject(new GivenBack());
      wake();
      await running;
      await Promise.all(inFlight);
    },
  };
}
