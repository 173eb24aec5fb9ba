import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Db } from '../database/tables.ts';
import type { Clock, Messenger, OutgoingMessage, Recipient } from '../ports.ts';
import type { Texts } from '../text.ts';

export interface OutboxParts {
  readonly db: Db;
  readonly texts: Texts;
  readonly now: Clock;
  /** Tells the sender that there is something new. */
  readonly wake: () => void;
}

/** Messages to more people than this are in no hurry: they give way to what is for few. */
const many = 50;

/**
 * The outbox: what is to be sent stands in a table, one row for each recipient, and the sender reads the rows. Each
 * card is rendered and written once for each language, however many get it.
 */
export function createOutbox({ db, texts, now, wake }: OutboxParts): Omit<Messenger, 'missed'> {
  async function post(message: OutgoingMessage): Promise<void> {
    const recipients = [...new Set(message.to.map(recipientKey))];
    const byLocale = await groupedByLocale(recipients);
    const moment = now();
    await db.transaction().execute(async transaction => {
      for (const [locale, people] of byLocale) {
        const t = texts.for(featureOf(message.kind), locale);
        await sql`
          INSERT INTO messages (id, community, kind, period, recipient, thread, bulk, card, summary, state, created_at, changed_at, expires_at, next_at)
          SELECT id, ${message.community}, ${message.kind}, ${message.period}, recipient, CASE recipient WHEN 'channel' THEN ${message.community} ELSE recipient END, ${recipients.length > many}::boolean,
            ${JSON.stringify(message.card(t))}::jsonb, ${message.summary(t)}, 'waiting', ${moment}::timestamptz, ${moment}::timestamptz, ${message.expires ?? null}::timestamptz, clock_timestamp()
          FROM unnest(${people.map(() => randomUUID())}::text[], ${people}::text[]) AS one (id, recipient)
          ON CONFLICT (community, kind, period, recipient) DO NOTHING`.execute(transaction);
      }
    });
    wake();
  }

  async function refresh({ community, kind, period, card, to }: Parameters<Messenger['refresh']>[0]): Promise<void> {
    const copies = await db
      .selectFrom('messages')
      .select('recipient')
      .where('community', '=', community)
      .where('kind', '=', kind)
      .where('period', '=', period)
      .where('state', 'in', ['waiting', 'sending', 'sent'])
      .$if(to !== undefined, query =>
        query.where('recipient', '=', sql<string>`ANY(${(to ?? []).map(recipientKey)}::text[])`),
      )
      .execute();
    const byLocale = await groupedByLocale(copies.map(copy => copy.recipient));
    await db.transaction().execute(async transaction => {
      for (const [locale, people] of byLocale) {
        const next = JSON.stringify(card(texts.for(featureOf(kind), locale)));
        // An equal card is no change; the text of jsonb is the same whatever the order of keys, and what is left of a
        // card that was sent is its fingerprint. One that is on its way keeps its lease.
        await sql`
          UPDATE messages SET card = ${next}::jsonb, version = version + 1, bulk = ${copies.length > many}::boolean, failures = CASE state WHEN 'sent' THEN 0 ELSE failures END, changed_at = ${now()}::timestamptz, next_at = coalesce(next_at, clock_timestamp())
          WHERE community = ${community} AND kind = ${kind} AND period = ${period} AND recipient = ANY(${people}::text[])
            AND state IN ('waiting', 'sending', 'sent') AND fingerprint IS DISTINCT FROM md5((${next}::jsonb)::text)`.execute(
          transaction,
        );
      }
    });
    wake();
  }

  async function optOut(community: string, person: string, out: boolean): Promise<void> {
    if (out) {
      await db
        .insertInto('opt_outs')
        .values({ community, person, since: now() })
        .onConflict(conflict => conflict.columns(['community', 'person']).doNothing())
        .execute();
    } else {
      await db.deleteFrom('opt_outs').where('community', '=', community).where('person', '=', person).execute();
    }
  }

  /** The recipients by the language of their own chat; null for those we know none of, and for the channel. */
  async function groupedByLocale(recipients: readonly string[]): Promise<ReadonlyMap<string | null, string[]>> {
    const known = await db
      .selectFrom('chats')
      .select(['person', 'locale'])
      .where('person', '=', sql<string>`ANY(${recipients}::text[])`)
      .execute();
    const localeOf = new Map(known.map(({ person, locale }) => [person, locale]));
    return Map.groupBy(recipients, recipient => localeOf.get(recipient) ?? null);
  }

  return { post, refresh, optOut };
}

function recipientKey(recipient: Recipient): string {
  return 'channel' in recipient ? 'channel' : recipient.person.id;
}

function featureOf(kind: string): string {
  return kind.split('.')[0] ?? kind;
}
