import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCommunities } from '../../../bot/database/communities.ts';
import { createMissed } from '../../../bot/messages/missed.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';

const database = createEngines();
afterAll(() => database.stop());

describe.each(engines)('what was missed, on %s', engine => {
  let opened: OpenedEngine;
  const now = new Date('2026-11-24T12:00:00Z');
  beforeAll(async () => {
    opened = await database.open(engine);
    await createCommunities(
      opened.database.db,
      () => now,
      async () => {},
      async () => {},
    ).install({
      id: 'c',
      name: 'c',
      generalChannelId: '19:c',
      channelId: '19:c',
      serviceUrl: 'http://localhost',
      by: null,
    });
  });
  afterAll(() => opened.close());

  test('is noted once for each recipient, and never sent', async () => {
    const missed = createMissed(opened.database.db, () => now);
    const message = {
      community: 'c',
      kind: 'facilitation.week',
      period: '2026-11-23',
      to: [{ channel: true }, { person: { id: 'ann', name: 'Ann' } }],
    } as const;

    await missed(message);
    await missed({ ...message, to: [...message.to, { person: { id: 'ben', name: 'Ben' } }] });
    await missed({ ...message, to: [] });

    expect(
      await opened.database.db
        .selectFrom('messages')
        .select(['recipient', 'state', 'reason', 'attempts', 'next_at', 'created_at'])
        .orderBy('recipient')
        .execute(),
    ).toEqual(
      ['ann', 'ben', 'channel'].map(recipient => ({
        recipient,
        state: 'expired',
        reason: 'missed',
        attempts: 0,
        next_at: null,
        created_at: now,
      })),
    );
  });
});
