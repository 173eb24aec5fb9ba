import { sql } from 'kysely';
import type { AuditOutcome } from '../../domain/audit/audit.ts';
import type { Figures, MessageCount } from '../ports.ts';
import type { Db } from './tables.ts';

/** Counts what is in the database. What has ended, and what waits, is found by indexes of its own. */
export function createFigures(db: Db): Figures {
  return {
    async messages(since) {
      const [waiting, notDelivered] = await Promise.all([
        sql<MessageCount>`
          SELECT reason, count(*)::int AS messages, count(DISTINCT community)::int AS communities FROM messages
          WHERE next_at IS NOT NULL AND state IN ('waiting', 'sending') GROUP BY reason ORDER BY 2 DESC, 1`.execute(db),
        sql<MessageCount>`
          SELECT reason, count(*)::int AS messages, count(DISTINCT community)::int AS communities FROM messages
          WHERE state IN ('refused', 'expired') AND created_at > ${since.toISOString()}::timestamptz
          GROUP BY reason ORDER BY 2 DESC, 1`.execute(db),
      ]);
      return { waiting: waiting.rows, notDelivered: notDelivered.rows };
    },
    async messagesOf(communities, since) {
      const { rows } = await sql<{ community: string; waiting: number; refused: number }>`
        SELECT community, sum(waiting)::int AS waiting, sum(refused)::int AS refused FROM (
          SELECT community, 1 AS waiting, 0 AS refused FROM messages
          WHERE next_at IS NOT NULL AND state IN ('waiting', 'sending') AND community = ANY(${[...communities]}::text[])
          UNION ALL
          SELECT community, 0, 1 FROM messages
          WHERE state = 'refused' AND created_at > ${since.toISOString()}::timestamptz
            AND community = ANY(${[...communities]}::text[])
        ) AS counted GROUP BY community`.execute(db);
      return new Map(rows.map(({ community, waiting, refused }) => [community, { waiting, refused }]));
    },
    async acts(since) {
      const { rows } = await sql<{ outcome: AuditOutcome; acts: number }>`
        SELECT outcome, sum(count)::int AS acts FROM audit
        WHERE at > ${since.toISOString()}::timestamptz GROUP BY outcome`.execute(db);
      return {
        done: 0,
        refused: 0,
        failed: 0,
        ...Object.fromEntries(rows.map(({ outcome, acts }) => [outcome, acts])),
      };
    },
    async migration() {
      const { rows } = await sql<{ name: string }>`SELECT max(name) AS name FROM cop_migrations`.execute(db);
      return rows[0]?.name ?? '';
    },
  };
}
