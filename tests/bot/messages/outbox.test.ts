import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Card } from '../../../bot/cards.ts';
import type { Messenger, OutgoingMessage } from '../../../bot/ports.ts';
import { createOutbox } from '../../../bot/messages/outbox.ts';
import { createRateLimiter } from '../../../bot/messages/rate-limiter.ts';
import { startSender, type Sender } from '../../../bot/messages/sender.ts';
import { PermanentError, RetryableError } from '../../../bot/messages/delivery-errors.ts';
import type { Transport } from '../../../bot/messages/transport.ts';
import { createTexts } from '../../../bot/text.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';
import { countingStatements } from '../../support/statements.ts';
import { settings } from '../../support/feature-parts.ts';

const database = createEngines();
afterAll(() => database.stop());

const log = pino({ level: 'silent' });
const texts = createTexts({ greeting: { en: { hello: 'Hello' }, de: { hello: 'Hallo' } } });

/** Teams, as far as the outbox sees it: it notes what it was given and can be told to fail. */
function createTeams() {
  const posted: { recipient: string; text: unknown }[] = [];
  const updated: { activityId: string; text: unknown }[] = [];
  const failures: Error[] = [];
  /** Set to hold back the outcome of what is sent. */
  const hold: { until?: Promise<void> } = {};
  const transport: Transport = {
    async send({ recipient, card }) {
      const failure = failures.shift();
      if (failure) throw failure;
      posted.push({ recipient, text: card['text'] });
      const activityId = String(posted.length);
      await hold.until;
      return { conversationId: `chat of ${recipient}`, activityId };
    },
    async update({ activityId, card }) {
      const failure = failures.shift();
      if (failure) throw failure;
      updated.push({ activityId, text: card['text'] });
    },
  };
  function clear(): void {
    for (const list of [posted, updated, failures]) list.length = 0;
    delete hold.until;
  }
  return { posted, updated, failures, hold, transport, clear };
}

function card(text: string): Card {
  return { type: 'AdaptiveCard', text };
}

function greeting(people: readonly string[], changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    community: 'c',
    kind: 'greeting.card',
    period: '2026-11-23',
    to: people.map(id => ({ person: { id, name: id } })),
    card: t => card(t('hello')),
    summary: t => t('hello'),
    ...changes,
  };
}

