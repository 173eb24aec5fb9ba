import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tenant } from '../../../../infra/local/directory.ts';
import type { DeskEvent } from '../../../../infra/local/connector/index.ts';
import { samplePeople, sampleTeam } from '../../../../infra/local/sample-people.ts';
import { expectConsoleError } from '../../../support/console.ts';
import { cardMessage, openStage, respond, textMessage, type Stage } from './receiving-bot.ts';

const [priya = '', tomasz = ''] = samplePeople.map(person => person.id);
const [jonas = '', ruth = ''] = samplePeople.filter(person => person.role === 'newcomer').map(person => person.id);
const channel = sampleTeam.threadId;
const bot = { id: `28:${tenant.appId}`, name: tenant.appName };

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  stage.microsoft365.clock.moveTo(new Date('2026-07-06T08:00:00Z'));
  await stage.microsoft365.connector.installApp(sampleTeam.id, priya);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.heard.length = 0;
  stage.answer(async () => undefined);
});
const connector = () => stage.microsoft365.connector;
const card = (text: string, more: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  ...more,
});

describe('the app in a team', () => {
  test('is told of twice: an installationUpdate and its own arrival, both in the channel chosen', async () => {
    const own = await openStage();
    try {
      const deliveries = await own.microsoft365.connector.installApp(sampleTeam.id, priya);

      expect(deliveries.map(delivery => delivery.status)).toEqual([200, 200]);
      const [installed, added] = own.heard;
      expect(installed).toMatchObject({
        type: 'installationUpdate',
        action: 'add',
        from: { aadObjectId: priya, name: 'Priya Raman' },
        conversation: { id: channel, conversationType: 'channel', isGroup: true, tenantId: tenant.id },
      });
      expect(added).toMatchObject({
        type: 'conversationUpdate',
        channelId: 'msteams',
        membersAdded: [bot],
        recipient: bot,
        channelData: {
          eventType: 'teamMemberAdded',
          team: { id: channel, aadGroupId: sampleTeam.id, name: 'Data Storytellers' },
          settings: { selectedChannel: { id: channel } },
          tenant: { id: tenant.id },
        },
      });
    } finally {
      await own.close();
    }
  });

  test('cannot be added twice, nor by somebody from outside', async () => {
    await expect(connector().installApp(sampleTeam.id, priya)).rejects.toThrow('is in Data Storytellers already');
    await expect(connector().installApp(sampleTeam.id, jonas)).rejects.toThrow(
      'Jonas Weber is not in Data Storytellers',
    );
  });
});

describe('people of a team', () => {
  test('who join together come in one event, with conversation.id the team’s', async () => {
    const delivery = await connector().joins(sampleTeam.id, [jonas, ruth]);

    expect(delivery?.status).toBe(200);
    expect(stage.heard).toHaveLength(1);
    expect(stage.heard[0]).toMatchObject({
      type: 'conversationUpdate',
      conversation: { id: channel },
      membersAdded: [
        { id: `29:${jonas}`, aadObjectId: jonas },
        { id: `29:${ruth}`, aadObjectId: ruth },
      ],
      channelData: { eventType: 'teamMemberAdded' },
    });
    expect(stage.microsoft365.directory.team(sampleTeam.id)?.members.some(member => member.userId === jonas)).toBe(
      true,
    );
  });

  test('who leave are told of as well', async () => {
    await connector().leaves(sampleTeam.id, [ruth]);

    expect(stage.heard[0]).toMatchObject({
      membersRemoved: [{ id: `29:${ruth}` }],
      channelData: { eventType: 'teamMemberRemoved' },
    });
  });
});

