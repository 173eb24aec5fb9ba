import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { settleWaiting } from '../../../bot/database/settle-messages.ts';
import { createEntraClient } from '../../../bot/graph/entra.ts';
import type { OutgoingMessage } from '../../../bot/ports.ts';
import { createOutbox } from '../../../bot/messages/outbox.ts';
import { createRateLimiter, tenantRate } from '../../../bot/messages/rate-limiter.ts';
import { startSender, type Sender } from '../../../bot/messages/sender.ts';
import { databaseClock } from '../../../bot/messages/slot-line.ts';
import { createAdapter } from '../../../bot/teams/adapter.ts';
import { createConversationReferences } from '../../../bot/teams/conversations.ts';
import { createTransport } from '../../../bot/teams/post.ts';
import { createTexts } from '../../../bot/text.ts';
import type { ConnectorFault } from '../../../infra/local/connector/faults.ts';
import { startMicrosoft365, type Microsoft365 } from '../../../infra/local/microsoft365.ts';
import { localConfig, localOutside } from '../../../infra/local/product.ts';
import { samplePeople, sampleTeam, seedPeople } from '../../../infra/local/sample-people.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';

/** The sender with the real transport and Microsoft's own client, over HTTP against the local connector. */
const database = createEngines();
let microsoft365: Microsoft365;
beforeAll(async () => {
  microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => 'http://localhost:9' });
  seedPeople(microsoft365.directory);
  await microsoft365.connector.installApp(sampleTeam.id, samplePeople[0]?.id ?? '');
});
afterAll(async () => {
  await microsoft365.close();
  await database.stop();
});

const log = pino({ level: 'silent' });
const [priya = '', tomasz = '', helen = ''] = samplePeople.map(person => person.id);
const jonas = samplePeople.find(person => person.role === 'newcomer')?.id ?? '';
const texts = createTexts({ greeting: { en: {} } });
const now = (): Date => new Date('2026-11-23T09:00:00Z');

