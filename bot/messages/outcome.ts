import { sql, type UpdateObject } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db, Tables } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { lease, type Claimed } from './claim.ts';
import { callsThatCount, conversationFreeAt } from './conversation-limits.ts';
import { errorText } from '../shared/error-text.ts';

/** What the clock may be wrong by when we note when a call ended. */
const clockDoubt = 50;

/** What became of a claimed message. */
export interface Outcome {
  /** How many calls to Teams were made for it. */
  readonly callsMade: number;
  /** Teams has the card in the version that was claimed. */
  readonly isDelivered: boolean;
  /** For how long nothing more goes into the conversation, in milliseconds. */
  readonly holdBack?: number;
  readonly change: UpdateObject<Tables, 'messages'>;
}

export interface OutcomeParts {
  readonly db: Db;
  readonly now: Clock;
  readonly log: Logger;
}

/**
 * Writes down what became of a message and frees its conversation, again and again if the database is away: a message
 * that was sent and not noted would be sent twice.
 */
export async function noteOutcome({ db, now, log }: OutcomeParts, claimed: Claimed, outcome: Outcome): Promise<void> {
  const { message, claimedAt } = claimed;
  const conversation = conversationAfter(claimed, outcome, performance.now());
  for (let tries = 1; ; tries++) {
    try {
      await write(db, { claimed, outcome, conversation, changedAt: now() });
      return;
    } catch (error) {
      const ids = { message: message.id, community: message.community, tries, error: messageOf(error) };
      if (performance.now() - claimedAt > lease) {
        log.error(ids, 'what became of a message could not be noted; it counts as uncertain');
        return;
      }
      log.warn(ids, 'what became of a message could not be noted yet');
      await sleep(Math.min(2000, 100 * tries));
    }
  }
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

async function write(
  db: Db,
  {
    claimed: { message },
    outcome: { isDelivered, change },
    conversation: { calls, freeAt },
    changedAt,
  }: {
    readonly claimed: Claimed;
    readonly outcome: Outcome;
    readonly conversation: ConversationUse;
    readonly changedAt: Date;
  },
): Promise<void> {
  const delivered: UpdateObject<Tables, 'messages'> = {
    reason: null,
    detail: null,
    failures: 0,
    sent_version: message.version,
    // A feature may have refreshed the card while it was on its way.
    next_at: sql<Date | null>`CASE WHEN version <> ${message.version} THEN clock_timestamp() END`,
  };
  await db
    .with('freed', step =>
      step.updateTable('threads').set({ calls, busy_until: freeAt }).where('thread', '=', message.thread),
    )
    .updateTable('messages')
    .set({ changed_at: changedAt, ...(isDelivered ? delivered : {}), ...change })
    .where('id', '=', message.id)
    .where('attempts', '=', message.attempts)
    // What was settled while it was claimed stays so, unless it arrived after all.
    .$if(!isDelivered, query => query.where('state', 'in', ['waiting', 'sending', 'sent']))
    .execute();
}

function messageOf(error: unknown): string {
  return errorText(error);
}
