import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Activity, ConversationParameters } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { tenant } from '../../../../infra/local/directory.ts';
import { samplePeople, sampleTeam } from '../../../../infra/local/sample-people.ts';
import { fact } from '../fact.ts';
import { cardMessage, openStage, textMessage, type Stage } from './receiving-bot.ts';

const [priya = '', tomasz = ''] = samplePeople.map(person => person.id);
const jonas = samplePeople.find(person => person.role === 'newcomer')?.id ?? '';
const channel = sampleTeam.threadId;

let stage: Stage;
let bot: ConnectorClient;

beforeAll(async () => {
  stage = await openStage();
  bot = await stage.bot();
  await stage.microsoft365.connector.installApp(sampleTeam.id, priya);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.microsoft365.faults.clear();
  stage.microsoft365.connector.enforceLimits = false;
});

function chatWith(person: string, activity?: Activity) {
  return bot.conversations.createConversation({
    isGroup: false,
    members: [{ id: `29:${person}` }],
    tenantId: tenant.id,
    channelData: {},
    ...(activity ? { activity } : {}),
  } as unknown as ConversationParameters);
}
function newThread(activity: Activity) {
  return bot.conversations.createConversation({
    isGroup: true,
    members: [],
    channelData: { channel: { id: channel } },
    activity,
  } as unknown as ConversationParameters);
}
async function refusal(call: Promise<unknown>): Promise<{ status: number | undefined; body: unknown }> {
  try {
    await call;
  } catch (error) {
    const { statusCode, response } = error as { statusCode?: number; response?: { bodyAsText?: string } };
    return { status: statusCode, body: JSON.parse(response?.bodyAsText ?? 'null') as unknown };
  }
  throw new Error('the connector took it');
}
const said = (conversation: string) =>
  stage.microsoft365.connector.messages(conversation).filter(message => message.from === null);

describe('personal chats', () => {
  fact('connector/one-chat-per-person', async () => {
    const first = await chatWith(priya);

    const second = await chatWith(priya, textMessage('Good morning'));

    expect(second.id).toBe(first.id);
    expect(said(first.id).map(message => message.text)).toEqual(['Good morning']);
    expect(second.activityId).toBe(said(first.id)[0]?.id);
  });

  fact('connector/chat-needs-membership', async () => {
    expect(await refusal(chatWith(jonas))).toEqual({
      status: 403,
      body: {
        error: { code: 'BotNotInConversationRoster', message: 'The bot is not part of the conversation roster.' },
      },
    });
  });

  fact('connector/blocked-by-person', async () => {
    const { id } = await chatWith(tomasz);
    stage.microsoft365.connector.block(tomasz, true);

    const blocked = await refusal(bot.conversations.sendToConversation(id, textMessage('Hello?')));
    stage.microsoft365.connector.block(tomasz, false);
    await bot.conversations.sendToConversation(id, textMessage('Hello again'));

    expect(blocked.status).toBe(403);
    expect(JSON.stringify(blocked.body)).toContain('MessageWritesBlocked');
    expect(blocked.body).toMatchObject({ errorCode: 209 });
    expect(said(id).map(message => message.text)).toEqual(['Hello again']);
  });
});

describe('channels', () => {
  fact('connector/channel-thread-by-create', async () => {
    const thread = await newThread(cardMessage({ body: [{ type: 'TextBlock', text: 'The week' }] }));

    await bot.conversations.sendToConversation(thread.id, textMessage('And one thing more'));

    const [root, answer] = said(channel).slice(-2);
    expect(thread.id).toBe(`${channel};messageid=${root?.id}`);
    expect([root?.thread, answer?.thread]).toEqual([null, root?.id]);
  });

  fact('connector/reply-to-any-id', async () => {
    const thread = await newThread(textMessage('Root'));

    const { id } = await bot.conversations.replyToActivity(thread.id, '6f1c8f0e-made-up', textMessage('Answer'));

    expect(said(channel).at(-1)).toMatchObject({ id, text: 'Answer', thread: thread.activityId });
  });
});

