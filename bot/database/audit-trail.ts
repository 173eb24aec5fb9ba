import { sql, type Insertable, type Selectable } from 'kysely';
import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { timeZoneOf } from '../../domain/community.ts';
import type { AuditTrail, AuditLine, Clock, NotedAct } from '../ports.ts';
import type { AuditTable, Db } from './tables.ts';
import { pageOf, placeOf } from '../shared/page.ts';

/** Lines of one statement, and lines that may wait for the database at most. */
const batch = 200;
const mostWaiting = 10_000;
/** How often storing is tried, a second longer apart each time: a database that restarts is waited for. */
const tries = 6;
/** Equal refusals of one person within this time are one line with a count, in milliseconds. */
const oneLine = 3_600_000;

/**
 * The audit trail: one log line at once, and a row soon after. Whoever acts waits for neither; when the database cannot
 * take a row the log line is what remains, and another one says so. A flood of refusals is one row with a count, and
 * one log line for the first, the tenth, the hundredth.
 */
export function createAuditTrail({
  db,
  now,
  log,
  pause = 1000,
}: {
  readonly db: Db;
  readonly now: Clock;
  readonly log: Logger;
  readonly pause?: number;
}): AuditTrail {
  const waiting = new Map<string, Insertable<AuditTable>>();
  const counted = new Map<string, number>();
  let storing: Promise<void> | null = null;

  function note(act: NotedAct): void {
    const at = now();
    const repeats = act.outcome === 'done' ? null : keyOf(act, at);
    const key = repeats ?? randomUUID();
    const earlier = waiting.get(key);
    const times = repeats === null ? 1 : countOf(repeats);
    if (Number.isInteger(Math.log10(times))) log.info({ ...act, ...(times > 1 ? { times } : {}) }, 'audit');

    if (earlier) waiting.set(key, { ...earlier, count: (earlier.count ?? 1) + 1, last_at: at });
    else if (waiting.size >= mostWaiting)
      log.error({ waiting: waiting.size }, 'the audit trail cannot take another row; the log has the line');
    else waiting.set(key, { id: randomUUID(), at, last_at: at, repeats, ...act });
    storing ??= store().finally(() => (storing = null));
  }

  function countOf(key: string): number {
    const times = (counted.get(key) ?? 0) + 1;
    // A bounded memory: it only keeps the log short.
    if (counted.size > mostWaiting) counted.clear();
    counted.set(key, times);
    return times;
  }

  async function store(): Promise<void> {
    // Acts of the same moment share a statement.
    await Promise.resolve();
    while (waiting.size > 0) {
      const keys = [...waiting.keys()].slice(0, batch);
      const rows = keys.flatMap(key => waiting.get(key) ?? []);
      for (const key of keys) waiting.delete(key);
      await insert(rows);
    }
  }

  async function insert(rows: readonly Insertable<AuditTable>[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await db
          .insertInto('audit')
          .values([...rows])
          .onConflict(conflict =>
            conflict.column('repeats').doUpdateSet(({ ref }) => ({
              count: sql<number>`audit.count + excluded.count`,
              last_at: ref('excluded.last_at'),
            })),
          )
          .execute();
        return;
      } catch (error) {
        if (attempt >= tries) {
          log.error(
            { rows: rows.length, error: error instanceof Error ? error.message : String(error) },
            'lines of the audit trail could not be stored; the log has them',
          );
          return;
        }
        await new Promise(resolve => setTimeout(resolve, attempt * pause).unref());
      }
    }
  }

  return {
    note,
    async settled() {
      while (storing) await storing;
    },
    async read({ community, outcome, person, before, limit }) {
      const from = placeOf(before);
      if (from === undefined) return { lines: [], next: null };
      const rows = await db
        .selectFrom('audit')
        .leftJoin('communities', 'communities.id', 'audit.community')
        .selectAll('audit')
        .select(['communities.name', 'communities.settings', 'communities.removed_at'])
        .$if(community !== null, query => query.where('audit.community', '=', community ?? ''))
        .$if(outcome !== undefined, query => query.where('audit.outcome', '=', outcome ?? 'done'))
        .$if(person !== undefined, query => query.where('audit.person', '=', person ?? ''))
        .$if(from !== null, query =>
          query.where(sql<boolean>`(audit.at, audit.id) < (${from?.at}::timestamptz, ${from?.id})`),
        )
        .orderBy('audit.at', 'desc')
        .orderBy('audit.id', 'desc')
        .limit(limit + 1)
        .execute();
      const lines = rows.map(
        (row): AuditLine =>
          lineFrom(
            row,
            row.community === null
              ? null
              : {
                  id: row.community,
                  name: row.name ?? '',
                  timeZone: timeZoneOf({ settings: row.settings ?? null }),
                  removed: row.name === null || row.removed_at !== null,
                },
          ),
      );
      return pageOf(lines, limit, ({ at }) => at);
    },
  };
}

function lineFrom(row: Selectable<AuditTable>, community: AuditLine['community']): AuditLine {
  const { id, at, last_at, count, person, act, door, via, about, outcome, reason, request } = row;
  return { id, at, lastAt: last_at, count, community, person, act, door, via, about, outcome, reason, request };
}

/** A hash, because `via` may be what a stranger made up. */
function keyOf({ person, community, act, door, outcome, reason }: NotedAct, at: Date): string {
  const hour = Math.floor(at.getTime() / oneLine);
  return createHash('sha256')
    .update(JSON.stringify([person, community, act, door, outcome, reason, hour]))
    .digest('base64url');
}
