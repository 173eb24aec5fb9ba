import { sql } from 'kysely';
import { timeZoneOf } from '../../domain/community.ts';
import { kindsWithoutNames } from '../../domain/delivery/delivery.ts';
import type { Db } from '../database/tables.ts';
import { pageOf, placeOf } from '../shared/page.ts';
import type { LoggedMessage, DeliveryLog } from '../ports.ts';

const columns = [
  'messages.id',
  'messages.community',
  'communities.name',
  'communities.settings',
  'communities.removed_at',
  'kind',
  'period',
  'recipient',
  'state',
  'reason',
  'detail',
  'attempts',
  'uncertain',
  'created_at',
  'sent_at',
  'updated_at',
] as const;

export function createDeliveryLog(db: Db): DeliveryLog {
  return {
    async read(filter) {
      const from = placeOf(filter.before);
      if (from === undefined) return { lines: [], next: null };
      const rows = await matching(db, filter, from).execute();
      return pageOf(rows.map(lineFromRow), filter.limit, ({ createdAt }) => createdAt);
    },
    async kinds(community) {
      const rows = await db
        .selectFrom('messages')
        .select('kind')
        .distinct()
        .$if(community !== null, query => query.where('community', '=', community ?? ''))
        .orderBy('kind')
        .execute();
      return rows.map(row => row.kind);
    },
  };
}

function matching(
  db: Db,
  { community, kind, state, recipient, limit }: Parameters<DeliveryLog['read']>[0],
  from: Exclude<ReturnType<typeof placeOf>, undefined>,
) {
  return (
    db
      .selectFrom('messages')
      .innerJoin('communities', 'communities.id', 'messages.community')
      .select(columns)
      .$if(community !== null, query => query.where('messages.community', '=', community ?? ''))
      .$if(kind !== undefined, query => query.where('kind', '=', kind ?? ''))
      .$if(state !== undefined, query => query.where('state', '=', state ?? 'sent'))
      .$if(recipient !== undefined, query => query.where('recipient', '=', recipient ?? ''))
      // Whom these went to is not shown, so it cannot be asked for either.
      .$if(recipient !== undefined && recipient !== 'channel', query =>
        query.where('kind', 'not in', [...kindsWithoutNames()]),
      )
      .$if(from !== null, query =>
        query.where(sql<boolean>`(messages.created_at, messages.id) < (${from?.at}::timestamptz, ${from?.id})`),
      )
      .orderBy('messages.created_at', 'desc')
      .orderBy('messages.id', 'desc')
      .limit(limit + 1)
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof matching>['execute']>>[number];

function lineFromRow(row: Row): LoggedMessage {
  return {
    id: row.id,
    community: { id: row.community, name: row.name, timeZone: timeZoneOf(row), removed: row.removed_at !== null },
    kind: row.kind,
    period: row.period,
    recipient: row.recipient,
    state: row.state,
    reason: row.reason,
    detail: row.detail,
    attempts: row.attempts,
    uncertain: row.uncertain,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    updatedAt: row.updated_at,
  };
}

/** How long a message may wait before `/health` says so, in minutes. */
const maxWait = 15;

/** How many messages wait for too long and what for, in a sentence; undefined when none does. */
export async function waitingTooLong(db: Db, now: Date): Promise<string | undefined> {
  const rows = await db
    .selectFrom('messages')
    .select(({ fn }) => ['reason', fn.countAll<string>().as('count')])
    .where('next_at', 'is not', null)
    .where('state', 'in', ['waiting', 'sending'])
    .where('created_at', '<', new Date(now.getTime() - maxWait * 60_000))
    .groupBy('reason')
    .orderBy('count', 'desc')
    .execute();
  if (rows.length === 0) return undefined;
  return `waiting for more than ${maxWait} minutes: ${rows.map(({ reason, count }) => `${count} ${reason ?? 'not tried yet'}`).join(', ')}`;
}
