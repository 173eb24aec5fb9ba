import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFigures } from '../../../bot/database/figures.ts';
import { newestMigration } from '../../../bot/database/migrations.ts';
import type { Figures } from '../../../bot/ports.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';

const since = new Date('2026-11-20T00:00:00Z');
const before = new Date('2026-11-19T00:00:00Z');
const after = new Date('2026-11-21T00:00:00Z');

const available = createEngines();
afterAll(() => available.stop());

describe.each(engines)('figures in %s', engine => {
  let opened: OpenedEngine;
  let figures: Figures;
  beforeAll(async () => {
    opened = await available.open(engine);
    figures = createFigures(opened.database.db);
    for (const id of ['bees', 'carers']) await addCommunity(id);
    await addMessage('bees', 'waits', { state: 'waiting', next_at: after, created_at: before });
    await addMessage('carers', 'slow', { state: 'waiting', reason: 'throttled', next_at: after });
    // Sent, and waits for nothing but an update.
    await addMessage('bees', 'updating', { state: 'sent', next_at: after });
    await addMessage('bees', 'blocked', { state: 'refused', reason: 'blocked' });
    await addMessage('carers', 'blocked', { state: 'refused', reason: 'blocked' });
    await addMessage('bees', 'late', { state: 'expired', reason: 'missed' });
    await addMessage('bees', 'long ago', { state: 'refused', reason: 'blocked', created_at: before });
    await addMessage('bees', 'unwanted', { state: 'opted-out', reason: 'opted-out' });
    for (const [id, outcome, at, count] of [
      ['1', 'done', after, 1],
      ['2', 'refused', after, 40],
      ['3', 'done', before, 1],
    ] as const)
      await opened.database.db
        .insertInto('audit')
        .values({
          ...{
            id,
            at,
            outcome,
            count,
            last_at: at,
            person: 'p',
            community: null,
            act: 'plan.save',
            door: 'tab',
            via: '',
          },
          ...{ about: '', reason: null, request: null, repeats: null },
        })
        .execute();
  }, 120_000);
  afterAll(() => opened.close());

  async function addCommunity(id: string): Promise<void> {
    await opened.database.db
      .insertInto('communities')
      .values({
        ...{ id, name: id, thread_id: id, channel_id: id, service_url: 'https://example.org/', installed_by: null },
        ...{ installed_at: before, settings: null, removed_at: null },
      })
      .execute();
  }
  async function addMessage(community: string, period: string, more: object): Promise<void> {
    await opened.database.db
      .insertInto('messages')
      .values({
        ...{
          id: `${community} ${period}`,
          community,
          kind: 'plan.reminder',
          period,
          recipient: 'p',
          card: {} as never,
        },
        ...{ summary: '', sent_version: null, state: 'sent', reason: null, thread: 'p', expires_at: null },
        ...{ conversation_id: null, activity_id: null, created_at: after, changed_at: after },
        ...more,
      })
      .execute();
  }

  test('count what waits however old it is, and what did not arrive since then, by reason', async () => {
    expect(await figures.messages(since)).toEqual({
      waiting: [
        { reason: 'throttled', messages: 1, communities: 1 },
        { reason: null, messages: 1, communities: 1 },
      ],
      notDelivered: [
        { reason: 'blocked', messages: 2, communities: 2 },
        { reason: 'missed', messages: 1, communities: 1 },
      ],
    });
  });

  test('count the same of communities that are asked for', async () => {
    expect(await figures.messagesOf(['bees', 'elsewhere'], since)).toEqual(
      new Map([['bees', { waiting: 1, refused: 1 }]]),
    );
    expect(await figures.messagesOf([], since)).toEqual(new Map());
  });

  test('count acts, each of those that share a line', async () => {
    expect(await figures.acts(since)).toEqual({ done: 1, refused: 40, failed: 0 });
  });

  test('know the newest migration', async () => {
    expect(await figures.migration()).toBe(newestMigration);
  });
});
