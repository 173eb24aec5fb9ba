import type { Insertable, Selectable } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { DeliveryReason } from '../../domain/delivery.ts';
import type { Card } from '../cards.ts';
import type { Db, MessagesTable } from '../data/database.ts';
import type { Clock, Messenger, OutgoingMessage, Recipient } from '../feature.ts';
import { Refused, type Transport } from '../teams/transport.ts';
import type { Texts } from '../text.ts';
import type { Queue } from './queue.ts';

export interface OutboxParts {
  readonly db: Db;
  readonly queue: Queue;
  readonly transport: Transport;
  readonly texts: Texts;
  readonly now: Clock;
  readonly log: Logger;
}

interface SendWork {
  readonly id: string;
}

/** How many messages leave at the same time from one instance. */
const parallel = 4;

/**
 * The outbox: a message and the work to send it are written in one transaction; a worker sends it, and notes the outcome.
 * What became of each message, and why, stays in the table.
 */
export async function startOutbox({ db, queue, transport, texts, now, log }: OutboxParts): Promise<Omit<Messenger, 'missed'>> {
  async function post(message: OutgoingMessage): Promise<void> {
    for (const recipient of message.to) await postTo(message, recipient);
    queue.wake('send');
  }

  async function postTo(message: OutgoingMessage, recipient: Recipient): Promise<void> {
    const to = recipientKey(recipient);
    const t = texts.for(featureOf(message.kind), await localeOf(to));
    const moment = now();
    const row: Insertable<MessagesTable> = {
      id: randomUUID(),
      community: message.community,
      kind: message.kind,
      period: message.period,
      recipient: to,
      thread: to === 'channel' ? message.community : to,
      card: message.card(t),
      summary: message.summary(t),
      state: 'waiting',
      reason: null,
      sent_version: null,
      conversation_id: null,
      activity_id: null,
      created_at: moment,
      changed_at: moment,
      expires_at: message.expires ?? null,
    };
    await db.transaction().execute(async transaction => {
      const added = await transaction
        .insertInto('messages')
        .values(row)
        .onConflict(conflict => conflict.columns(['community', 'kind', 'period', 'recipient']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (added) await queue.add(transaction, 'send', added.id, { id: added.id } satisfies SendWork);
    });
  }

  async function refresh({ community, kind, period, card, to }: Parameters<Messenger['refresh']>[0]): Promise<void> {
    const copies = await db
      .selectFrom('messages')
      .select(['id', 'recipient', 'card'])
      .where('community', '=', community)
      .where('kind', '=', kind)
      .where('period', '=', period)
      .where('state', 'in', ['waiting', 'sent'])
      .$if(to !== undefined, query => query.where('recipient', 'in', (to ?? []).map(recipientKey)))
      .execute();
    for (const copy of copies) {
      const next = card(texts.for(featureOf(kind), await localeOf(copy.recipient)));
      if (sameCard(copy.card, next)) continue;
      await db.transaction().execute(async transaction => {
        await transaction
          .updateTable('messages')
          .set(row => ({ card: next, version: row('version', '+', 1), changed_at: now() }))
          .where('id', '=', copy.id)
          .execute();
        await queue.add(transaction, 'send', copy.id, { id: copy.id } satisfies SendWork);
      });
    }
    queue.wake('send');
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

  async function localeOf(recipient: string): Promise<string | null> {
    if (recipient === 'channel') return null;
    const chat = await db.selectFrom('chats').select('locale').where('person', '=', recipient).executeTakeFirst();
    return chat?.locale ?? null;
  }

  async function send({ id }: SendWork, lastAttempt: boolean): Promise<void> {
    const message = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
    if (!message || message.sent_version === message.version) return;
    if (message.state === 'sent') return update(message, lastAttempt);
    if (message.state !== 'waiting') return;

    if (message.expires_at && message.expires_at <= now()) return settle(message, 'expired', 'expired');
    if (message.recipient !== 'channel' && (await hasOptedOut(message))) return settle(message, 'opted-out', 'opted-out');

    await attempt(message, lastAttempt, async () => {
      const { conversationId, activityId } = await transport.send({ community: message.community, recipient: message.recipient, card: message.card, summary: message.summary });
      await db
        .updateTable('messages')
        .set({ state: 'sent', reason: null, conversation_id: conversationId, activity_id: activityId, sent_version: message.version, changed_at: now() })
        .where('id', '=', message.id)
        .execute();
    });
    // Somebody may have refreshed the card while it was on its way.
    await db.transaction().execute(async transaction => {
      const current = await transaction.selectFrom('messages').select(['version', 'sent_version', 'state']).where('id', '=', id).executeTakeFirst();
      if (current?.state === 'sent' && current.sent_version !== current.version) await queue.add(transaction, 'send', id, { id } satisfies SendWork);
    });
  }

  async function update(message: Selectable<MessagesTable>, lastAttempt: boolean): Promise<void> {
    const { conversation_id: conversationId, activity_id: activityId } = message;
    if (!conversationId || !activityId) return;
    await attempt(message, lastAttempt, async () => {
      await transport.update({ community: message.community, recipient: message.recipient, conversationId, activityId, card: message.card, summary: message.summary });
      await db.updateTable('messages').set({ sent_version: message.version, reason: null, changed_at: now() }).where('id', '=', message.id).execute();
    });
  }

  /** Notes a refusal for good; lets everything else be tried again, until the last time. */
  async function attempt(message: Selectable<MessagesTable>, lastAttempt: boolean, act: () => Promise<void>): Promise<void> {
    await db.updateTable('messages').set(row => ({ attempts: row('attempts', '+', 1) })).where('id', '=', message.id).execute();
    try {
      await act();
    } catch (error) {
      const reason = error instanceof Refused ? error.reason : 'unavailable';
      log.warn({ message: message.id, community: message.community, kind: message.kind, reason, lastAttempt }, 'a message was not delivered');
      if (!(error instanceof Refused) && !lastAttempt) {
        await db.updateTable('messages').set({ reason, changed_at: now() }).where('id', '=', message.id).execute();
        throw error;
      }
      // A refused update leaves the message as people see it; a refused first send is final.
      if (message.state === 'sent') await db.updateTable('messages').set({ reason, changed_at: now() }).where('id', '=', message.id).execute();
      else await settle(message, 'refused', reason);
    }
  }

  async function settle(message: Selectable<MessagesTable>, state: MessagesTable['state'], reason: DeliveryReason): Promise<void> {
    await db.updateTable('messages').set({ state, reason, changed_at: now() }).where('id', '=', message.id).execute();
  }

  async function hasOptedOut(message: Selectable<MessagesTable>): Promise<boolean> {
    const found = await db.selectFrom('opt_outs').select('person').where('community', '=', message.community).where('person', '=', message.recipient).executeTakeFirst();
    return found !== undefined;
  }

  await queue.work<SendWork>('send', parallel, ({ data, lastAttempt }) => send(data, lastAttempt));
  return { post, refresh, optOut };
}

function recipientKey(recipient: Recipient): string {
  return 'channel' in recipient ? 'channel' : recipient.person.id;
}

function featureOf(kind: string): string {
  return kind.split('.')[0] ?? kind;
}

/** jsonb does not keep the order of keys, so the texts are compared with keys in order. */
function sameCard(one: Card, other: Card): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
