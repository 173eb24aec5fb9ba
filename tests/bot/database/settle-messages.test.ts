import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { settleWaiting } from '../../../bot/database/settle-messages.ts';
import { createCommunities } from '../../../bot/database/communities.ts';
import { createSettingsList, settingsKey } from '../../../bot/lists/settings-list.ts';
import { createClaim } from '../../../bot/messages/claim.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';
import { settings } from '../../support/feature-parts.ts';

const databases = createEngines();
afterAll(() => databases.stop());

const now = new Date('2026-11-23T09:00:00Z');

/** Whichever way a message is settled, what it says is gone with the same statement. */
describe.each(engines)('what a message says, in %s,', engine => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await databases.open(engine);
  });
  afterAll(() => opened.close());
  const communities = () =>
    createCommunities(
      opened.database.db,
      () => now,
      async () => {},
      async () => {},
    );

  beforeEach(async () => {
    const { db } = opened.database;
    await db.deleteFrom('communities').execute();
    await db.deleteFrom('threads').execute();
    await communities().install({
      id: 'cedar',
      name: 'Cedar',
      generalChannelId: '19:cedar',
      channelId: '19:cedar',
      serviceUrl: 'http://localhost',
      by: null,
    });
    await createSettingsList(db, 'cedar').create({ key: settingsKey, settings: settings() });
    await db
      .insertInto('messages')
      .values({
        id: 'm',
        community: 'cedar',
        kind: 'roles.offer',
        period: 'once',
        recipient: 'priya',
        thread: 'priya',
        card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'MARKER' }] },
        summary: 'MARKER',
        state: 'waiting',
        reason: null,
        sent_version: null,
        conversation_id: null,
        activity_id: null,
        created_at: now,
        changed_at: now,
        expires_at: new Date(now.getTime() + 1000),
        next_at: new Date(0),
      })
      .execute();
  });
  async function stored(): Promise<string> {
    return JSON.stringify(await opened.database.db.selectFrom('messages').selectAll().executeTakeFirstOrThrow());
  }

  test('is there while it waits, and while it is taken up', async () => {
    await createClaim(opened.database.db, () => now)(10);

    expect(await stored()).toContain('MARKER');
  });

  test.each<[string, () => Promise<unknown>]>([
    ['the app is removed', () => communities().uninstall('cedar')],
    ['the team is archived', () => communities().archive('cedar', true)],
    ['the person has left', () => communities().left('cedar', ['priya'])],
    [
      'the person has blocked the app',
      () => settleWaiting(opened.database.db, { people: ['priya'], reason: 'blocked', at: now }),
    ],
    ['its moment is over', () => createClaim(opened.database.db, () => new Date(now.getTime() + 2000))(10)],
    [
      'the person wants no messages',
      async () => {
        await opened.database.db
          .insertInto('opt_outs')
          .values({ community: 'cedar', person: 'priya', since: now })
          .execute();
        await createClaim(opened.database.db, () => now)(10);
      },
    ],
    ['it was sent', () => opened.database.db.updateTable('messages').set({ state: 'sent', next_at: null }).execute()],
    [
      'the app is removed after it was sent',
      async () => {
        await opened.database.db
          .updateTable('messages')
          .set({ state: 'sent', conversation_id: 'a', activity_id: 'b' })
          .execute();
        await communities().uninstall('cedar');
      },
    ],
  ])('is gone when %s', async (_when, settle) => {
    await settle();

    const row = await opened.database.db
      .selectFrom('messages')
      .select(['next_at', 'card', 'summary'])
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ next_at: null, card: {}, summary: '' });
    expect(await stored()).not.toContain('MARKER');
  });
});