describe('what people write', () => {
  test('reaches the bot from a chat as it is, with the person’s own zone and language', async () => {
    const { message, delivery } = await connector().says(tomasz, 'personal', 'help');

    expect(delivery?.status).toBe(200);
    expect(stage.heard[0]).toMatchObject({
      type: 'message',
      id: message.id,
      text: 'help',
      textFormat: 'plain',
      locale: 'pl-PL',
      localTimezone: 'Europe/London',
      conversation: { conversationType: 'personal', id: message.conversationId },
      entities: [{ type: 'clientInfo', locale: 'pl-PL', country: 'PL', platform: 'Web', timezone: 'Europe/London' }],
    });
    expect(String((stage.heard[0] as { rawLocalTimestamp?: string } | undefined)?.rawLocalTimestamp)).toMatch(
      /^2026-07-06T09:\d\d:\d\d\.\d{3}\+01:00$/,
    );
  });

  test('in a channel reaches it only with a mention, in a thread of its own', async () => {
    const unheard = await connector().says(priya, 'channel', 'just us', { mention: false });
    const { message } = await connector().says(priya, 'channel', 'charter');

    expect(unheard.delivery).toBeNull();
    expect(stage.heard).toHaveLength(1);
    expect(stage.heard[0]).toMatchObject({
      text: '<at>CoP Companion</at> charter',
      conversation: { id: `${channel};messageid=${message.id}` },
      channelData: { channel: { id: channel }, team: { id: channel }, teamsTeamId: channel, teamsChannelId: channel },
    });
    expect(stage.heard[0]?.entities?.[0]).toEqual({ type: 'mention', mentioned: bot, text: '<at>CoP Companion</at>' });
  });

  test('is kept although the bot could not be reached', async () => {
    expectConsoleError();
    const alone = await openStage();
    await alone.microsoft365.connector.installApp(sampleTeam.id, priya);
    alone.answer(async () => {
      throw new Error('out of order');
    });
    try {
      const { message, delivery } = await alone.microsoft365.connector.says(priya, 'personal', 'hello');

      expect(delivery?.status).toBe(500);
      expect(alone.microsoft365.connector.messages(message.conversationId).map(one => one.text)).toEqual(['hello']);
    } finally {
      await alone.close();
    }
  });
});

describe('a pressed button', () => {
  async function messageWith(content: object): Promise<{ chat: string; message: string }> {
    const client = await stage.bot();
    const { id: chat, activityId } = await client.conversations.createConversation({
      isGroup: false,
      members: [{ id: `29:${priya}` }],
      tenantId: tenant.id,
      channelData: {},
      activity: cardMessage(content),
    } as never);
    return { chat, message: activityId };
  }
  const view = (chat: string, id: string, person: string) => {
    const message = connector()
      .messages(chat)
      .find(one => one.id === id);
    return message && connector().view(message, person)?.card;
  };

  test('comes as adaptiveCard/action, and the card of the answer is what that person sees', async () => {
    const { chat, message } = await messageWith(card('Before'));
    stage.answer(context =>
      respond(context, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card('After') }),
    );

    const result = await connector().presses(priya, message, { verb: 'facilitation.tick', data: { task: 'a' } });

    expect(stage.heard[0]).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: message,
      value: { action: { type: 'Action.Execute', verb: 'facilitation.tick', data: { task: 'a' } }, trigger: 'manual' },
    });
    expect(result).toEqual({ outcome: 'card', card: card('After') });
    expect(view(chat, message, priya)).toEqual(card('After'));
    expect(view(chat, message, tomasz)).toBeUndefined();
  });

  test('leaves a view that lasts until the bot updates the message', async () => {
    const { chat, message } = await messageWith(card('Before'));
    stage.answer(context =>
      respond(context, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card('Mine') }),
    );
    await connector().presses(priya, message, { verb: 'x' });

    await (await stage.bot()).conversations.updateActivity(chat, message, cardMessage(card('For all')));

    expect(view(chat, message, priya)).toBeUndefined();
  });

  test.each([
    [
      'a sentence',
      200,
      { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted' },
      { outcome: 'notice', text: 'Noted' },
    ],
    [
      'an inner error',
      200,
      { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message: 'no' } },
      { outcome: 'error' },
    ],
    [
      'an HTTP error, although the body is well',
      400,
      { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted' },
      { outcome: 'error' },
    ],
    [
      'the type that a sample of Microsoft’s has wrong',
      200,
      { statusCode: 200, type: 'application/vnd.microsoft.adaptive.card', value: {} },
      { outcome: 'error' },
    ],
    ['no body', 200, undefined, { outcome: 'error' }],
  ])('is shown as Teams shows it: %s', async (_what, status, body, expected) => {
    const { message } = await messageWith(card('Before'));
    stage.answer(context => respond(context, body, status));

    const result = await connector().presses(priya, message, { verb: 'x' });

    expect(result).toMatchObject(
      expected.outcome === 'error' ? { outcome: 'error', shown: 'Something went wrong. Please try again.' } : expected,
    );
  });

  test('of a card that this person does not see is refused before the bot hears of it', async () => {
    const { message } = await messageWith(card('Priya’s'));

    await expect(connector().presses(tomasz, message, { verb: 'x' })).rejects.toThrow('sees no card');
    expect(stage.heard).toEqual([]);
  });

  describe('by Teams itself', () => {
    const refreshing = (userIds?: readonly string[]) =>
      card('Base', {
        refresh: {
          action: { type: 'Action.Execute', verb: 'week.refresh', data: {} },
          ...(userIds ? { userIds } : {}),
        },
      });
    const answerWithRefreshing = () =>
      stage.answer(context =>
        respond(context, {
          statusCode: 200,
          type: 'application/vnd.microsoft.card.adaptive',
          value: refreshing([`29:${priya}`]),
        }),
      );

    test('comes once a minute to the people named, marked automatic', async () => {
      const { message } = await messageWith(refreshing([`29:${priya}`]));
      answerWithRefreshing();

      const first = await connector().looksAt(priya, message);
      const soon = await connector().looksAt(priya, message);
      stage.microsoft365.clock.moveTo(new Date(stage.microsoft365.clock.now().getTime() + 61_000));
      const later = await connector().looksAt(priya, message);

      expect([first?.outcome, soon, later?.outcome]).toEqual(['card', null, 'card']);
      expect(stage.heard.map(activity => (activity.value as { trigger: string }).trigger)).toEqual([
        'automatic',
        'automatic',
      ]);
    });

    test.each([
      ['somebody else is named', () => refreshing([`29:${tomasz}`])],
      ['the card has no refresh', () => card('Still')],
      [
        'the person is named after sixty others',
        () => refreshing([...Array.from({ length: 60 }, (_, number) => `29:other-${number}`), `29:${priya}`]),
      ],
    ])('does not come when %s', async (_why, content) => {
      const { message } = await messageWith(content());

      expect(await connector().looksAt(priya, message)).toBeNull();
      expect(stage.heard).toEqual([]);
    });

    test('a bot that updates the message while it answers is warned, and does not spin here', async () => {
      const { chat, message } = await messageWith(refreshing());
      const warnings: string[] = [];
      const stop = connector().onEvent(
        (event: DeskEvent) => void (event.kind === 'warning' && warnings.push(event.sentence)),
      );
      stage.microsoft365.clock.moveTo(new Date(stage.microsoft365.clock.now().getTime() + 1000));
      stage.answer(async context => {
        await (await stage.bot()).conversations.updateActivity(chat, message, cardMessage(refreshing()));
        await respond(context, { statusCode: 400, type: 'application/vnd.microsoft.error', value: {} });
      });

      await connector().looksAt(priya, message);
      const again = await connector().looksAt(priya, message);
      stop();

      expect(warnings).toEqual([
        'The bot updated a message while it answered an automatic refresh of it. In Teams each update brings the next refresh, without end.',
      ]);
      expect(again).toBeNull();
    });
  });
});

