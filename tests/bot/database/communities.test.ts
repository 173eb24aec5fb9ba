import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createCommunities, type Installation, type Installations } from '../../../bot/database/communities.ts';
import type { DeliveryState } from '../../../domain/delivery/delivery.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';
import { settings } from '../../support/feature-parts.ts';
import { knownCommunity } from '../../support/known-community.ts';

const database = createEngines();
afterAll(() => database.stop());

describe.each(engines)('communities on %s', engine => {
  let opened: OpenedEngine;
  let communities: Installations;
  let now: Date;
  let planned: string[];

  beforeAll(async () => {
    opened = await database.open(engine);
    communities = createCommunities(
      opened.database.db,
      () => now,
      async ({ id }) => void planned.push(id),
      async () => {},
    );
  });
  beforeEach(async () => {
    now = new Date('2026-11-22T10:00:00Z');
    planned = [];
    await opened.database.db.deleteFrom('communities').execute();
    await opened.database.db.deleteFrom('chats').execute();
    for (const id of ['here', 'there']) {
      await knownCommunity(opened.database.db, id, settings());
      await opened.database.db
        .insertInto('due')
        .values({ community: id, job: 'facilitation.week', due_at: now })
        .execute();
    }
    for (const [community, person] of [
      ['here', 'ann'],
      ['here', 'ben'],
      ['there', 'ben'],
    ] as const) {
      await communities.met(community, person);
      await opened.database.db
        .insertInto('chats')
        .values({
          person,
          user_id: `29:${person}`,
          conversation_id: `a:${person}`,
          service_url: 'http://localhost',
          locale: null,
          time_zone: null,
        })
        .onConflict(conflict => conflict.doNothing())
        .execute();
    }
    planned = [];
  });
  afterAll(() => opened.close());

  function installation(id: string): Installation {
    return {
      id,
      name: id,
      generalChannelId: `19:${id}`,
      channelId: `19:${id}-channel`,
      serviceUrl: 'http://localhost',
      by: null,
    };
  }
  async function message(community: string, recipient: string, state: DeliveryState): Promise<void> {
    await opened.database.db
      .insertInto('messages')
      .values({
        id: randomUUID(),
        community,
        kind: `k.${state}`,
        period: 'p',
        recipient,
        thread: recipient,
        card: { type: 'AdaptiveCard' },
        summary: '',
        state,
        reason: null,
        sent_version: state === 'sent' ? 1 : null,
        conversation_id: state === 'sent' ? 'a:chat' : null,
        activity_id: state === 'sent' ? '1' : null,
        next_at: state === 'sent' ? null : now,
        created_at: now,
        changed_at: now,
        expires_at: null,
      })
      .execute();
  }
  async function messages(community: string) {
    return (
      await opened.database.db
        .selectFrom('messages')
        .select(['recipient', 'state', 'reason', 'next_at', 'conversation_id'])
        .where('community', '=', community)
        .orderBy('recipient')
        .orderBy('kind')
        .execute()
    ).map(
      ({ recipient, state, reason, next_at: next, conversation_id: chat }) =>
        `${recipient} ${state} ${reason ?? '–'} ${next ? 'to be sent' : 'settled'}${chat ? ` in ${chat}` : ''}`,
    );
  }
  async function chats(): Promise<string[]> {
    return (await opened.database.db.selectFrom('chats').select('person').orderBy('person').execute()).map(
      ({ person }) => person,
    );
  }
  async function due(): Promise<string[]> {
    return (await opened.database.db.selectFrom('due').select('community').execute())
      .map(({ community }) => community)
      .toSorted();
  }

  test.each([
    ['app-removed', 'the app was removed'],
    ['team-gone', 'the team was deleted'],
  ] as const)(
    'without the app (%s: %s) nothing is due, nothing waits, nobody’s chat is known',
    async (why, _reason) => {
      for (const [to, state] of [
        ['ann', 'waiting'],
        ['ann', 'sent'],
        ['channel', 'sending'],
      ] as const)
        await message('here', to, state);
      await message('there', 'ben', 'waiting');

      await communities.uninstall('here', why);
      await communities.uninstall('here', why);

      expect({
        here: await messages('here'),
        there: await messages('there'),
        due: await due(),
        chats: await chats(),
        found: await communities.find('here'),
      }).toEqual({
        here: ['ann sent – settled', `ann refused ${why} settled`, `channel refused ${why} settled`],
        there: ['ben waiting – to be sent'],
        due: ['there'],
        // Ben is met elsewhere too.
        chats: ['ben'],
        found: undefined,
      });
    },
  );

  test('added again it is set up as it was, whoever adds it', async () => {
    await communities.uninstall('here');
    now = new Date('2026-11-22T11:00:00Z');

    const news = await communities.install({ ...installation('here'), by: { id: 'mallory', name: 'Mallory' } });

    expect({ news, community: await communities.find('here') }).toEqual({
      news: true,
      community: {
        id: 'here',
        name: 'here',
        settings: settings(),
        installedBy: { id: 'mallory', name: 'Mallory' },
        installedAt: '2026-11-22T11:00:00.000Z',
      },
    });
  });

  test('brings along who was accepted into which role, and nobody whose role ended or cannot be read', async () => {
    const row = (role: string, held: boolean) =>
      JSON.stringify({ role, person: { id: 'ann', name: 'Ann' }, held, changedBy: {}, changedAt: '' });
    await opened.database.db
      .insertInto('rows')
      .values(
        [
          ['here', 'acceptances', row('member-support', true)],
          ['here', 'acceptances', row('scout', false)],
          ['here', 'acceptances', '{"role":"teams-administrator"'],
          ['here', 'offers', row('teams-administrator', true)],
          ['there', 'acceptances', row('teams-administrator', true)],
        ].map(([community, list, value], index) => ({
          community: community!,
          list: list!,
          key: String(index),
          value: value!,
          marks: [],
          changed_at: now,
          changed_by: null,
        })),
      )
      .execute();
    const expected = [{ role: 'member-support', person: 'ann' }];

    expect((await communities.find('here'))?.acceptances).toEqual(expected);
    expect((await communities.perhapsOf('ann')).map(({ acceptances }) => acceptances)).toEqual([expected]);
    await communities.uninstall('here');
    await communities.install(installation('here'));
    expect((await communities.find('here'))?.acceptances).toEqual(expected);
  });

  test.each([
    ['2026-11-22T10:00:00Z', false, 'from before the removal: it only arrived late'],
    ['2026-11-22T10:00:01Z', true, 'from after it: the app is there again'],
  ])('a sign of life of %s brings it back: %s (%s)', async (seenAt, expected) => {
    await communities.uninstall('here');

    const news = await communities.install({ ...installation('here'), seenAt: new Date(seenAt) });

    expect({ news, found: (await communities.find('here')) !== undefined }).toEqual({
      news: expected,
      found: expected,
    });
  });

  test('an archived team is left in peace until it is brought back', async () => {
    await message('here', 'ann', 'waiting');
    await message('here', 'ben', 'sent');

    await communities.archive('here', true);
    await communities.planAnew('here');
    expect({
      messages: await messages('here'),
      due: await due(),
      planned,
      found: (await communities.find('here'))?.id,
    }).toEqual({
      messages: ['ann refused archived settled', 'ben sent – settled in a:chat'],
      due: ['there'],
      planned: [],
      found: 'here',
    });

    await communities.archive('here', false);
    expect(planned).toEqual(['here']);
  });

  test('a deleted channel gives way to General, another one does not', async () => {
    const answers = [
      await communities.hasChannel('here', '19:another'),
      await communities.hasChannel('here', '19:here-channel'),
    ];
    await communities.moveToGeneral('here');
    answers.push(
      await communities.hasChannel('here', '19:here-channel'),
      await communities.hasChannel('here', '19:here'),
    );

    const place = await opened.database.db
      .selectFrom('communities')
      .select('channel_id')
      .where('id', '=', 'here')
      .executeTakeFirst();
    expect({ answers, place }).toEqual({ answers: [false, true, false, false], place: { channel_id: '19:here' } });
  });

  test('a restored channel takes its place again, and only that one', async () => {
    await communities.moveToGeneral('here');
    await communities.moveToGeneral('here');
    const had = [
      await communities.hadChannel('here', '19:another'),
      await communities.hadChannel('here', '19:here'),
      await communities.hadChannel('here', '19:here-channel'),
    ];
    await communities.moveBack('here');
    await communities.moveBack('here');

    expect({ had, now: await communities.channelOf('here') }).toEqual({
      had: [false, false, true],
      now: '19:here-channel',
    });
    expect(await communities.hadChannel('here', '19:here-channel')).toBe(false);
  });

  test('who left gets nothing more, and is forgotten when they are nowhere else', async () => {
    for (const to of ['ann', 'ben', 'channel']) await message('here', to, 'waiting');

    await communities.left('here', ['ann', 'ben']);

    expect({
      messages: await messages('here'),
      chats: await chats(),
      known: (await communities.perhapsOf('ben')).map(({ id }) => id),
    }).toEqual({
      messages: [
        'ann refused not-in-roster settled',
        'ben refused not-in-roster settled',
        'channel waiting – to be sent',
      ],
      chats: ['ben'],
      known: ['there'],
    });
  });

  test('nobody leaving changes nothing', async () => {
    await message('here', 'ann', 'waiting');

    await communities.left('here', []);

    expect({ messages: await messages('here'), chats: await chats() }).toEqual({
      messages: ['ann waiting – to be sent'],
      chats: ['ann', 'ben'],
    });
  });
});
