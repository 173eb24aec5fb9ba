import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Claimed } from '../../../bot/messages/claim.ts';
import { createClaim } from '../../../bot/messages/claim.ts';
import { createOutbox } from '../../../bot/messages/outbox.ts';
import { createOutcomeNotes, type NotDelivered } from '../../../bot/messages/outcome.ts';
import { createTexts } from '../../../bot/text.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';

const database = createEngines();
afterAll(() => database.stop());

const now = (): Date => new Date('2026-11-23T09:00:00Z');
const delivered = (conversationId: string) => ({
  isDelivered: true as const,
  isMarked: false,
  callsMade: 1,
  posted: { conversationId, activityId: 'activity' },
  sentAt: now(),
});

describe.each(engines)('what became of messages, on %s', engine => {
  let opened: OpenedEngine;
  let claimed: readonly Claimed[];
  let note: ReturnType<typeof createOutcomeNotes>;

  beforeAll(async () => {
    opened = await database.open(engine);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    const { db } = opened.database;
    await db
      .insertInto('communities')
      .values({
        ...{ id: 'c', name: 'C', thread_id: 'general', channel_id: 'general', service_url: 'https://smba.example/' },
        ...{ installed_by: null, installed_at: now(), settings: null, removed_at: null },
      })
      .execute();
    await createOutbox({ db, texts: createTexts({ greeting: { en: {} } }), now, wake: () => {} }).post({
      community: 'c',
      kind: 'greeting.card',
      period: '1',
      to: ['ann', 'ben', 'cleo'].map(id => ({ person: { id, name: '' } })),
      card: () => ({ type: 'AdaptiveCard', version: '1.5', body: [] }),
      summary: () => 'greeting',
    });
    claimed = (await createClaim(db, now)(12)).toSorted((a, b) => a.message.thread.localeCompare(b.message.thread));
    note = createOutcomeNotes({ db, now, log: pino({ level: 'silent' }) });
  });
  afterEach(async () => {
    await opened.database.db.deleteFrom('communities').execute();
    await opened.database.db.deleteFrom('threads').execute();
  });

  const rows = () =>
    opened.database.db
      .selectFrom('messages')
      .select(['recipient', 'state', 'attempts', 'conversation_id', 'detail', 'sent_version', 'next_at'])
      .orderBy('recipient')
      .execute();

  test('those of one moment are written together, each to its own message', async () => {
    const { db } = opened.database;
    await Promise.all(claimed.map(one => note(one, delivered(`chat of ${one.message.recipient}`))));

    expect(await rows()).toEqual(
      ['ann', 'ben', 'cleo'].map(recipient => ({
        ...{ recipient, state: 'sent', attempts: 1, sent_version: 1, next_at: null, detail: null },
        conversation_id: `chat of ${recipient}`,
      })),
    );
    const threads = await db.selectFrom('threads').select(['calls', 'busy_until']).execute();
    expect(threads.map(({ calls }) => calls.length)).toEqual([1, 1, 1]);
    // Each may be written to again.
    expect(threads.every(({ busy_until: until }) => until < Date.now() + 1000)).toBe(true);
  });

  test('a refresh that comes meanwhile is not lost', async () => {
    const { db } = opened.database;
    await db.updateTable('messages').set({ version: 2 }).where('recipient', '=', 'ben').execute();
    await Promise.all(claimed.map(one => note(one, delivered('chat'))));

    expect((await rows()).map(({ sent_version: sent, next_at: next }) => [sent, next !== null])).toEqual([
      [1, false],
      [1, true],
      [1, false],
    ]);
  });

  test('a server that comes too late frees no lease of another, and writes over nothing', async () => {
    const { db } = opened.database;
    await db.updateTable('threads').set({ busy_until: 0 }).where('thread', '=', 'ben').execute();
    const [later] = await createClaim(db, now)(12);
    await db
      .updateTable('messages')
      .set({ state: 'sending', attempts: 1 })
      .where('id', '=', later!.message.id)
      .execute();

    await Promise.all(
      claimed.map(one => note(one, { isDelivered: false, isMarked: false, callsMade: 0, state: null, again: 0 })),
    );

    const ben = (await rows()).find(({ recipient }) => recipient === 'ben');
    expect(ben).toMatchObject({ state: 'sending', attempts: 1 });
    const thread = await db
      .selectFrom('threads')
      .select('busy_until')
      .where('thread', '=', 'ben')
      .executeTakeFirstOrThrow();
    expect(thread.busy_until).toBe(later!.leaseEnd);
  });

  test('whatever Teams says is written down, and holds up none of the others', async () => {
    const said: NotDelivered = {
      ...{ isDelivered: false, state: 'refused', again: 'never' },
      failure: { reason: 'unknown', detail: 'half \ud83d of it,\0 and "more"', failures: 1, uncertain: 0 },
    };
    await Promise.all(
      claimed.map((one, index) =>
        note(one, index === 0 ? { ...said, isMarked: false, callsMade: 1 } : delivered('chat')),
      ),
    );

    expect((await rows()).map(({ state, detail }) => [state, detail])).toEqual([
      ['refused', 'half \ufffd of it, and "more"'],
      ['sent', null],
      ['sent', null],
    ]);
  });

  // One connection serves everybody in the embedded database: nobody else holds a row there.
  if (engine === 'the embedded database') return;
  test('one that somebody else is writing is waited for alone', async () => {
    const { db } = opened.database;
    const [ann, ...others] = claimed;
    const held = Promise.withResolvers<void>();
    const isLocked = Promise.withResolvers<void>();
    const refresh = db.transaction().execute(async transaction => {
      await transaction.updateTable('messages').set({ version: 2 }).where('id', '=', ann!.message.id).execute();
      isLocked.resolve();
      await held.promise;
    });
    await isLocked.promise;
    const waits = note(ann!, delivered('chat'));
    await Promise.all(others.map(one => note(one, delivered('chat'))));

    expect((await rows()).map(({ state }) => state)).toEqual(['waiting', 'sent', 'sent']);
    held.resolve();
    await Promise.all([refresh, waits]);
    expect((await rows())[0]).toMatchObject({ state: 'sent', sent_version: 1, next_at: expect.any(Date) });
  });
});