test('what was read is counted per person', async () => {
  const client = await stage.bot();
  const { id: chat } = await client.conversations.createConversation({
    isGroup: false,
    members: [{ id: `29:${tomasz}` }],
    tenantId: tenant.id,
    channelData: {},
  } as never);
  const unread = (person: string) =>
    connector()
      .conversationsOf(person)
      .find(one => one.conversation.id === chat)?.unread;
  connector().markRead(tomasz, chat);

  await client.conversations.sendToConversation(chat, textMessage('one'));
  await client.conversations.sendToConversation(chat, textMessage('two'));
  const before = unread(tomasz);
  connector().markRead(tomasz, chat);

  expect([before, unread(tomasz), unread(priya)]).toEqual([2, 0, undefined]);
});

test('conversations, installations and views are there again after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'connector-'));
  const before = await openStage(folder);
  await before.microsoft365.connector.installApp(sampleTeam.id, priya);
  const client = await before.bot();
  const { id: chat, activityId } = await client.conversations.createConversation({
    isGroup: false,
    members: [{ id: `29:${priya}` }],
    tenantId: tenant.id,
    channelData: {},
    activity: cardMessage(card('Kept')),
  } as never);
  before.answer(context =>
    respond(context, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card('My view') }),
  );
  await before.microsoft365.connector.presses(priya, activityId, { verb: 'x' });
  await before.close();

  const after = await openStage(folder);

  const [message] = after.microsoft365.connector.messages(chat);
  const view = message && after.microsoft365.connector.view(message, priya);
  const installed = after.microsoft365.connector.isInstalled(sampleTeam.id);
  await after.close();
  rmSync(folder, { recursive: true, force: true });
  expect(message?.cards).toEqual([card('Kept')]);
  expect(view?.card).toEqual(card('My view'));
  expect(installed).toBe(true);
});
