import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { createBatch } from '../shared/batch.ts';
import { lease, type Claimed } from './claim.ts';
import { isBusyConversation } from './conversation-limits.ts';
import { PermanentError, RetryableError } from './delivery-errors.ts';
import { createOutcomeNotes, type Delivered, type NotDelivered } from './outcome.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { afterFailure } from './retry-policy.ts';
import { callTimeout, type Transport, type WaitForSlot } from './transport.ts';
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
  const noteOutcome = createOutcomeNotes(parts);
  const markAsSending = createBatch<Claimed, boolean>(claimed => markSending(db, claimed));

  return async (claimed, queued) => {
    let callsMade = 0;
    let isMarked = false;
    // What was sent already stays so, whatever becomes of its replacement.
    let isNoted = claimed.message.state === 'sent';
    async function prepare(): Promise<void> {
      // When the database does not answer nothing is sent either: what became of it could not be noted.
      if (stopping.aborted || !(await markAsSending(claimed).catch(() => false))) throw new CallNotMade();
      isMarked = true;
    }
    async function waitForSlot(...[kind]: Parameters<WaitForSlot>): Promise<void> {
      queued();
      if (stopping.aborted) throw new CallNotMade();
      // Noted as late as can be: a server that dies before that has sent nothing, and there is nothing to doubt.
      const slot = rateLimiter.waitForSlot(kind === 'message' && !isNoted ? prepare : undefined);
      isNoted ||= kind === 'message';
      await unlessAborted(slot, stopping);
      if (performance.now() - claimed.claimedAt > lastCall) throw new CallNotMade();
      callsMade += 1;
    }

    const outcome = await deliveredBy(parts, claimed, waitForSlot).catch(async (error: unknown) =>
      error instanceof CallNotMade ? givenBack : afterError(parts, claimed, error),
    );
    await noteOutcome(claimed, { ...outcome, callsMade, isMarked });
  };
}

/**
 * Notes that the calls for these messages are about to be made. False for one that was settled meanwhile, or that
 * another server has noted. One found in the state `sending` belongs to a server that died with it: that is a doubt.
 */
async function markSending(db: Db, claimed: readonly Claimed[]): Promise<readonly boolean[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE messages SET state = 'sending', attempts = messages.attempts + 1, uncertain = messages.uncertain + CASE state WHEN 'sending' THEN 1 ELSE 0 END
    FROM unnest(${claimed.map(({ message }) => message.id)}::text[], ${claimed.map(({ message }) => message.attempts)}::integer[]) AS mine (id, attempts)
    WHERE messages.id = mine.id AND messages.attempts = mine.attempts AND state IN ('waiting', 'sending') RETURNING messages.id`.execute(
    db,
  );
  const marked = new Set(rows.map(({ id }) => id));
  return claimed.map(({ message }) => marked.has(message.id));
}

async function deliveredBy(
  { transport, now }: DeliveryParts,
  { message }: Claimed,
  waitForSlot: WaitForSlot,
): Promise<Delivered> {
  const { conversation_id: conversationId, activity_id: activityId } = message;
  if (message.state !== 'sent')
    return { isDelivered: true, posted: await transport.send(message, waitForSlot), sentAt: now() };
  if (!conversationId || !activityId) return { isDelivered: true };
  const isStillWanted = !message.opted_out && (message.expires_at === null || message.expires_at > now());
  const posted = await transport.update({ ...message, conversationId, activityId, isStillWanted }, waitForSlot);
  return { isDelivered: true, posted, updatedAt: now() };
}

const givenBack: NotDelivered = { isDelivered: false, state: null, again: 0 };

async function afterError(
  { rateLimiter, log, random }: DeliveryParts,
  { message, calls, clockOffset }: Claimed,
  error: unknown,
): Promise<NotDelivered & { readonly holdBack: number }> {
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
    { ...ids, kind: message.kind, reason, detail, attempts: message.attempts + 1, final: isFinal },
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
  return {
    isDelivered: false,
    state,
    again: isFinal ? 'never' : wait,
    failure: { reason, detail, failures, uncertain },
    holdBack: reason === 'throttled' && isConversation ? wait : 0,
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
