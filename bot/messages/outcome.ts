import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DeliveryReason, DeliveryState } from '../../domain/delivery/delivery.ts';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { createBatch } from '../shared/batch.ts';
import { lease, type Claimed } from './claim.ts';
import { callsThatCount, conversationFreeAt } from './conversation-limits.ts';
import { writeOutcomes, type OutcomeRow } from './outcome-rows.ts';
import type { PostedCard } from './transport.ts';
import { errorText } from '../shared/error-text.ts';

/** What the clock may be wrong by when we note when a call ended. */
const clockDoubt = 50;

/** What became of a claimed message. */
export type Outcome = {
  /** How many calls to Teams were made for it. */
  readonly callsMade: number;
  /** It was noted that a call was about to be made, which counted as an attempt. */
  readonly isMarked: boolean;
  /** For how long nothing more goes into the conversation, in milliseconds. */
  readonly holdBack?: number;
} & (Delivered | NotDelivered);

/** Teams has the card in the version that was claimed. */
export interface Delivered {
  readonly isDelivered: true;
  /** Where the card is, when it was posted. */
  readonly posted?: PostedCard | undefined;
  readonly sentAt?: Date;
  readonly updatedAt?: Date;
}

export interface NotDelivered {
  readonly isDelivered: false;
  /** Null when the call was not made: it is what it was before. */
  readonly state: DeliveryState | null;
  /** When to try again, in milliseconds from now. */
  readonly again: number | 'never';
  /** Left out when the call was not made: then the claim does not count. */
  readonly failure?: {
    readonly reason: DeliveryReason;
    readonly detail: string;
    readonly failures: number;
    readonly uncertain: number;
  };
}

export interface OutcomeParts {
  readonly db: Db;
  readonly now: Clock;
  readonly log: Logger;
}

/**
 * Writes down what became of messages and frees their conversations, those of one moment together, and again and again
 * if the database is away: a message that was sent and not noted would be sent twice.
 */
export function createOutcomeNotes({
  db,
  now,
  log,
}: OutcomeParts): (claimed: Claimed, outcome: Outcome) => Promise<void> {
  const writeWithOthers = createBatch<OutcomeRow, boolean>(async rows => {
    const written = await writeOutcomes(db, rows);
    return rows.map(({ id }) => written.has(id));
  });

  return async (claimed, outcome) => {
    const { message, claimedAt } = claimed;
    const conversation = conversationAfter(claimed, outcome, performance.now());
    for (let tries = 1; ; tries++) {
      const row = rowOf(claimed, outcome, { conversation, changedAt: now() });
      try {
        // Alone when not all could be written together: what cannot be written must not hold up the others.
        if (!(tries === 1 && (await writeWithOthers(row)))) await writeOutcomes(db, [row]);
        return;
      } catch (error) {
        const ids = { message: message.id, community: message.community, tries, error: errorText(error) };
        if (performance.now() - claimedAt > lease) {
          log.error(ids, 'what became of a message could not be noted; it counts as uncertain');
          return;
        }
        log.warn(ids, 'what became of a message could not be noted yet');
        await sleep(Math.min(2000, 100 * tries));
      }
    }
  };
}

interface ConversationUse {
  readonly calls: number[];
  readonly freeAt: number;
}

/** The calls into the conversation, those that have just ended among them, and when it is free, by the database's clock. */
export function conversationAfter(
  { calls, clockOffset }: Pick<Claimed, 'calls' | 'clockOffset'>,
  { callsMade, holdBack = 0 }: Pick<Outcome, 'callsMade' | 'holdBack'>,
  now: number,
): ConversationUse {
  const endedAt = now + clockOffset;
  const latest = endedAt + clockDoubt;
  const counted = callsThatCount([...calls, ...Array<number>(callsMade).fill(latest)], latest);
  return { calls: counted, freeAt: Math.max(conversationFreeAt(counted), endedAt + holdBack) };
}

function rowOf(
  { message: { id, attempts, version, thread, state }, leaseEnd }: Claimed,
  outcome: Outcome,
  { conversation, changedAt }: { readonly conversation: ConversationUse; readonly changedAt: Date },
): OutcomeRow {
  const { isMarked } = outcome;
  const claim = { id, attempts: attempts + (isMarked ? 1 : 0), version, thread, lease_end: leaseEnd };
  const use = { calls: conversation.calls, free_at: conversation.freeAt, changed_at: changedAt.toISOString() };
  const about = { ...columnsWithout, ...claim, ...use, new_attempts: attempts + 1 };
  if (outcome.isDelivered) return { ...about, ...deliveredColumns(outcome) };
  if (outcome.failure) return { ...about, ...failedColumns(outcome, outcome.failure) };
  // A doubt that was there before the claim is counted by the next one, unless this one has counted it already.
  return { ...about, state: isMarked && state !== 'sent' ? 'waiting' : null, new_attempts: attempts, wait: 0 };
}

function deliveredColumns({ posted, sentAt, updatedAt }: Delivered) {
  return {
    delivered: true,
    state: sentAt ? 'sent' : null,
    conversation_id: posted?.conversationId ?? null,
    activity_id: posted?.activityId ?? null,
    sent_at: sentAt?.toISOString() ?? null,
    updated_at: updatedAt?.toISOString() ?? null,
  };
}

/** What most outcomes say nothing of. */
const columnsWithout = {
  delivered: false,
  state: null,
  conversation_id: null,
  activity_id: null,
  sent_at: null,
  updated_at: null,
  reason: null,
  detail: null,
  failures: null,
  uncertain: null,
  wait: null,
};

function failedColumns({ state, again }: NotDelivered, failure: NonNullable<NotDelivered['failure']>) {
  const { reason, detail, failures, uncertain } = failure;
  return { state, wait: again === 'never' ? null : again, reason, detail: storable(detail), failures, uncertain };
}

/** What Teams says may be any text, and PostgreSQL's JSON takes neither a NUL nor half of a character. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
