import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { createBatch } from '../shared/batch.ts';
import { lease, type Claimed } from './claim.ts';
import { isBusyConversation } from './conversation-limits.ts';
import { PermanentError, RetryableError } from './delivery-errors.ts';
import { noteOutcome, type Outcome } from './outcome.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { afterFailure } from './retry-policy.ts';
import { callTimeout, type PostedCard, type Transport, type WaitForSlot } from './transport.ts';
import { errorText } from '../shared/error-text.ts';

/** The last call for a claimed message begins within this part of the lease, and ends well before the lease does. */
const lastCall = lease - callTimeout - 5000;

/** The call was not made: it came too late, the server stops, or the message is not to be sent any more. */
class CallNotMade extends Error {}

export interface DeliveryParts {
  readonly db: Db;
  readonly transport: Transport;
  readonly rateLimiter: RateLimiter;
  readonly now: Clock;
  readonly log: Logger;
  readonly random: () => number;
  /** Aborted when the server stops: what still waits for its slot is given back. */
  readonly stopping: AbortSignal;
}

/** Sends or updates one claimed message; `queued` is called as soon as it stands in the line for a slot. */
export type Deliver = (claimed: Claimed, queued: () => void) => Promise<void>;

/** Never fails: what cannot be noted is left to the server that claims the message when the lease is over. */
export function createDelivery(parts: DeliveryParts): Deliver {
  const { db, rateLimiter, stopping } = parts;
  const markAsSending = createBatch<Claimed, boolean>(claimed => markSending(db, claimed));

  async function prepare(claimed: Claimed): Promise<void> {
    // When the database does not answer nothing is sent either: what became of it could not be noted.
    if (stopping.aborted || !(await markAsSending(claimed).catch(() => false))) throw new CallNotMade();
  }

  return async (claimed, queued) => {
    let callsMade = 0;
    // What was sent already stays so, whatever becomes of its replacement.
    let isNoted = claimed.message.state === 'sent';
    async function waitForSlot(...[kind]: Parameters<WaitForSlot>): Promise<void> {
      queued();
      if (stopping.aborted) throw new CallNotMade();
      // Noted as late as can be: a server that dies before that has sent nothing, and there is nothing to doubt.
      const slot = rateLimiter.waitForSlot(kind === 'message' && !isNoted ? () => prepare(claimed) : undefined);
      isNoted ||= kind === 'message';
      await unlessAborted(slot, stopping);
      if (performance.now() - claimed.claimedAt > lastCall) throw new CallNotMade();
      callsMade += 1;
    }

    const outcome = await deliveredBy(parts, claimed, waitForSlot).catch(async (error: unknown) => ({
      isDelivered: false,
      ...(error instanceof CallNotMade ? givenBack(claimed) : await afterError(parts, claimed, error)),
    }));
    await noteOutcome(parts, claimed, { ...outcome, callsMade });
  };
}

/**
 * Notes that the calls for these messages are about to be made. False for one that was settled meanwhile, or that
 * another server has claimed.
 */
async function markSending(db: Db, claimed: readonly Claimed[]): Promise<readonly boolean[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE messages SET state = 'sending' FROM unnest(${claimed.map(({ message }) => message.id)}::text[], ${claimed.map(({ message }) => message.attempts)}::integer[]) AS mine (id, attempts)
    WHERE messages.id = mine.id AND messages.attempts = mine.attempts AND state = 'waiting' RETURNING messages.id`.execute(
    db,
  );
  const marked = new Set(rows.map(({ id }) => id));
  return claimed.map(({ message }) => marked.has(message.id));
}

async function deliveredBy(
  { transport, now }: DeliveryParts,
  { message }: Claimed,
  waitForSlot: WaitForSlot,
): Promise<Omit<Outcome, 'callsMade'>> {
  const { conversation_id: conversationId, activity_id: activityId } = message;
  if (message.state !== 'sent') {
    const posted = await transport.send(message, waitForSlot);
    return { isDelivered: true, change: { state: 'sent', ...placeOf(posted), sent_at: now() } };
  }
  if (!conversationId || !activityId) return { isDelivered: true, change: {} };
  const isStillWanted = !message.opted_out && (message.expires_at === null || message.expires_at > now());
  const anew = await transport.update({ ...message, conversationId, activityId, isStillWanted }, waitForSlot);
  return { isDelivered: true, change: { ...(anew ? placeOf(anew) : {}), updated_at: now() } };
}

function placeOf({ conversationId, activityId }: PostedCard) {
  return { conversation_id: conversationId, activity_id: activityId };
}

function givenBack({ message }: Claimed): Pick<Outcome, 'change'> {
  return {
    change: {
      state: message.state === 'sent' ? 'sent' : 'waiting',
      attempts: message.attempts - 1,
      next_at: sql<Date>`clock_timestamp()`,
    },
  };
}

async function afterError(
  { rateLimiter, log, random }: DeliveryParts,
  { message, calls, clockOffset }: Claimed,
  error: unknown,
): Promise<Pick<Outcome, 'change' | 'holdBack'>> {
  const ids = { message: message.id, community: message.community };
  const isForeseen = error instanceof PermanentError || error instanceof RetryableError;
  if (!isForeseen) log.error({ ...ids, error: messageOf(error) }, 'a message could not be prepared for Teams');
  const failure = isForeseen
    ? error
    : new RetryableError('unavailable', error instanceof Error ? error.name : 'unknown');
  const { reason, message: detail } = failure;
  const failures = message.failures + 1;
  const uncertain = message.uncertain + (failure instanceof RetryableError && failure.uncertain ? 1 : 0);
  const next = afterFailure(failure, { failures, uncertain }, random);
  const isFinal = next === 'never';
  log.warn(
    { ...ids, kind: message.kind, reason, detail, attempts: message.attempts, final: isFinal },
    'a message was not delivered',
  );

  const wait = isFinal ? 0 : next.again;
  const isConversation = isBusyConversation(calls, performance.now() + clockOffset);
  if (reason === 'throttled' && !isConversation)
    await rateLimiter
      .pause(wait)
      .catch((why: unknown) =>
        log.warn(
          { message: message.id, error: messageOf(why) },
          'the other servers could not be told that Teams asked to wait',
        ),
      );
  // A refused update leaves the message as people see it; a refused first send is final.
  const state = message.state === 'sent' ? 'sent' : isFinal ? 'refused' : 'waiting';
  const nextAt = isFinal ? null : sql<Date>`clock_timestamp() + ${wait} * interval '1 millisecond'`;
  return {
    holdBack: reason === 'throttled' && isConversation ? wait : 0,
    change: { state, reason, detail, failures, uncertain, next_at: nextAt },
  };
}

/** Unlike `Promise.race` with one promise for the whole life of the server, this leaves nothing behind after a call. */
function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => reject(new CallNotMade());
  signal.addEventListener('abort', abort);
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}

function messageOf(error: unknown): string {
  return errorText(error);
}
