import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { TeamsActivity } from '../../../bot/teams/activity.ts';
import { createConversationReferences, type ConversationReferences } from '../../../bot/teams/conversations.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';

const database = createEngines();
afterAll(() => database.stop());

function said(more: object = {}): TeamsActivity {
  return TeamsActivity.parse({
    type: 'message',
    id: '1',
    serviceUrl: 'https://smba.example/emea/',
    channelId: 'msteams',
    from: { id: '29:ann', aadObjectId: 'ann', name: 'Ann' },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:ann', conversationType: 'personal', tenantId: 't' },
    locale: 'en-GB',
    localTimezone: 'Europe/London',
    ...more,
  });
}

describe.each(engines)('conversation references on %s', engine => {
  let opened: OpenedEngine;
  /** As two servers have them on one database. */
  let one: ConversationReferences;
  let other: ConversationReferences;

  beforeAll(async () => {
    opened = await database.open(engine);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.database.db.deleteFrom('chats').execute();
    [one, other] = [0, 1].map(() => createConversationReferences(opened.database.db, () => new Date())) as [
      ConversationReferences,
      ConversationReferences,
    ];
  });
  const row = () => opened.database.db.selectFrom('chats').selectAll().executeTakeFirst();

  test('a chat that was closed is known again to every server that sees it', async () => {
    await one.observe(said());
    await other.observe(said());
    await one.forgetPerson('ann');

    await other.observe(said());

    expect(await row()).toMatchObject({ person: 'ann', conversation_id: 'a:ann', locale: 'en-GB' });
    expect(await one.chatOf('ann')).toEqual({ conversationId: 'a:ann', userId: '29:ann' });
  });

  test.each([
    ['language', { locale: 'de-DE' }, { locale: 'de-DE' }],
    ['zone', { localTimezone: 'Asia/Tokyo' }, { time_zone: 'Asia/Tokyo' }],
    ['address', { serviceUrl: 'https://smba.example/amer/' }, { service_url: 'https://smba.example/amer/' }],
  ])('a new %s is kept, whichever server saw the old one', async (_what, change, expected) => {
    await one.observe(said());
    await other.observe(said(change));
    await one.observe(said());
    await other.observe(said(change));

    expect(await row()).toMatchObject(expected);
  });

  test('what is said in a channel leaves the chat and what it does not say as they are', async () => {
    await one.observe(said());

    await one.observe(
      said({
        conversation: { id: '19:general', conversationType: 'channel', tenantId: 't' },
        locale: undefined,
        localTimezone: undefined,
      }),
    );

    expect(await row()).toMatchObject({
      conversation_id: 'a:ann',
      locale: 'en-GB',
      time_zone: 'Europe/London',
    });
  });

  test('what is known already is not written again', async () => {
    const written = async () =>
      (await sql<{ xmin: string; ctid: string }>`SELECT xmin::text, ctid::text FROM chats`.execute(opened.database.db))
        .rows;
    await one.observe(said());
    const before = await written();

    await one.observe(said());
    await other.observe(said());

    expect(await written()).toEqual(before);
  });
});