describe.each(engines)('the outbox on %s', engine => {
  let opened: OpenedEngine;
  let sender: Sender;
  let messenger: Omit<Messenger, 'missed'>;
  let teams: ReturnType<typeof createTeams>;
  let now: Date;

  beforeAll(async () => {
    opened = await database.open(engine);
    teams = createTeams();
    now = new Date('2026-11-23T09:00:00Z');
    sender = start();
    messenger = createOutbox({ db: opened.database.db, texts, now: () => now, wake: () => sender.wake() });
  });
  beforeEach(async () => {
    teams.clear();
    const { db } = opened.database;
    await db.deleteFrom('communities').execute();
    await db.deleteFrom('chats').execute();
    await db
      .insertInto('communities')
      .values({
        id: 'c',
        name: 'C',
        thread_id: '19:c',
        channel_id: '19:c',
        service_url: 'http://localhost',
        installed_by: null,
        installed_at: now,
        settings: null,
        removed_at: null,
      })
      .execute();
  });
  afterAll(async () => {
    await sender.stop();
    await opened.close();
  });

  function start(): Sender {
    const { db } = opened.database;
    return startSender({
      db,
      transport: teams.transport,
      rateLimiter: createRateLimiter({ db, perSecond: Infinity }),
      now: () => now,
      log,
      random: () => 0,
    });
  }

  function messages() {
    return opened.database.db
      .selectFrom('messages')
      .select(['recipient', 'state', 'reason'])
      .orderBy('recipient')
      .execute();
  }
  function settled(count: number) {
    return eventually(`${count} settled messages`, async () => {
      const rows = await messages();
      return rows.filter(row => row.state !== 'waiting' && row.state !== 'sending').length === count && rows;
    });
  }

  test('what stands at the foot of cards is in people’s own chats, also when they are replaced, and not in the channel', async () => {
    const footed = createOutbox({
      db: opened.database.db,
      texts,
      now: () => now,
      wake: () => sender.wake(),
      foot: one => card(`${String(one['text'])}, fewer?`),
    });
    await footed.post(greeting(['ann'], { to: [{ person: { id: 'ann', name: 'ann' } }, { channel: true }] }));
    await eventually('both cards', () => teams.posted.length === 2);
    await footed.refresh({ community: 'c', kind: 'greeting.card', period: '2026-11-23', card: () => card('Bye') });
    await eventually('both replaced', () => teams.updated.length === 2);

    expect(teams.posted.toSorted((one, other) => one.recipient.localeCompare(other.recipient))).toEqual([
      { recipient: 'ann', text: 'Hello, fewer?' },
      { recipient: 'channel', text: 'Hello' },
    ]);
    expect(teams.updated.map(({ text }) => text).toSorted()).toEqual(['Bye', 'Bye, fewer?']);
  });

  test('sends one message to each recipient, in their language, and notes it', async () => {
    await opened.database.db
      .insertInto('chats')
      .values({
        person: 'anna',
        user_id: null,
        conversation_id: null,
        service_url: 'http://localhost',
        locale: 'de-DE',
        time_zone: null,
      })
      .execute();

    await messenger.post(greeting(['anna', 'ben']));

    expect(await settled(2)).toEqual([
      { recipient: 'anna', state: 'sent', reason: null },
      { recipient: 'ben', state: 'sent', reason: null },
    ]);
    expect(teams.posted.toSorted((a, b) => a.recipient.localeCompare(b.recipient))).toEqual([
      { recipient: 'anna', text: 'Hallo' },
      { recipient: 'ben', text: 'Hello' },
    ]);
  });

  test.each([
    ['the language that its settings say', settings({ language: 'de' }), 'Hallo'],
    ['English where they say none', settings(), 'Hello'],
    ['English before it is set up', null, 'Hello'],
  ])('posts in the channel in %s', async (_, chosen, text) => {
    await opened.database.db.updateTable('communities').set({ settings: chosen }).execute();

    await messenger.post(greeting([], { to: [{ channel: true }] }));

    await settled(1);
    expect(teams.posted.map(posted => posted.text)).toEqual([text]);
  });

  test('renders a card once for each language, however many get it, and takes everybody once', async () => {
    const crowd = Array.from({ length: 500 }, (_, index) => `person ${String(index).padStart(3, '0')}`);
    await opened.database.db
      .insertInto('chats')
      .values(
        crowd.slice(0, 20).map(person => ({
          person,
          user_id: null,
          conversation_id: null,
          service_url: 'http://localhost',
          locale: 'de-DE',
          time_zone: null,
        })),
      )
      .execute();
    const rendered: string[] = [];

    await messenger.post(
      greeting([...crowd, ...crowd], {
        card: t => {
          rendered.push(t('hello'));
          return card(t('hello'));
        },
      }),
    );
    await settled(500);

    expect(rendered.toSorted()).toEqual(['Hallo', 'Hello']);
    expect(
      teams.posted
        .filter(({ text }) => text === 'Hallo')
        .map(({ recipient }) => recipient)
        .toSorted(),
    ).toEqual(crowd.slice(0, 20));
    expect(teams.posted).toHaveLength(500);
  });

  test('posting the same message again sends nothing again', async () => {
    await messenger.post(greeting(['anna']));
    await messenger.post(greeting(['anna']));
    await Promise.all([messenger.post(greeting(['anna', 'ben'])), messenger.post(greeting(['anna', 'ben']))]);

    await settled(2);
    expect(teams.posted.map(message => message.recipient).toSorted()).toEqual(['anna', 'ben']);
  });

  test('a refresh replaces every sent copy, and an equal card is not sent', async () => {
    await messenger.post(greeting(['anna', 'ben']));
    await settled(2);

    await messenger.refresh({
      community: 'c',
      kind: 'greeting.card',
      period: '2026-11-23',
      card: () => card('second'),
    });
    await eventually('both updates', () => teams.updated.length === 2);
    await messenger.refresh({
      community: 'c',
      kind: 'greeting.card',
      period: '2026-11-23',
      card: () => card('second'),
    });
    await messenger.refresh({ community: 'c', kind: 'greeting.card', period: '2026-11-23', card: () => card('third') });
    await eventually('both further updates', () => teams.updated.length === 4);

    expect(teams.updated.map(update => update.text)).toEqual(['second', 'second', 'third', 'third']);
    expect(teams.posted).toHaveLength(2);
  });

  test('a refresh of copies in one language takes two statements', async () => {
    await messenger.post(greeting(['ann', 'ben']));
    await settled(2);
    const counting = countingStatements(opened.database.db);
    const counted = createOutbox({ db: counting.db, texts, now: () => now, wake: () => sender.wake() });

    const statements = await counting.during(() =>
      counted.refresh({ community: 'c', kind: 'greeting.card', period: '2026-11-23', card: () => card('Bye') }),
    );

    expect(statements).toBe(2);
    await eventually('both replaced', () => teams.updated.length === 2);
  });

  test('where nothing is due nothing is claimed, however often the sender is woken', async () => {
    let claims = 0;
    let looks = 0;
    const { db } = opened.database;
    const watched = new Proxy(db, {
      get(target, name) {
        if (name === 'transaction') claims += 1;
        if (name === 'getExecutor') looks += 1;
        const value = Reflect.get(target, name) as unknown;
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const rateLimiter = createRateLimiter({ db, perSecond: Infinity });
    const idle = startSender({ db: watched, transport: teams.transport, rateLimiter, now: () => now, log });
    for (let times = 1; times <= 3; times++) {
      idle.wake();
      await eventually('a look', () => Promise.resolve(looks >= times));
    }
    await idle.stop();

    expect(claims).toBe(0);
  });

  test('a refresh for one person leaves the others’ copies alone', async () => {
    await messenger.post(greeting(['anna', 'ben']));
    await settled(2);

    await messenger.refresh({ ...greeting(['ben']), card: () => card('only Ben’s') });
    await eventually('the update', () => teams.updated.length > 0);

    const rows = await opened.database.db
      .selectFrom('messages')
      .select(['recipient', 'version'])
      .orderBy('recipient')
      .execute();
    expect(rows).toEqual([
      { recipient: 'anna', version: 1 },
      { recipient: 'ben', version: 2 },
    ]);
  });

  test('a refresh that comes while the message is on its way is not lost', async () => {
    const gate = Promise.withResolvers<void>();
    teams.hold.until = gate.promise;

    await messenger.post(greeting(['anna']));
    await eventually('the message to leave', () => teams.posted.length === 1);
    await messenger.refresh({ community: 'c', kind: 'greeting.card', period: '2026-11-23', card: () => card('newer') });
    gate.resolve();

    await eventually('the update', () => teams.updated.length > 0);
    expect(teams.updated).toEqual([{ activityId: '1', text: 'newer' }]);
  });

  test('a passing failure is tried again', async () => {
    teams.failures.push(new RetryableError('unavailable', '503 ServiceError'));

    await messenger.post(greeting(['anna']));

    expect(await settled(1)).toEqual([{ recipient: 'anna', state: 'sent', reason: null }]);
  });

  test('a refusal is final and says why', async () => {
    teams.failures.push(new PermanentError('blocked', '403 MessageWritesBlocked'));

    await messenger.post(greeting(['anna']));

    expect(await settled(1)).toEqual([{ recipient: 'anna', state: 'refused', reason: 'blocked' }]);
    expect(teams.posted).toEqual([]);
  });

  test('somebody who wants no more messages gets none, until they want them again', async () => {
    await messenger.optOut('c', 'anna', true);
    await messenger.optOut('c', 'anna', true);
    await messenger.post(greeting(['anna', 'ben']));
    expect(await settled(2)).toEqual([
      { recipient: 'anna', state: 'opted-out', reason: 'opted-out' },
      { recipient: 'ben', state: 'sent', reason: null },
    ]);

    await messenger.optOut('c', 'anna', false);
    await messenger.post(greeting(['anna'], { period: '2026-11-30' }));
    await eventually('the next message', () => teams.posted.some(message => message.recipient === 'anna'));
  });

  test('somebody who wants no messages about one thing gets the others, also of what waits already', async () => {
    teams.failures.push(new RetryableError('unavailable', '503 ServiceError'));
    await messenger.post(greeting(['anna'], { kind: 'surveys.ask' }));
    await eventually('the first try', () => teams.failures.length === 0);
    await messenger.stop('c', 'anna', { all: false, topics: ['surveys', 'digest'] });
    await messenger.post(greeting(['anna', 'ben'], { kind: 'plan.reminder' }));
    await messenger.post(greeting(['ben'], { kind: 'surveys.ask' }));

    expect((await settled(4)).map(({ recipient, state }) => `${recipient} ${state}`).toSorted()).toEqual([
      'anna opted-out',
      'anna sent',
      'ben sent',
      'ben sent',
    ]);
  });

  test('what somebody wants no messages about is what they said last', async () => {
    await messenger.stop('c', 'anna', { all: true, topics: ['surveys'] });
    await messenger.stop('c', 'anna', { all: false, topics: ['week', 'surveys'] });
    await messenger.stop('c', 'anna', { all: false, topics: ['week', 'surveys'] });

    expect(Object.fromEntries(await messenger.stopped('c', ['anna', 'ben']))).toEqual({
      anna: { all: false, topics: ['week', 'surveys'] },
      ben: { all: false, topics: [] },
    });
  });

  test('a message whose time is over is not sent, and says so', async () => {
    await messenger.post(greeting(['anna'], { expires: new Date('2026-11-23T08:00:00Z') }));

    expect(await settled(1)).toEqual([{ recipient: 'anna', state: 'expired', reason: 'expired' }]);
    expect(teams.posted).toEqual([]);
  });

  test('what waits when the server stops is sent by the next one', async () => {
    teams.failures.push(new RetryableError('unavailable', '503 ServiceError'));
    await messenger.post(greeting(['anna']));
    await eventually('the first try', () => teams.failures.length === 0);
    await sender.stop();

    sender = start();

    expect(await settled(1)).toEqual([{ recipient: 'anna', state: 'sent', reason: null }]);
    expect(teams.posted).toHaveLength(1);
  });
});
