import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import type { Measures } from './measures.ts';

/**
 * What waits in the database, the same for every server on it, and what this server has spent of SharePoint's units.
 */
export function measureWhatWaits(
  { gauge }: Measures,
  { db, now, spent }: { readonly db: Db; readonly now: Clock; readonly spent: () => number },
): void {
  const count = async (query: ReturnType<typeof sql<{ figure: number | null }>>) =>
    (await query.execute(db)).rows[0]?.figure ?? 0;

  gauge('cop.cards.waiting', 'Cards that are to be sent or replaced', '{card}', () =>
    count(sql`SELECT count(*)::float8 AS figure FROM messages WHERE next_at IS NOT NULL`),
  );
  gauge('cop.cards.oldest', 'Age of the oldest card that was never sent', 's', () =>
    count(sql`
      SELECT extract(epoch FROM ${now()}::timestamptz - min(created_at))::float8 AS figure FROM messages
      WHERE next_at IS NOT NULL AND state IN ('waiting', 'sending')`),
  );
  gauge('cop.inbox.waiting', 'What Teams sent and was not handled yet', '{activity}', () =>
    count(sql`SELECT count(*)::float8 AS figure FROM inbox WHERE next_at IS NOT NULL`),
  );
  gauge('cop.jobs.overdue', 'Runs of jobs that were due and have not begun', '{run}', () =>
    count(sql`SELECT count(*)::float8 AS figure FROM due WHERE due_at < ${now()}::timestamptz`),
  );
  gauge('cop.graph.spent', 'Part of SharePoint’s units for a minute that is spent', '1', spent);
}