describe('messages', () => {
  fact('connector/delete-takes-it-away', async () => {
    const { id: chat } = await chatWith(priya);
    const { id } = await bot.conversations.sendToConversation(
      chat,
      cardMessage({ body: [{ type: 'TextBlock', text: 'Before' }] }),
    );

    await bot.conversations.updateActivity(chat, id, cardMessage({ body: [{ type: 'TextBlock', text: 'After' }] }));
    const updated = said(chat).find(message => message.id === id);
    await bot.conversations.deleteActivity(chat, id);

    expect(updated?.cards).toEqual([
      { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'After' }] },
    ]);
    expect(updated?.editedAt).not.toBeNull();
    expect(said(chat).find(message => message.id === id)).toMatchObject({ deleted: true, cards: [] });
    expect((await refusal(bot.conversations.updateActivity(chat, id, textMessage('x')))).status).toBe(404);
  });

  fact('connector/text-and-card-are-two', async () => {
    const { id: chat } = await chatWith(priya);

    const answer = await bot.conversations.sendToConversation(chat, {
      ...cardMessage({ body: [] }),
      text: 'Look',
    } as Activity);

    expect(answer.id).toBeUndefined();
    expect(
      said(chat)
        .slice(-2)
        .map(message => [message.text, message.cards.length]),
    ).toEqual([
      ['Look', 0],
      ['', 1],
    ]);
  });

  test('messages with a key are counted, so that a test can say "once"', async () => {
    const { id: chat } = await chatWith(priya);

    await bot.conversations.sendToConversation(chat, {
      ...textMessage('Once'),
      channelData: { key: 'welcome/priya' },
    } as Activity);

    expect(stage.microsoft365.connector.received('welcome/priya')).toBe(1);
    expect(stage.microsoft365.connector.received('welcome/tomasz')).toBe(0);
  });

  const refusedFor = async (conversation: string, text: string) =>
    refusal(bot.conversations.sendToConversation(conversation, textMessage(text)));

  fact('connector/conversation-not-found', async () => {
    expect(await refusedFor('19:nowhere@thread.tacv2', 'hello')).toMatchObject({
      status: 404,
      body: { error: { code: 'ConversationNotFound' } },
    });
  });

  fact('connector/too-large', async () => {
    expect(await refusedFor(channel, 'x'.repeat(51_200))).toMatchObject({
      status: 413,
      body: { error: { code: 'MessageSizeTooBig' } },
    });
  });

  fact('connector/nothing-to-show', async () => {
    expect(await refusedFor(channel, '')).toMatchObject({ status: 400, body: { error: { code: 'BadArgument' } } });
  });
});

describe('rosters', () => {
  fact('connector/roster-says-object-id', async () => {
    const response = await fetch(
      `${stage.microsoft365.url}/connector/v3/conversations/${encodeURIComponent(channel)}/pagedmembers?pageSize=1`,
      { headers: { authorization: await bearer() } },
    );

    const page = (await response.json()) as { members: { objectId: string }[]; continuationToken?: string };
    expect(page.members).toHaveLength(sampleTeam.members.length);
    expect(page.continuationToken).toBeUndefined();
    expect(page.members[0]).toEqual({
      id: `29:${priya}`,
      objectId: priya,
      name: 'Priya Raman',
      givenName: 'Priya',
      surname: 'Raman',
      email: 'priya.raman@cedarvalley.example',
      userPrincipalName: 'priya.raman@cedarvalley.example',
      tenantId: tenant.id,
      userRole: 'user',
    });
  });

  fact('connector/pages-continue', async () => {
    const big = await openStage();
    try {
      const { directory, connector } = big.microsoft365;
      for (let number = 0; number < 60; number++) {
        directory.putUser({
          id: `crowd-${number}`,
          displayName: `Person ${number}`,
          mail: `p${number}@x.example`,
          jobTitle: '',
          locale: 'en-GB',
          timeZone: 'UTC',
        });
        directory.addMember(sampleTeam.id, `crowd-${number}`);
      }
      await connector.installApp(sampleTeam.id, priya);
      const client = await big.bot();

      // botbuilder's typing of this call is that of a callback; what comes is a promise of the page.
      const page = async (options: object) =>
        (await client.conversations.getConversationPagedMembers(channel, options as never)) as unknown as {
          members: unknown[];
          continuationToken?: string;
        };
      const first = await page({ pageSize: 50 });
      const second = await page({ pageSize: 50, continuationToken: first.continuationToken });

      expect([first.members.length, second.members.length, second.continuationToken]).toEqual([50, 22, undefined]);
    } finally {
      await big.close();
    }
  });

  fact('connector/member-by-either-id', async () => {
    const byMessaging = await bot.conversations.getConversationMember(channel, `29:${priya}`);
    const byObject = await bot.conversations.getConversationMember(channel, priya);

    expect([byMessaging.name, byObject.name]).toEqual(['Priya Raman', 'Priya Raman']);
    expect((await refusal(bot.conversations.getConversationMember(channel, `29:${jonas}`))).status).toBe(404);
  });

  fact('connector/general-has-no-name', async () => {
    const get = async (path: string) =>
      (
        await fetch(`${stage.microsoft365.url}/connector/v3/teams/${path}`, {
          headers: { authorization: await bearer() },
        })
      ).json();

    expect(await get(encodeURIComponent(channel))).toMatchObject({
      id: channel,
      aadGroupId: sampleTeam.id,
      name: 'Data Storytellers',
    });
    expect(await get(`${encodeURIComponent(channel)}/conversations`)).toEqual({
      conversations: [{ id: channel, name: null, type: 'standard' }],
    });
  });
});

