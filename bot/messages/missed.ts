import { randomUUID } from 'node:crypto';
import type { Card } from '../cards.ts';
import type { Db } from '../database/tables.ts';
import type { Clock, Messenger } from '../ports.ts';

const noCard: Card = { type: 'AdaptiveCard', version: '1.5', body: [] };

/**
 * Notes messages that were never made, because their moment was over before the server could work. A message that was
 * made after all, or noted already, stays as it is.
 */
export function createMissed(db: Db, now: Clock): Messenger['missed'] {
  return async ({ community, kind, period, to, reason = 'missed' }) => {
    const moment = now();
    const rows = to.map(recipient => {
      const key = 'channel' in recipient ? 'channel' : recipient.person.id;
      return {
        id: randomUUID(),
        community,
        kind,
        period,
        recipient: key,
        thread: key === 'channel' ? community : key,
        card: noCard,
        summary: '',
        state: 'expired' as const,
        reason,
        sent_version: null,
        conversation_id: null,
        activity_id: null,
        created_at: moment,
        changed_at: moment,
        expires_at: null,
      };
    });
    if (rows.length === 0) return;
    await db
      .insertInto('messages')
      .values(rows)
      .onConflict(conflict => conflict.columns(['community', 'kind', 'period', 'recipient']).doNothing())
      .execute();
  };
}
