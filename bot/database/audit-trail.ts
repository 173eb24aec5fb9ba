import { sql, type Insertable, type Selectable } from 'kysely';
import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { timeZoneOf } from '../../domain/community.ts';
import type { AuditTrail, AuditLine, Clock, NotedAct, Page } from '../ports.ts';
import type { AuditTable, CommunitiesTable, Db } from './tables.ts';
import { pageOf, placeOf } from '../shared/page.ts';
import { errorText } from '../shared/error-text.ts';

/** Lines of one statement, and lines that may wait for the database at most. */
const batch = 200;
const mostWaiting = 10_000;
/** How often a statement is attempted, a second longer apart each time: a database that restarts is waited for. */
const attempts = 6;
/** Equal refusals of one person within this time are one line with a count, in milliseconds. */
const oneLine = 3_600_000;

/**
 * The audit trail: one log line at once, and a row soon after. An act waits for neither; when the database cannot
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
  const countOf = createCounter(mostWaiting);
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
        return await insertRows(db, rows);
      } catch (error) {
        if (attempt >= attempts) {
          log.error(
            { rows: rows.length, error: errorText(error) },
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
    read: query => readPage(db, query),
  };
}

/** How often a key has come, this time included. A bounded memory, as it only keeps the log short. */
function createCounter(most: number): (key: string) => number {
  const counts = new Map<string, number>();
  return key => {
    const count = (counts.get(key) ?? 0) + 1;
    if (counts.size > most) counts.clear();
    counts.set(key, count);
    return count;
  };
}

/** Refusals that are counted together share a row. */
async function insertRows(db: Db, rows: readonly Insertable<AuditTable>[]): Promise<void> {
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
}

async function readPage(
  db: Db,
  { community, outcome, person, before, limit }: Parameters<AuditTrail['read']>[0],
): Promise<Page<AuditLine>> {
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
  return pageOf(
    rows.map(row => lineFrom(row, communityOf(row))),
    limit,
    ({ at }) => at,
  );
}

/** An act may outlive the community it is about, of which only the id is known then. */
function communityOf({
  community: id,
  name,
  settings,
  removed_at: removedAt,
}: Pick<Selectable<AuditTable>, 'community'> & {
  readonly [Column in 'name' | 'settings' | 'removed_at']: Selectable<CommunitiesTable>[Column] | null;
}): AuditLine['community'] {
  if (id === null) return null;
  return { id, name: name ?? '', timeZone: timeZoneOf({ settings }), removed: name === null || removedAt !== null };
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
