import { sql, type Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import { periodsOf } from '../../domain/attention/mornings.ts';
import type { Card } from '../cards.ts';
import type { Db, Tables } from '../database/tables.ts';
import type { Clock, Messenger, OutgoingMessage, Recipient } from '../ports.ts';
import type { Texts } from '../text.ts';
import type { Foot } from '../shared/quiet-link.ts';
import { createOptOuts } from './opt-outs.ts';

export interface OutboxParts {
  readonly db: Db;
  readonly texts: Texts;
  readonly now: Clock;
  /** Tells the sender that there is something new. */
  readonly wake: () => void;
  /** Puts a line at the foot of what comes into people's own chats. */
  readonly foot?: Foot;
}

/** Stands in the place of a person's id. */
const channel = 'channel';
/** Messages to more people than this are in no hurry: they give way to what is for few. */
const many = 50;

/**
 * The outbox: what is to be sent stands in a table, one row for each recipient, and the sender reads the rows. Each
 * card is rendered and written once for each language, however many get it.
 */
export function createOutbox({ db, texts, now, wake, foot = card => card }: OutboxParts): Omit<Messenger, 'missed'> {
  async function post(message: OutgoingMessage): Promise<void> {
    const recipients = [...new Set(message.to.map(recipientKey))];
    const byLocale = await groupedByLocale(db, message.community, await localesOf(db, recipients));
    const moment = now();
    await db.transaction().execute(async transaction => {
      for (const { locale, people, inChat } of byLocale) {
        const t = texts.for(featureOf(message.kind), locale);
        const card = message.card(t);
        await insertRows(transaction, {
          message,
          people,
          isBulk: recipients.length > many,
          card: inChat ? foot(card, message, t) : card,
          summary: message.summary(t),
          moment,
        });
      }
    });
    wake();
  }

  async function refresh({ community, kind, period, card, to }: Refresh): Promise<void> {
    const copies = await copiesOf(db, { community, kind, period, to: to?.map(recipientKey) });
    const byLocale = await groupedByLocale(db, community, copies);
    const cards = byLocale.map(({ locale, people, inChat }): SameCard => {
      const t = texts.for(featureOf(kind), locale);
      const next = card(t);
      return {
        message: { community, kind, period },
        people,
        isBulk: copies.size > many,
        card: inChat ? foot(next, { community, kind }, t) : next,
        moment: now(),
      };
    });
    // Nearly always one, which needs no transaction.
    if (cards.length === 1) await replaceCards(db, cards[0]!);
    else if (cards.length > 1)
      await db.transaction().execute(async transaction => {
        for (const same of cards) await replaceCards(transaction, same);
      });
    wake();
  }

  return { post, refresh, ...createOptOuts(db, now) };
}

type Refresh = Parameters<Messenger['refresh']>[0];

/** The rows of people who share a language, and so a card. */
interface SameCard {
  readonly message: Pick<OutgoingMessage, 'community' | 'kind' | 'period'>;
  readonly people: readonly string[];
  readonly isBulk: boolean;
  readonly card: Card;
  readonly moment: Date;
}

async function insertRows(
  transaction: Transaction<Tables>,
  {
    message: { community, kind, period, expires },
    people,
    isBulk,
    card,
    summary,
    moment,
  }: SameCard & { readonly message: Pick<OutgoingMessage, 'expires'>; readonly summary: string },
): Promise<void> {
  await sql`
    INSERT INTO messages (id, community, kind, period, recipient, thread, bulk, card, summary, state, created_at, changed_at, expires_at, next_at)
    SELECT id, ${community}, ${kind}, ${period}, recipient, CASE recipient WHEN 'channel' THEN ${community} ELSE recipient END, ${isBulk}::boolean,
      ${JSON.stringify(card)}::jsonb, ${summary}, 'waiting', ${moment}::timestamptz, ${moment}::timestamptz, ${expires ?? null}::timestamptz, clock_timestamp()
    FROM unnest(${people.map(() => randomUUID())}::text[], ${people}::text[]) AS one (id, recipient)
    ON CONFLICT (community, kind, period, recipient) DO NOTHING`.execute(transaction);
}

/**
 * An equal card is no change; the text of jsonb is the same whatever the order of keys, and what is left of a card that
 * was sent is its fingerprint. A row that is on its way keeps its lease.
 */
async function replaceCards(
  db: Db | Transaction<Tables>,
  { message: { community, kind, period }, people, isBulk, card, moment }: SameCard,
): Promise<void> {
  const next = JSON.stringify(card);
  await sql`
    UPDATE messages SET card = ${next}::jsonb, version = version + 1, bulk = ${isBulk}::boolean, failures = CASE state WHEN 'sent' THEN 0 ELSE failures END, changed_at = ${moment}::timestamptz, next_at = coalesce(next_at, clock_timestamp())
    WHERE community = ${community} AND kind = ${kind} AND period = ANY(${periodsOf(period)}::text[]) AND recipient = ANY(${people}::text[])
      AND state IN ('waiting', 'sending', 'sent') AND fingerprint IS DISTINCT FROM md5((${next}::jsonb)::text)`.execute(
    db,
  );
}

/** The language of each recipient's own chat; null where we know none, and for the channel. */
type Locales = ReadonlyMap<string, string | null>;

/** Who has a copy of this message, or will have one; that of a question that was put again, too. */
async function copiesOf(
  db: Db,
  {
    community,
    kind,
    period,
    to,
  }: Pick<Refresh, 'community' | 'kind' | 'period'> & { readonly to: readonly string[] | undefined },
): Promise<Locales> {
  const copies = await db
    .selectFrom('messages')
    .leftJoin('chats', 'chats.person', 'messages.recipient')
    .select(['messages.recipient', 'chats.locale'])
    .where('messages.community', '=', community)
    .where('messages.kind', '=', kind)
    .where('messages.period', 'in', periodsOf(period))
    .where('messages.state', 'in', ['waiting', 'sending', 'sent'])
    .$if(to !== undefined, query => query.where('messages.recipient', '=', sql<string>`ANY(${to ?? []}::text[])`))
    .execute();
  return new Map(copies.map(({ recipient, locale }) => [recipient, locale]));
}

async function localesOf(db: Db, recipients: readonly string[]): Promise<Locales> {
  const known = await db
    .selectFrom('chats')
    .select(['person', 'locale'])
    .where('person', '=', sql<string>`ANY(${recipients}::text[])`)
    .execute();
  const localeOf = new Map(known.map(({ person, locale }) => [person, locale]));
  return new Map(recipients.map(recipient => [recipient, localeOf.get(recipient) ?? null]));
}

/** Recipients who get the same card. */
interface SameReaders {
  /** Null where we know none, and for a channel whose language nobody has chosen. */
  readonly locale: string | null;
  readonly people: readonly string[];
  readonly inChat: boolean;
}

/** The recipients by the language of their own chat, and the channel by itself, in that of the community. */
async function groupedByLocale(db: Db, community: string, localeOf: Locales): Promise<readonly SameReaders[]> {
  const people = [...localeOf.keys()].filter(recipient => recipient !== channel);
  const chats = [...Map.groupBy(people, person => localeOf.get(person) ?? null)];
  return [
    ...chats.map(([locale, same]): SameReaders => ({ locale, people: same, inChat: true })),
    ...(localeOf.has(channel) ? [{ locale: await languageOf(db, community), people: [channel], inChat: false }] : []),
  ];
}

/** What the settings say is spoken in the channel; null where they say nothing. */
async function languageOf(db: Db, community: string): Promise<string | null> {
  const row = await db
    .selectFrom('communities')
    .select(sql<string | null>`settings->>'language'`.as('language'))
    .where('id', '=', community)
    .executeTakeFirst();
  return row?.language ?? null;
}

function recipientKey(recipient: Recipient): string {
  return 'channel' in recipient ? channel : recipient.person.id;
}

function featureOf(kind: string): string {
  return kind.split('.')[0] ?? kind;
}