describe.each(engines)('the sender on %s', engine => {
  let opened: OpenedEngine;
  let senders: Sender[];
  let period = 0;
  let gone: string[];

  beforeAll(async () => {
    opened = await database.open(engine);
  });
  beforeEach(async () => {
    senders = [];
    gone = [];
    period += 1;
    microsoft365.connector.tally.clear();
    const { db } = opened.database;
    await db.deleteFrom('communities').execute();
    await db.deleteFrom('chats').execute();
    await db.deleteFrom('threads').execute();
    await db.updateTable('pace').set({ free_at: 0, slower: 0, slowed_at: 0 }).execute();
    await db
      .insertInto('communities')
      .values({
        id: sampleTeam.id,
        name: 'C',
        thread_id: sampleTeam.threadId,
        channel_id: sampleTeam.threadId,
        service_url: `${microsoft365.url}/connector/`,
        installed_by: null,
        installed_at: now(),
        settings: null,
        removed_at: null,
      })
      .execute();
  });
  afterEach(async () => {
    microsoft365.connector.faults.clear();
    microsoft365.connector.block(tomasz, false);
    microsoft365.connector.enforceLimits = false;
    await Promise.all(senders.map(sender => sender.stop()));
  });
  afterAll(() => opened.close());

  function server({
    perSecond = Infinity,
    appId,
    lastResort = true,
  }: {
    readonly perSecond?: number;
    readonly appId?: string;
    /** Whether the address answers that is for those of whom none is known. */
    readonly lastResort?: boolean;
  } = {}) {
    const { db } = opened.database;
    const config = {
      ...localConfig({ microsoft365Url: microsoft365.url, port: 0, dataDir: '/nowhere' }),
      ...(appId === undefined ? {} : { appId }),
      ...(lastResort ? {} : { localServiceUrl: `${microsoft365.url}/connector/nowhere/` }),
    };
    const rateLimiter = createRateLimiter({ db, perSecond });
    const adapter = createAdapter(
      config,
      createEntraClient(config, localOutside(microsoft365).networkClient),
      rateLimiter.countAnswer,
    );
    const sender = startSender({
      db,
      transport: createTransport({
        conversations: createConversationReferences(db, now),
        adapter,
        config,
        channelGone,
      }),
      rateLimiter,
      now,
      log,
      random: () => 0,
    });
    senders.push(sender);
    return createOutbox({ db, texts, now, wake: sender.wake });
  }

  async function channelGone(community: string, channel: string): Promise<void> {
    gone.push(`${community} ${channel}`);
    await opened.database.db.updateTable('communities').set({ channel_id: sampleTeam.threadId }).execute();
  }

  function greeting(people: readonly string[], changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
    return {
      community: sampleTeam.id,
      kind: 'greeting.card',
      period: String(period),
      to: people.map(id => ({ person: { id, name: '' } })),
      card: () => ({ type: 'AdaptiveCard', version: '1.5', body: [] }),
      summary: () => `greeting ${period}`,
      ...changes,
    };
  }
  const inChannel = (): OutgoingMessage => greeting([], { to: [{ channel: true }] });

  function rows() {
    return opened.database.db
      .selectFrom('messages')
      .select(['state', 'reason', 'detail', 'attempts', 'uncertain', 'next_at'])
      .orderBy('recipient')
      .execute();
  }
  /** Conversations that a server holds. */
  async function leased(): Promise<number> {
    const { count } = await opened.database.db
      .selectFrom('threads')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('busy_until', '>', sql<number>`${sql.raw(databaseClock)} + 1000`)
      .executeTakeFirstOrThrow();
    return Number(count);
  }
  async function settled(count = 1) {
    const found = await eventually(`${count} settled messages`, async () => {
      const all = await rows();
      return all.length === count && all.every(row => row.next_at === null) && all;
    });
    return found.map(({ next_at: _null, ...row }) => row);
  }
  const copies = (): number => microsoft365.connector.tally.copies().reduce((sum, one) => sum + one.count, 0);

  const sent = { state: 'sent', reason: null, detail: null };

  test.each<[string, ConnectorFault, { attempts: number; uncertain: number }, number]>([
    [
      '412: somebody else was writing there',
      { call: 'send', answer: { status: 412 }, count: 1 },
      { attempts: 2, uncertain: 0 },
      1,
    ],
    [
      '429, with the time to wait',
      { call: 'send', answer: { status: 429, retryAfter: 1 }, count: 1 },
      { attempts: 2, uncertain: 0 },
      1,
    ],
    ['503: not begun', { call: 'send', answer: { status: 503 }, count: 1 }, { attempts: 2, uncertain: 0 }, 1],
    [
      '502 that lost the message',
      { call: 'send', answer: { status: 502 }, count: 1 },
      { attempts: 2, uncertain: 1 },
      1,
    ],
    [
      '504 after the message was taken: a second copy, and it is known that there may be one',
      { call: 'send', answer: { status: 504 }, taken: true, count: 1 },
      { attempts: 2, uncertain: 1 },
      2,
    ],
    [
      '500, which Microsoft’s client would have repeated behind our back',
      { call: 'send', answer: { status: 500 }, count: 1 },
      { attempts: 2, uncertain: 1 },
      1,
    ],
    ['a line that broke before', { call: 'send', answer: 'reset', count: 1 }, { attempts: 2, uncertain: 1 }, 1],
    [
      'a line that broke after',
      { call: 'send', answer: 'reset', taken: true, count: 1 },
      { attempts: 2, uncertain: 1 },
      2,
    ],
    [
      'a chat that could not be opened, which leaves nothing behind',
      { call: 'create', answer: { status: 504 }, taken: true, count: 1 },
      { attempts: 2, uncertain: 0 },
      1,
    ],
    [
      'a registration that was not accepted',
      { call: 'send', answer: { status: 401, code: 'BotNotRegistered' }, count: 1 },
      { attempts: 2, uncertain: 0 },
      1,
    ],
    ['a roster that was away', { call: 'read', answer: { status: 502 }, count: 1 }, { attempts: 2, uncertain: 0 }, 1],
  ])('gets a message through in spite of %s', async (_what, fault, counts, arrived) => {
    microsoft365.connector.faults.add(fault);

    await server().post(greeting([priya]));

    expect(await settled()).toEqual([{ ...sent, ...counts }]);
    expect(copies()).toBe(arrived);
  });

  test.each<[string, ConnectorFault, { reason: string; detail: string }]>([
    [
      'the app may not write',
      { call: 'send', answer: { status: 403, code: 'BotDisabledByAdmin' } },
      { reason: 'app-removed', detail: '403 BotDisabledByAdmin' },
    ],
    [
      'the person has left',
      { call: 'create', answer: { status: 403, code: 'BotNotInConversationRoster' } },
      { reason: 'not-in-roster', detail: '403 BotNotInConversationRoster' },
    ],
    [
      'the chat is gone',
      { call: 'send', answer: { status: 404, code: 'ConversationNotFound' } },
      { reason: 'conversation-gone', detail: '404 ConversationNotFound' },
    ],
    [
      'the team is gone',
      { call: 'read', answer: { status: 404, code: 'TeamNotFound' } },
      { reason: 'team-gone', detail: '404 TeamNotFound' },
    ],
    [
      'it is too large',
      { call: 'send', answer: { status: 413, code: 'MessageSizeTooBig' } },
      { reason: 'too-large', detail: '413 MessageSizeTooBig' },
    ],
  ])('says why a message is refused, and asks once: %s', async (_what, fault, expected) => {
    microsoft365.connector.faults.add(fault);

    await server().post(greeting([priya]));

    expect(await settled()).toEqual([{ state: 'refused', ...expected, attempts: 1, uncertain: 0 }]);
    expect(copies()).toBe(0);
  });

  test('a chat that is gone is forgotten, and the message opens another', async () => {
    const { db } = opened.database;
    const chat = () => db.selectFrom('chats').select('conversation_id').where('person', '=', priya).executeTakeFirst();
    await db
      .insertInto('chats')
      .values({
        person: priya,
        user_id: `29:${priya}`,
        conversation_id: 'a:gone',
        service_url: `${microsoft365.url}/connector/`,
        locale: null,
        time_zone: null,
      })
      .execute();

    await server().post(greeting([priya]));

    expect(await settled()).toEqual([{ ...sent, attempts: 1, uncertain: 0 }]);
    expect(copies()).toBe(1);
    expect((await chat())?.conversation_id).toMatch(/^(?!a:gone)./);
  });

  test('a chat of which Teams knows nothing for a day gets the next day’s message', async () => {
    const out = server();
    microsoft365.connector.faults.add({
      call: 'send',
      answer: { status: 404, code: 'ConversationNotFound' },
      // At its own address, and at the one for whom none is known.
      count: 4,
    });
    await out.post(greeting([priya]));
    await settled();
    await out.post(greeting([priya], { period: `${period}b` }));
    await out.post(greeting([priya], { period: `${period}c` }));

    expect((await settled(3)).map(({ state }) => state).toSorted()).toEqual(['refused', 'refused', 'sent']);
    expect(copies()).toBe(1);
  });

  const changedCard = () => ({
    type: 'AdaptiveCard' as const,
    version: '1.5' as const,
    body: [{ type: 'TextBlock', text: 'new' }],
  });
  const cardsOf = (person: string) =>
    microsoft365.connector
      .conversationsOf(person)
      .filter(({ conversation }) => conversation.kind === 'personal')
      .flatMap(({ conversation }) => microsoft365.connector.messages(conversation.id))
      .flatMap(({ cards }) => cards);

  test('a card whose whole chat is gone is posted anew, and replaced there from then on', async () => {
    const out = server();
    await out.post(greeting([priya]));
    await settled();
    microsoft365.connector.forgetChat(priya);

    await out.refresh(greeting([priya], { card: changedCard }));

    expect(await settled()).toEqual([{ ...sent, attempts: 2, uncertain: 0 }]);
    expect(cardsOf(priya)).toEqual([changedCard()]);
    await out.refresh(greeting([priya]));
    expect(await settled()).toMatchObject([sent]);
    expect(cardsOf(priya)).toEqual([greeting([]).card(texts.for('greeting', 'en'))]);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'its moment is over',
      () =>
        opened.database.db
          .updateTable('messages')
          .set({ expires_at: new Date(now().getTime() - 1) })
          .execute(),
    ],
    [
      'the person wants no more messages',
      () =>
        opened.database.db
          .insertInto('opt_outs')
          .values({ community: sampleTeam.id, person: priya, since: now() })
          .execute(),
    ],
  ])('but not when %s: then the chat is forgotten and the log says why', async (_why, change) => {
    const out = server();
    await out.post(greeting([priya]));
    await settled();
    await change();
    microsoft365.connector.forgetChat(priya);

    await out.refresh(greeting([priya], { card: changedCard }));

    expect(await settled()).toMatchObject([{ state: 'sent', reason: 'conversation-gone' }]);
    expect(cardsOf(priya)).toEqual([]);
    expect(
      await opened.database.db
        .selectFrom('chats')
        .select('conversation_id')
        .where('person', '=', priya)
        .executeTakeFirst(),
    ).toEqual({ conversation_id: null });
  });

  describe('when Microsoft moves the tenant to another address', () => {
    afterEach(() => microsoft365.connector.move(''));
    const knowsB = (person: string) =>
      opened.database.db
        .insertInto('chats')
        .values({
          person,
          user_id: `29:${person}`,
          conversation_id: null,
          service_url: `${microsoft365.url}/connector/emea/`,
          locale: null,
          time_zone: null,
          heard_at: now(),
        })
        .execute();

    test.each([403, 404] as const)(
      'what anybody told of the new one gets everything through, in one go: the old one answers %d',
      async answer => {
        const out = server();
        await out.post(greeting([priya]));
        await settled();
        microsoft365.connector.move('emea', { answer });
        await knowsB(helen);
        microsoft365.connector.tally.clear();

        await out.post(greeting([priya, tomasz], { period: `${period} b` }));
        await out.post({ ...inChannel(), period: `${period} c` });
        await out.refresh(greeting([priya], { card: changedCard }));

        expect((await settled(4)).every(({ state, reason }) => state === 'sent' && reason === null)).toBe(true);
        expect(copies()).toBe(3);
        expect(gone).toEqual([]);
        const known = await opened.database.db.selectFrom('chats').select('service_url').distinct().execute();
        expect(known).toEqual([{ service_url: `${microsoft365.url}/connector/emea/` }]);
      },
    );

    test('while nobody told of it, everything goes by the address for whom none is known', async () => {
      const out = server();
      await out.post(greeting([priya]));
      await settled();
      microsoft365.connector.move('emea');

      await out.post(greeting([priya, tomasz], { period: `${period} b` }));
      await out.post({ ...inChannel(), period: `${period} c` });

      expect((await settled(4)).map(({ state, attempts }) => [state, attempts])).toEqual(Array(4).fill(['sent', 1]));
    });

    test('where that does not answer either nothing is lost: it leaves when somebody told of the new one', async () => {
      const out = server({ lastResort: false });
      await out.post(greeting([priya]));
      await settled();
      microsoft365.connector.move('emea');

      await out.post(greeting([priya], { period: `${period} b` }));
      await eventually('the reason', async () => (await rows()).some(({ reason }) => reason === 'unavailable'));
      await knowsB(helen);

      expect((await settled(2)).map(({ state }) => state)).toEqual(['sent', 'sent']);
    });

    test('a channel is not taken for deleted where the whole team is unknown', async () => {
      await opened.database.db.updateTable('communities').set({ channel_id: '19:other@thread.tacv2' }).execute();
      microsoft365.connector.move('emea', { answer: 404 });

      await server({ lastResort: false }).post(inChannel());

      expect(await settled()).toMatchObject([{ state: 'refused', reason: 'conversation-gone' }]);
      expect(gone).toEqual([]);
    });

    test('one person alone is reached where they are, and the others where they were', async () => {
      const out = server();
      await out.post(greeting([priya, tomasz]));
      await settled(2);
      microsoft365.connector.move('fr', { person: tomasz });
      await opened.database.db
        .updateTable('chats')
        .set({ service_url: `${microsoft365.url}/connector/fr/` })
        .where('person', '=', tomasz)
        .execute();
      microsoft365.connector.tally.clear();

      await out.post(greeting([priya, tomasz], { period: `${period} b` }));

      expect((await settled(4)).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1]);
      expect(microsoft365.connector.tally.answers()).toEqual({ 201: 2 });
    });
  });

  test('a channel that is gone gives way to General', async () => {
    const { db } = opened.database;
    await db.updateTable('communities').set({ channel_id: '19:gone@thread.tacv2' }).execute();

    await server().post(inChannel());

    expect(await settled()).toEqual([{ ...sent, attempts: 2, uncertain: 0 }]);
    expect(gone).toEqual([`${sampleTeam.id} 19:gone@thread.tacv2`]);
    expect(copies()).toBe(1);
  });

  test('loses nothing while the app’s registration is gone', async () => {
    await server({ appId: '00000000-0000-4000-8000-00000000dead' }).post(greeting([priya, helen]));
    await eventually('the reason', async () => (await rows()).some(({ reason }) => reason === 'not-authorised'));
    const meanwhile = await rows();
    await senders.pop()?.stop();

    server();

    expect(meanwhile.map(({ state }) => state)).not.toContain('refused');
    expect(meanwhile.map(({ detail }) => detail)).toContain('no answer unauthorized_client');
    expect((await settled(2)).map(({ state, reason }) => ({ state, reason }))).toEqual([
      { state: 'sent', reason: null },
      { state: 'sent', reason: null },
    ]);
    expect(copies()).toBe(2);
  });

  test('who blocked the app, who is not in the team and who left are each a reason; the others get theirs', async () => {
    microsoft365.connector.block(tomasz, true);

    await server().post(greeting([priya, tomasz, jonas]));

    const found = await settled(3);
    expect(
      found
        .map(({ state, reason }) => ({ state, reason }))
        .toSorted((a, b) => String(a.reason).localeCompare(String(b.reason))),
    ).toEqual([
      { state: 'refused', reason: 'blocked' },
      { state: 'refused', reason: 'not-in-roster' },
      { state: 'sent', reason: null },
    ]);
  });

  test('stops after five outcomes that nobody knows: each may have left a copy', async () => {
    await server().post(greeting([helen]));
    await settled();
    await opened.database.db
      .updateTable('messages')
      .set({ state: 'waiting', uncertain: 4, next_at: new Date(0) })
      .execute();
    microsoft365.connector.faults.add({ call: 'send', answer: { status: 504 }, taken: true });

    expect(await settled()).toEqual([
      { state: 'refused', reason: 'unavailable', detail: '504 ServiceError', attempts: 2, uncertain: 5 },
    ]);
  });

  test('a message whose server died with it is sent by another, and the doubt is counted', async () => {
    const outbox = server();
    await Promise.all(senders.map(sender => sender.stop()));
    await outbox.post(greeting([priya]));
    await opened.database.db.updateTable('messages').set({ state: 'sending', attempts: 1 }).execute();

    server();

    expect(await settled()).toEqual([{ ...sent, attempts: 2, uncertain: 1 }]);
  });

  test('what waits for its turn is not in doubt: only a call that is about to be made is noted as one', async () => {
    const outbox = server({ perSecond: 1 });
    await outbox.post(greeting([priya, tomasz, helen]));

    await eventually('messages in hand', async () => (await leased()) === 3);

    const taken = await rows();
    expect(taken.filter(row => row.state === 'sending').length).toBeLessThanOrEqual(1);
    // What is not noted as a call has not cost an attempt either.
    expect(taken.filter(row => row.state === 'waiting').every(row => row.attempts === 0)).toBe(true);
  });

  test('what is settled while it waits for its turn is not sent any more', async () => {
    const outbox = server({ perSecond: 1.5 });
    await outbox.post(greeting([priya]));
    await settled();
    await outbox.post({ ...greeting([priya]), period: `${period} next` });
    await eventually('the message in hand', async () => (await leased()) === 1);

    await settleWaiting(opened.database.db, { community: sampleTeam.id, reason: 'app-removed', at: now() });
    await Promise.all(senders.map(sender => sender.stop()));
    server();
    await new Promise(resolve => setTimeout(resolve, 1000));

    expect(
      (await rows()).map(({ state, reason }) => ({ state, reason })).toSorted((a, b) => a.state.localeCompare(b.state)),
    ).toEqual([
      { state: 'refused', reason: 'app-removed' },
      { state: 'sent', reason: null },
    ]);
    expect(copies()).toBe(1);
  });

  test('an update is repeated until it is through, and is never a new message', async () => {
    const outbox = server();
    await outbox.post(inChannel());
    await settled();
    microsoft365.connector.faults.add({ call: 'update', answer: { status: 504 }, taken: true, count: 1 });
    microsoft365.connector.faults.add({ call: 'update', answer: 'reset', count: 1 });

    await outbox.refresh({
      ...inChannel(),
      card: () => ({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'new' }] }),
    });

    expect(await settled()).toEqual([{ ...sent, attempts: 4, uncertain: 0 }]);
    expect(copies()).toBe(1);
  });

  test('an update of a message that is gone is settled, and the message stays sent', async () => {
    const outbox = server();
    await outbox.post(inChannel());
    await settled();
    microsoft365.connector.faults.add({
      call: 'update',
      answer: { status: 404, code: 'ActivityNotFoundInConversation' },
    });

    await outbox.refresh({
      ...inChannel(),
      card: () => ({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'new' }] }),
    });

    expect(await settled()).toEqual([
      {
        state: 'sent',
        reason: 'conversation-gone',
        detail: '404 ActivityNotFoundInConversation',
        attempts: 2,
        uncertain: 0,
      },
    ]);
  });

  test('keeps to the limits that Teams sets each thread, and never writes there twice at once', async () => {
    microsoft365.connector.enforceLimits = true;
    const outbox = server({ perSecond: tenantRate });

    for (let index = 0; index < 10; index++) await outbox.post({ ...inChannel(), period: `${period} ${index}` });

    expect(await settled(10)).toEqual(Array.from({ length: 10 }, () => ({ ...sent, attempts: 1, uncertain: 0 })));
    expect(microsoft365.connector.tally.answers()).toEqual({ 201: 10 });
  });

  test('what is for few does not wait behind what is for many', async () => {
    const outbox = server({ perSecond: 15 });
    await outbox.post({ ...greeting([priya]), period: 'so that the chat is open' });
    await settled();
    const crowd = Array.from(
      { length: 100 },
      (_, index) => `99999999-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    await outbox.post({ ...greeting(crowd), period: 'many' });

    await outbox.post(greeting([priya]));

    await eventually(
      'the one message',
      async () =>
        (
          await opened.database.db
            .selectFrom('messages')
            .select('id')
            .where('recipient', '=', priya)
            .where('state', '=', 'sent')
            .execute()
        ).length === 2,
    );
    const waiting = await opened.database.db
      .selectFrom('messages')
      .select('id')
      .where('period', '=', 'many')
      .where('state', '=', 'waiting')
      .execute();
    expect(waiting.length).toBeGreaterThan(40);
  });

  test('five senders on one database send each message once', async () => {
    const everybody = samplePeople.filter(person => person.role !== 'newcomer').map(person => person.id);
    const outboxes = Array.from({ length: 5 }, () => server());

    await Promise.all(
      outboxes.flatMap(outbox =>
        ['a', 'b', 'c'].map(part => outbox.post({ ...greeting(everybody), period: `${period} ${part}` })),
      ),
    );

    expect(await settled(3 * everybody.length)).toEqual(
      Array.from({ length: 3 * everybody.length }, () => ({ ...sent, attempts: 1, uncertain: 0 })),
    );
    expect(copies()).toBe(3 * everybody.length);
  });

  test('stopping lets calls in flight finish and gives back the rest', async () => {
    microsoft365.connector.faults.latency = { from: 300, to: 300 };
    const outbox = server({ perSecond: 5 });
    await outbox.post(greeting(samplePeople.slice(0, 10).map(person => person.id)));
    await eventually('something in flight', async () => (await rows()).some(row => row.state === 'sending'));

    const began = performance.now();
    await senders[0]?.stop();
    const seconds = (performance.now() - began) / 1000;
    microsoft365.connector.faults.latency = { from: 0, to: 0 };

    expect(seconds).toBeLessThan(5);
    expect((await rows()).filter(row => row.state === 'sending' || row.uncertain > 0)).toEqual([]);
    expect((await rows()).filter(row => row.state === 'sent')).toHaveLength(copies());
  });
});
