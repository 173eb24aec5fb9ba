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
    expect(await one.chatOf('ann')).toEqual({
      conversationId: 'a:ann',
      userId: '29:ann',
      serviceUrl: 'https://smba.example/emea/',
    });
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

  test('the newest is believed, whichever comes first: an activity that was late changes nothing', async () => {
    const emea = { serviceUrl: 'https://smba.example/emea/', timestamp: '2026-11-23T09:00:00Z' };
    const amer = { serviceUrl: 'https://smba.example/amer/', timestamp: '2026-11-23T10:00:00Z' };
    const chatBefore = { conversation: { id: 'a:before', conversationType: 'personal' }, locale: 'fr-FR' };
    await one.observe(said({ ...amer, locale: 'de-DE' }));

    await other.observe(said({ ...emea, ...chatBefore }));

    expect(await row()).toMatchObject({ service_url: amer.serviceUrl, conversation_id: 'a:ann', locale: 'de-DE' });
  });

  test('a time that is still to come is that of a wrong clock, and believed no longer than to the next activity', async () => {
    await one.observe(said({ timestamp: '2999-01-01T00:00:00Z' }));

    await one.observe(said({ serviceUrl: 'https://smba.example/amer/' }));

    expect(await row()).toMatchObject({ service_url: 'https://smba.example/amer/' });
  });

  test('a message’s menu, which is open in other people’s chats too, says the address and not the chat', async () => {
    await one.observe(said());

    await one.observe(
      said({
        serviceUrl: 'https://smba.example/amer/',
        conversation: { id: '19:ann_ben@unq.gbl.spaces', conversationType: 'personal' },
      }),
      false,
    );

    expect(await row()).toMatchObject({ service_url: 'https://smba.example/amer/', conversation_id: 'a:ann' });
  });

  describe('of a team', () => {
    const inTeam = (more: object = {}) => said({ channelData: { team: { id: '19:team' } }, ...more });
    const team = () => one.teamOf('team');
    beforeEach(async () => {
      const { db } = opened.database;
      await db.deleteFrom('communities').execute();
      await db
        .insertInto('communities')
        .values({
          id: 'team',
          name: 'C',
          thread_id: '19:team',
          channel_id: '19:team',
          service_url: 'https://smba.example/emea/',
          installed_by: null,
          installed_at: new Date(0),
          settings: null,
          removed_at: null,
        })
        .execute();
    });

    test('the address is what the newest activity in it says, whoever caused it', async () => {
      const amer = { serviceUrl: 'https://smba.example/amer/', timestamp: '2026-11-23T10:00:00Z' };
      await one.observe(inTeam({ ...amer, from: { id: '29:somebody' } }));
      await other.observe(inTeam({ timestamp: '2026-11-23T09:00:00Z' }));

      expect(await team()).toMatchObject({ serviceUrl: amer.serviceUrl });
    });

    test('what happens elsewhere says nothing of it', async () => {
      await one.observe(inTeam({ serviceUrl: 'https://x.example/', channelData: { team: { id: '19:other' } } }));
      await one.observe(said({ serviceUrl: 'https://x.example/' }));

      expect(await team()).toMatchObject({ serviceUrl: 'https://smba.example/emea/' });
    });

    test('all addresses that are known come newest first', async () => {
      await one.observe(said({ serviceUrl: 'https://smba.example/amer/', timestamp: '2026-11-23T10:00:00Z' }));
      await one.observe(inTeam({ from: { id: '29:somebody' }, timestamp: '2026-11-23T11:00:00Z' }));
      await one.observe(
        said({
          from: { id: '29:ben', aadObjectId: 'ben' },
          serviceUrl: 'https://smba.example/in/',
          timestamp: '2026-11-23T09:00:00Z',
        }),
      );

      expect(await one.addresses()).toEqual(['emea', 'amer', 'in'].map(part => `https://smba.example/${part}/`));
    });
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
