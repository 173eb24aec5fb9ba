import { sql, type Selectable, type Transaction } from 'kysely';
import { isStopped, type Topic } from '../../domain/messages/topics.ts';
import type { Db, MessagesTable, Tables } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { databaseClock } from './slot-line.ts';

type Message = Selectable<MessagesTable>;
type DueMessage = Message & { readonly opted_out: boolean };

/** A message that this server alone may send, until its lease ends. */
export interface Claimed {
  readonly message: DueMessage;
  /** When its conversation was called, by the database's clock. */
  readonly calls: readonly number[];
  /** The database's clock minus this server's. */
  readonly clockOffset: number;
  /** When it was claimed, by this server's clock. */
  readonly claimedAt: number;
  /** When the lease ends, by the database's clock: it is known by this. */
  readonly leaseEnd: number;
}

/** How long the conversation of a claimed message is this server's, in milliseconds. */
export const lease = 30_000;

/**
 * Claims messages that are due by leasing their conversations, one message for each; settles those that must not be sent
 * any more. The messages themselves are not written.
 */
export function createClaim(db: Db, now: Clock): (most: number) => Promise<readonly Claimed[]> {
  return most =>
    db.transaction().execute(async transaction => {
      const due = await lockDue(transaction, most);
      if (due.length === 0) return [];
      const moment = now();
      const { expired, optedOut, next } = sortDue(due, moment);
      await settle(transaction, 'expired', expired, moment);
      await settle(transaction, 'opted-out', optedOut, moment);
      if (next.size === 0) return [];
      const conversations = await leaseConversations(transaction, [...next.keys()]);
      const claimedAt = performance.now();
      return conversations.flatMap(({ thread, calls, now: databaseNow, lease_end: leaseEnd }) => {
        const message = next.get(thread);
        if (!message) return [];
        return [
          {
            message: { ...message, uncertain: message.uncertain + (message.state === 'sending' ? 1 : 0) },
            calls,
            clockOffset: databaseNow - claimedAt,
            claimedAt,
            leaseEnd,
          },
        ];
      });
    });
}

async function lockDue(transaction: Transaction<Tables>, most: number): Promise<DueMessage[]> {
  const due = await transaction
    .selectFrom('messages as message')
    .leftJoin('threads', 'threads.thread', 'message.thread')
    .selectAll('message')
    .select(({ exists, selectFrom }) => [
      exists(
        selectFrom('opt_outs')
          .select('person')
          .whereRef('opt_outs.community', '=', 'message.community')
          .whereRef('opt_outs.person', '=', 'message.recipient'),
      ).as('stopped_all'),
      sql<
        readonly Topic[]
      >`array(SELECT topic FROM topic_opt_outs AS stopped WHERE stopped.community = message.community AND stopped.person = message.recipient)`.as(
        'stopped_topics',
      ),
    ])
    .where('message.next_at', '<=', sql<Date>`clock_timestamp()`)
    .where(sql<boolean>`coalesce(threads.busy_until, 0) <= ${sql.raw(databaseClock)}`)
    .orderBy('message.bulk')
    .orderBy('message.next_at')
    .limit(most)
    .forUpdate('message')
    .skipLocked()
    .execute();
  return due.map(({ stopped_all: all, stopped_topics: topics, ...message }) => ({
    ...message,
    opted_out: isStopped(message.kind, { all: Boolean(all), topics }),
  }));
}

/** What is due: too late, not wanted any more, or the next message of its conversation. */
export function sortDue<Due extends Pick<DueMessage, 'state' | 'expires_at' | 'opted_out' | 'thread'>>(
  due: readonly Due[],
  now: Date,
): { readonly expired: readonly Due[]; readonly optedOut: readonly Due[]; readonly next: ReadonlyMap<string, Due> } {
  const expired: Due[] = [];
  const optedOut: Due[] = [];
  const next = new Map<string, Due>();
  for (const message of due) {
    const isSent = message.state === 'sent';
    if (!isSent && message.expires_at !== null && message.expires_at <= now) expired.push(message);
    else if (!isSent && message.opted_out) optedOut.push(message);
    else if (!next.has(message.thread)) next.set(message.thread, message);
  }
  return { expired, optedOut, next };
}

async function settle(
  transaction: Transaction<Tables>,
  state: 'expired' | 'opted-out',
  messages: readonly DueMessage[],
  moment: Date,
): Promise<void> {
  if (messages.length === 0) return;
  await transaction
    .updateTable('messages')
    .set(row => ({
      state,
      reason: state,
      next_at: null,
      changed_at: moment,
      uncertain: row('uncertain', '+', doubtOf()),
    }))
    .where(
      'id',
      'in',
      messages.map(message => message.id),
    )
    .execute();
}

interface LeasedConversation {
  readonly thread: string;
  readonly calls: readonly number[];
  readonly now: number;
  readonly lease_end: number;
}

/** Locks in order of name, so that two servers never wait for each other; the one that comes second gets none. */
async function leaseConversations(
  transaction: Transaction<Tables>,
  names: readonly string[],
): Promise<readonly LeasedConversation[]> {
  const { rows } = await sql<LeasedConversation>`
    INSERT INTO threads (thread, busy_until) SELECT name, ${sql.raw(databaseClock)} + ${lease} FROM unnest(${names.toSorted()}::text[]) AS name
    ON CONFLICT (thread) DO UPDATE SET busy_until = excluded.busy_until WHERE threads.busy_until <= ${sql.raw(databaseClock)}
    RETURNING thread, calls, ${sql.raw(databaseClock)} AS now, busy_until AS lease_end`.execute(transaction);
  return rows;
}

/** A row found in the state `sending` belongs to a server that died with it: Teams may or may not have taken it. */
function doubtOf() {
  return sql<number>`CASE state WHEN 'sending' THEN 1 ELSE 0 END`;
}