describe('what can go wrong', () => {
  test.each([
    ['no token', {}],
    ['a token of somebody else', { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }],
  ])('nothing is given for %s', async (_why, headers) => {
    const response = await fetch(`${stage.microsoft365.url}/connector/v3/teams/${encodeURIComponent(channel)}`, {
      headers,
    });

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: { code: 'BotNotRegistered', message: 'Authorization has been denied for this request.' },
    });
  });

  test('a fault is answered as asked, and the next call is well again', async () => {
    const { id: chat } = await chatWith(priya);
    stage.microsoft365.faults.add({
      method: 'POST',
      path: '/activities',
      status: 409,
      count: 1,
      code: 'Odd',
      message: 'As asked.',
    });

    const refused = await refusal(bot.conversations.sendToConversation(chat, textMessage('First')));
    await bot.conversations.sendToConversation(chat, textMessage('Second'));

    expect(refused).toEqual({ status: 409, body: { error: { code: 'Odd', message: 'As asked.' } } });
    expect(
      said(chat)
        .filter(message => ['First', 'Second'].includes(message.text))
        .map(message => message.text),
    ).toEqual(['Second']);
  });

  test('with AfterDelivery the message is there although the sender was told otherwise', async () => {
    const { id: chat } = await chatWith(priya);
    stage.microsoft365.faults.add({
      method: 'POST',
      path: '/activities',
      status: 409,
      count: 1,
      code: 'AfterDelivery',
    });

    await refusal(bot.conversations.sendToConversation(chat, textMessage('Arrived')));

    expect(said(chat).at(-1)?.text).toBe('Arrived');
  });

  fact('connector/seven-a-second', async () => {
    const { id: chat } = await chatWith(priya);
    stage.microsoft365.connector.enforceLimits = true;
    const authorization = await bearer();
    const send = () =>
      fetch(`${stage.microsoft365.url}/connector/v3/conversations/${encodeURIComponent(chat)}/activities`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(textMessage('tick')),
      });

    const answers = [];
    for (let count = 0; count < 8; count++) answers.push(await send());

    expect(answers.map(answer => answer.status)).toEqual([201, 201, 201, 201, 201, 201, 201, 429]);
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('1');
  });

  fact('connector/concurrent-is-412', async () => {
    const { id: chat } = await chatWith(tomasz);
    stage.microsoft365.connector.enforceLimits = true;
    // Long enough for the others to come while the first is on its way.
    stage.microsoft365.faults.latencyMs = 300;
    const authorization = await bearer();
    const send = () =>
      fetch(`${stage.microsoft365.url}/connector/v3/conversations/${encodeURIComponent(chat)}/activities`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(textMessage('both')),
      });

    const answers = await Promise.all([send(), send(), send()]);

    expect(answers.map(answer => answer.status).sort()).toEqual([201, 412, 412]);
  });
});

async function bearer(): Promise<string> {
  const response = await fetch(`${stage.microsoft365.url}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: tenant.appId,
      client_secret: tenant.appSecret,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  return `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
}
