import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { kindOf } from '../../../../infra/local/connector/faults.ts';
import { createLimits } from '../../../../infra/local/connector/limits.ts';
import { tenant } from '../../../../infra/local/directory.ts';
import { samplePeople, sampleTeam } from '../../../../infra/local/sample-people.ts';
import { fact } from '../fact.ts';
import { cardMessage, openStage, respond, textMessage, type Stage } from './receiving-bot.ts';

/** What the Bot Connector answers, call by call, without a client between. */
const [priya = '', tomasz = '', , amara = ''] = samplePeople.map(person => person.id);
const jonas = samplePeople.find(person => person.role === 'newcomer')?.id ?? '';
const channel = sampleTeam.threadId;
const card = (text: string, more: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  ...more,
});

let stage: Stage;
let authorization = '';
beforeAll(async () => {
  stage = await openStage();
  await stage.microsoft365.connector.installApp(sampleTeam.id, priya);
  const response = await fetch(`${stage.microsoft365.url}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: tenant.appId,
      client_secret: tenant.appSecret,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  authorization = `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.heard.length = 0;
  stage.microsoft365.connector.move('');
  stage.microsoft365.connector.move('', { person: tomasz });
});
const connector = () => stage.microsoft365.connector;

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}
async function call(method: string, path: string, body?: object, region = ''): Promise<Answered> {
  const response = await fetch(`${stage.microsoft365.url}/connector/${region}v3/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, text, body: text === '' ? {} : (JSON.parse(text) as Answered['body']) };
}
const at = (conversation: string, rest = '') => `conversations/${encodeURIComponent(conversation)}${rest}`;
const chatRequest = (person: string, more: object = {}) => ({
  isGroup: false,
  members: [{ id: `29:${person}` }],
  tenantId: tenant.id,
  ...more,
});
async function openChat(person: string, region = ''): Promise<string> {
  return String((await call('POST', 'conversations', chatRequest(person), region)).body['id']);
}
async function sent(conversation: string, activity: object = textMessage('hello')): Promise<string> {
  return String((await call('POST', at(conversation, '/activities'), activity)).body['id']);
}
const code = ({ body }: Answered) => (body['error'] as { code: string }).code;
const said = (conversation: string) =>
  connector()
    .messages(conversation)
    .filter(message => message.from === null);

describe('conversations', () => {
  fact('connector/chat-needs-a-tenant', async () => {
    const { tenantId: _left, ...request } = chatRequest(priya);

    expect((await call('POST', 'conversations', request)).status).toBe(400);
  });

  fact('connector/chat-by-teams-own-id', async () => {
    for (const id of ['priya.raman@cedarvalley.example', priya])
      expect((await call('POST', 'conversations', { ...chatRequest(priya), members: [{ id }] })).status).toBe(400);
  });

  fact('connector/no-new-group-chats', async () => {
    const members = [priya, tomasz].map(id => ({ id: `29:${id}` }));

    expect((await call('POST', 'conversations', { ...chatRequest(priya), members })).status).toBe(400);
    expect((await call('POST', 'conversations', { ...chatRequest(priya), isGroup: true })).status).toBe(400);
  });

  fact('connector/chat-with-first-message', async () => {
    const { body } = await call('POST', 'conversations', chatRequest(priya, { activity: textMessage('First') }));

    expect(said(String(body['id'])).at(-1)).toMatchObject({ id: body['activityId'], text: 'First' });
  });

  fact('connector/created-answer', async () => {
    expect(await call('POST', 'conversations', chatRequest(priya))).toMatchObject({
      status: 201,
      body: { id: await openChat(priya), serviceUrl: `${stage.microsoft365.url}/connector/` },
    });
  });

  fact('connector/channel-thread-needs-an-activity', async () => {
    const request = { isGroup: true, channelData: { channel: { id: channel } } };

    expect((await call('POST', 'conversations', request)).status).toBe(400);
  });

  fact('connector/channel-needs-the-app', async () => {
    await connector().uninstallApp(sampleTeam.id, priya);
    const request = { isGroup: true, channelData: { channel: { id: channel } }, activity: textMessage('Hello') };

    const [created, posted] = [
      await call('POST', 'conversations', request),
      await call('POST', at(channel, '/activities'), textMessage('Hello')),
    ];
    await connector().installApp(sampleTeam.id, priya);

    expect([created, posted].map(one => [one.status, code(one)])).toEqual([
      [403, 'BotNotInConversationRoster'],
      [403, 'BotNotInConversationRoster'],
    ]);
  });

  fact('connector/private-channel-needs-the-app', async () => {
    for (const type of ['private', 'shared'] as const) {
      const id = await connector().createChannel(sampleTeam.id, 'Partners', type, priya);
      const request = { isGroup: true, channelData: { channel: { id } }, activity: textMessage('Hello') };
      const answers = async () => [
        await call('POST', 'conversations', request),
        await call('POST', at(id, '/activities'), textMessage('Hello')),
      ];

      expect((await answers()).map(one => [one.status, code(one)])).toEqual([
        [403, 'BotNotInConversationRoster'],
        [403, 'BotNotInConversationRoster'],
      ]);
      await connector().allowInChannel(sampleTeam.id, id, true);
      expect((await answers()).map(({ status }) => status)).toEqual([201, 201]);
    }
  });

  fact('connector/answer-in-thread', async () => {
    const root = await sent(channel, textMessage('Root'));

    const answer = await sent(`${channel};messageid=${root}`, textMessage('Answer'));

    expect(said(channel).find(({ id }) => id === answer)).toMatchObject({ thread: root });
  });

  fact('connector/chat-forgotten', async () => {
    const chat = await openChat(amara);
    connector().forgetChat(amara);

    const answers = [
      await call('POST', at(chat, '/activities'), textMessage('Hello?')),
      await call('GET', at(chat, '/members')),
    ];

    expect(answers.map(one => [one.status, code(one)])).toEqual([
      [404, 'ConversationNotFound'],
      [404, 'ConversationNotFound'],
    ]);
  });

  fact('connector/chat-opened-anew', async () => {
    const chat = await openChat(amara);
    connector().forgetChat(amara);

    const anew = await openChat(amara);

    expect(anew).not.toBe(chat);
    expect((await call('POST', at(anew, '/activities'), textMessage('Here'))).status).toBe(201);
  });

  fact('connector/blocked-is-odd-json', async () => {
    const chat = await openChat(tomasz);
    connector().block(tomasz, true);

    const { body } = await call('POST', at(chat, '/activities'), textMessage('Hello?'));
    connector().block(tomasz, false);

    expect(body).toEqual({ errorCode: 209, message: expect.any(String) });
    expect(JSON.parse(String(body['message']))).toMatchObject({ subCode: 'MessageWritesBlocked' });
  });
});

describe('addresses', () => {
  fact('connector/address-in-each-activity', async () => {
    await connector().says(priya, 'personal', 'help');
    connector().move('emea');
    await connector().says(priya, 'personal', 'help');

    expect(stage.heard.map(({ serviceUrl }) => serviceUrl)).toEqual(
      ['', 'emea/'].map(region => `${stage.microsoft365.url}/connector/${region}`),
    );
  });

  fact('connector/address-of-another-region', async () => {
    connector().move('emea');

    const refused = await call('POST', 'conversations', chatRequest(priya));

    expect(refused).toMatchObject({
      status: 403,
      body: { error: { code: 'BadArgument', message: 'User is from different region' } },
    });
  });

  fact('connector/address-moves', async () => {
    const chat = await openChat(priya);
    connector().move('emea');

    const before = await call('POST', at(chat, '/activities'), textMessage('There?'));
    const after = await call('POST', at(chat, '/activities'), textMessage('Here!'), 'emea/');

    expect([before.status, after.status]).toEqual([403, 201]);
    expect(stage.heard).toEqual([]);
  });

  fact('connector/address-that-is-gone', async () => {
    const chat = await openChat(priya);
    connector().move('emea', { answer: 404 });

    const refused = await call('POST', at(chat, '/activities'), textMessage('There?'));

    expect([refused.status, code(refused)]).toEqual([404, 'ConversationNotFound']);
  });

  fact('connector/global-address', async () => {
    const chat = await openChat(tomasz);
    connector().move('emea');
    connector().move('fr', { person: tomasz });

    expect((await call('POST', at(chat, '/activities'), textMessage('Wherever'), 'teams/')).status).toBe(201);
    expect((await call('GET', at(channel, '/members'), undefined, 'teams/')).status).toBe(200);
  });

  fact('connector/address-differs-by-person', async () => {
    const [own, other] = [await openChat(tomasz), await openChat(priya)];
    connector().move('fr', { person: tomasz });

    const answers = [
      await call('POST', at(own, '/activities'), textMessage('1')),
      await call('POST', at(own, '/activities'), textMessage('2'), 'fr/'),
      await call('POST', at(other, '/activities'), textMessage('3')),
      await call('POST', at(other, '/activities'), textMessage('4'), 'fr/'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 201, 201, 403]);
  });
});

describe('messages', () => {
  fact('connector/sent-answer', async () => {
    const chat = await openChat(priya);

    const answer = await call('POST', at(chat, '/activities'), textMessage('Hello'));

    expect(answer).toMatchObject({ status: 201, body: { id: said(chat).at(-1)?.id } });
  });

  fact('connector/updated-answer', async () => {
    const chat = await openChat(priya);
    const id = await sent(chat);

    const answer = await call('PUT', at(chat, `/activities/${id}`), textMessage('Changed'));

    expect(answer).toMatchObject({ status: 200, body: { id } });
  });

  fact('connector/deleted-answer', async () => {
    const chat = await openChat(priya);
    const id = await sent(chat);

    const answer = await call('DELETE', at(chat, `/activities/${id}`));

    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  fact('connector/update-in-place', async () => {
    const chat = await openChat(priya);
    const id = await sent(chat, textMessage('Words'));
    const before = said(chat).length;

    await call('PUT', at(chat, `/activities/${id}`), cardMessage(card('A card')));

    expect(said(chat)).toHaveLength(before);
    expect(said(chat).at(-1)).toMatchObject({ id, text: '', cards: [card('A card')] });
  });

  fact('connector/only-own-messages', async () => {
    const { message } = await connector().says(priya, 'personal', 'mine');
    const place = at(message.conversationId, `/activities/${message.id}`);

    const answers = [await call('PUT', place, textMessage('yours')), await call('DELETE', place)];

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(
      connector()
        .messages(message.conversationId)
        .find(({ id }) => id === message.id)?.text,
    ).toBe('mine');
  });

  fact('connector/large-but-fits', async () => {
    const chat = await openChat(priya);

    expect((await call('POST', at(chat, '/activities'), textMessage('x'.repeat(51_000)))).status).toBe(201);
  });

  fact('connector/too-large-update', async () => {
    const chat = await openChat(priya);
    const id = await sent(chat, textMessage('short'));

    const refused = await call('PUT', at(chat, `/activities/${id}`), textMessage('x'.repeat(51_200)));

    expect([refused.status, code(refused)]).toEqual([413, 'MessageSizeTooBig']);
    expect(said(chat).at(-1)?.text).toBe('short');
  });

  fact('connector/token-needed', async () => {
    const chat = await openChat(priya);
    const [before, token] = [said(chat).length, authorization];

    const answers: Answered[] = [];
    for (const given of ['', 'Bearer eyJhbGciOiJub25lIn0.e30.']) {
      authorization = given;
      answers.push(await call('POST', at(chat, '/activities'), textMessage('Hello')));
    }
    authorization = token;

    expect(answers.map(one => [one.status, code(one)])).toEqual([
      [401, 'BotNotRegistered'],
      [401, 'BotNotRegistered'],
    ]);
    expect(said(chat)).toHaveLength(before);
  });

  fact('connector/error-shape', async () => {
    expect((await call('GET', at('19:nowhere@thread.tacv2', '/members'))).body).toEqual({
      error: { code: expect.any(String), message: expect.any(String) },
    });
  });
});

describe('limits', () => {
  const status = (work: () => void) => {
    try {
      work();
      return 'taken';
    } catch (error) {
      return (error as { readonly status: number }).status;
    }
  };

  fact('connector/limit-for-each-conversation', () => {
    const { admit } = createLimits(() => 0);

    const answers = ['a', 'b'].map(chat => Array.from({ length: 8 }, () => status(() => admit('send', chat))));

    for (const ofOne of answers) expect(ofOne).toEqual([...Array<string>(7).fill('taken'), 429]);
  });

  fact('connector/reading-counts-apart', () => {
    const { admit } = createLimits(() => 0);
    for (let count = 0; count < 7; count++) admit('send', 'a');

    const reads = Array.from({ length: 15 }, () => status(() => admit('read', 'a')));

    expect(reads).toEqual([...Array<string>(14).fill('taken'), 429]);
  });

  fact('connector/fifty-a-second', () => {
    let now = 0;
    const { admit } = createLimits(() => now);

    const answers = Array.from({ length: 51 }, (_, number) => status(() => admit('send', `chat ${number}`)));
    now = 1000;

    expect(answers).toEqual([...Array<string>(50).fill('taken'), 429]);
    expect(status(() => admit('send', 'another'))).toBe('taken');
  });

  fact('connector/updates-count-as-sends', () => {
    expect((['create', 'send', 'update', 'delete', 'read'] as const).map(kindOf)).toEqual([
      ...Array<string>(4).fill('send'),
      'read',
    ]);
  });
});

describe('rosters', () => {
  async function crowded(people: number, work: (path: (query: string) => string) => Promise<void>): Promise<void> {
    const { directory } = stage.microsoft365;
    const ids = Array.from({ length: people }, (_, number) => `crowd-${number}`);
    for (const id of ids) {
      const mail = `${id}@x.example`;
      directory.putUser({ id, displayName: id, mail, jobTitle: '', locale: 'en-GB', timeZone: 'UTC' });
      directory.addMember(sampleTeam.id, id);
    }
    try {
      await work(query => `${at(channel, '/pagedmembers')}?${query}`);
    } finally {
      for (const id of ids) directory.removeMember(sampleTeam.id, id);
    }
  }
  const membersOf = ({ body }: Answered) => (body['members'] as readonly unknown[]).length;

  fact('connector/page-of-members', async () => {
    await crowded(60, async path => {
      for (const size of ['pageSize=1', 'pageSize=49']) expect(membersOf(await call('GET', path(size)))).toBe(50);
    });
  });

  fact('connector/page-capped-at-500', async () => {
    await crowded(520, async path => {
      const page = await call('GET', path('pageSize=5000'));

      expect(membersOf(page)).toBe(500);
      expect(page.body['continuationToken']).toEqual(expect.any(String));
    });
  });

  fact('connector/chat-roster-is-whole', async () => {
    const { body } = await call('GET', at(await openChat(priya), '/pagedmembers?pageSize=50'));

    expect(body).toEqual({ members: [expect.objectContaining({ objectId: priya })] });
  });

  fact('connector/member-not-found', async () => {
    const refused = await call('GET', at(channel, `/members/29:${jonas}`));

    expect([refused.status, code(refused)]).toEqual([404, 'MemberNotFoundInConversation']);
  });

  fact('connector/roster-needs-the-app', async () => {
    await connector().uninstallApp(sampleTeam.id, priya);
    const answers = [
      await call('GET', at(channel, '/pagedmembers')),
      await call('GET', `teams/${encodeURIComponent(channel)}`),
    ];
    await connector().installApp(sampleTeam.id, priya);

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });

  fact('connector/team-details', async () => {
    expect((await call('GET', `teams/${encodeURIComponent(channel)}`)).body).toMatchObject({
      id: channel,
      aadGroupId: sampleTeam.id,
      name: sampleTeam.displayName,
    });
  });
});

describe('pressed buttons', () => {
  const answered = (value: unknown, type = 'application/vnd.microsoft.card.adaptive') =>
    stage.answer(context => respond(context, { statusCode: 200, type, value }));
  const view = (id: string, person: string) => {
    const message = connector()
      .messages(channel)
      .find(one => one.id === id);
    return message && connector().view(message, person)?.card;
  };

  fact('connector/card-answer-is-for-one', async () => {
    const id = await sent(channel, cardMessage(card('For all')));
    answered(card('For one'));

    await connector().presses(priya, id, { verb: 'x' });

    expect([view(id, priya), view(id, tomasz)]).toEqual([card('For one'), undefined]);
    expect(said(channel).find(one => one.id === id)?.cards).toEqual([card('For all')]);
  });

  fact('connector/card-update-is-for-all', async () => {
    const id = await sent(channel, cardMessage(card('For all')));
    answered(card('For one'));
    await connector().presses(priya, id, { verb: 'x' });

    await call('PUT', at(channel, `/activities/${id}`), cardMessage(card('New for all')));

    expect(view(id, priya)).toBeUndefined();
  });

  fact('connector/press-answer-is-200', async () => {
    const id = await sent(channel, cardMessage(card('For all')));
    const outcomes: string[] = [];
    for (const [status, body] of [
      [400, { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted' }],
      [200, { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest' } }],
      [200, 'Noted'],
      [200, undefined],
    ] as const) {
      stage.answer(context => respond(context, body, status));
      outcomes.push((await connector().presses(priya, id, { verb: 'x' })).outcome);
    }

    expect(outcomes).toEqual(Array(4).fill('error'));
  });

  fact('connector/press-notice', async () => {
    const id = await sent(channel, cardMessage(card('For all')));
    answered('Noted', 'application/vnd.microsoft.activity.message');

    expect(await connector().presses(priya, id, { verb: 'x' })).toEqual({ outcome: 'notice', text: 'Noted' });
  });

  const refreshing = (userIds?: readonly string[]) =>
    card('Base', { refresh: { action: { type: 'Action.Execute', verb: 'x' }, ...(userIds ? { userIds } : {}) } });

  fact('connector/refresh-after-a-minute', async () => {
    const id = await sent(channel, cardMessage(refreshing([`29:${priya}`])));
    answered(refreshing([`29:${priya}`]));
    const looks = [];

    for (const seconds of [0, 59, 2]) {
      const { clock } = stage.microsoft365;
      clock.moveTo(new Date(clock.now().getTime() + seconds * 1000));
      looks.push((await connector().looksAt(priya, id))?.outcome ?? null);
    }

    expect(looks).toEqual(['card', null, 'card']);
  });

  fact('connector/refresh-of-sixty', async () => {
    const { directory } = stage.microsoft365;
    answered(card('Mine'));
    const [few, many] = [
      await sent(channel, cardMessage(refreshing())),
      await sent(channel, cardMessage(refreshing())),
    ];
    const inFew = await connector().looksAt(priya, few);
    const ids = Array.from({ length: 60 }, (_, number) => `crowd-${number}`);
    for (const id of ids) directory.addMember(sampleTeam.id, id);

    const inMany = await connector().looksAt(priya, many);
    for (const id of ids) directory.removeMember(sampleTeam.id, id);

    expect([inFew?.outcome, inMany]).toEqual(['card', null]);
  });
});

test.each<[string, string, string, object | undefined, string]>([
  ['another call', 'POST', 'batch/conversation/users', {}, 'POST /connector/v3/batch/conversation/users'],
  ['a call that Teams does not have', 'PATCH', 'conversations', {}, 'PATCH /connector/v3/conversations'],
  ['a list of conversations', 'GET', 'conversations', undefined, 'GET /connector/v3/conversations'],
  ['another parameter', 'GET', `${at(channel, '/members')}?top=5`, undefined, 'the query parameter top'],
  ['another kind of activity', 'POST', at(channel, '/activities'), { type: 'event' }, 'activities of the type event'],
  [
    'another kind of card',
    'POST',
    at(channel, '/activities'),
    { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: {} }] },
    'attachments of the type application/vnd.microsoft.card.hero',
  ],
  [
    'another part of an activity',
    'POST',
    at(channel, '/activities'),
    { type: 'message', text: 'x', suggestedActions: { actions: [] } },
    'an activity with suggestedActions',
  ],
  [
    'another part of a conversation',
    'POST',
    'conversations',
    chatRequest(priya, { topicName: 'Tea' }),
    'a conversation with topicName',
  ],
])('501 with a word about it: %s', async (_what, method, path, body, word) => {
  const { status, body: answer } = await call(method, path, body);

  expect([status, answer]).toEqual([
    501,
    { error: { code: 'NotImplemented', message: expect.stringContaining(`does not know ${word}`) } },
  ]);
});
