import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { samplePeople, sampleTeam } from '../../../../infra/local/sample-people.ts';
import type { CallView, DeskState, MessageView } from '../../../../infra/local/desk/views.ts';
import { openStage, type Stage } from '../connector/receiving-bot.ts';

const [priya = '', tomasz = ''] = samplePeople.map(person => person.id);
const jonas = samplePeople.find(person => person.role === 'newcomer')?.id ?? '';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

interface Answer<T> {
  readonly status: number;
  readonly body: T;
}
async function get<T>(path: string): Promise<Answer<T>> {
  const response = await fetch(`${stage.microsoft365.url}/desk/api/${path}`);
  return { status: response.status, body: (await response.json()) as T };
}
async function post<T = { message: string; code: string }>(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const response = await fetch(`${stage.microsoft365.url}/desk/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T };
}
const state = async (user = priya) => (await get<DeskState>(`state?user=${user}`)).body;

test('a story can be told over HTTP: the app is added, somebody joins, writes, and is seen', async () => {
  await post('install', { team: sampleTeam.id, by: priya });
  await post('join', { team: sampleTeam.id, users: [jonas] });
  await post('say', { user: jonas, to: 'channel', text: 'Good morning', mention: false });

  const seen = await state();
  const { body } = await get<{ messages: MessageView[] }>(
    `messages?user=${priya}&conversation=${encodeURIComponent(sampleTeam.threadId)}`,
  );

  expect(seen.teams[0]).toMatchObject({ name: 'Data Storytellers', installed: true, owners: [priya] });
  expect(seen.people.find(person => person.id === jonas)).toMatchObject({ name: 'Jonas Weber', role: 'newcomer' });
  expect(seen.conversations.find(one => one.kind === 'channel')?.unread).toBe(1);
  expect(body.messages.map(({ from, text }) => ({ from, text }))).toEqual([{ from: jonas, text: 'Good morning' }]);
  expect(stage.heard.map(activity => activity.type)).toEqual([
    'installationUpdate',
    'conversationUpdate',
    'conversationUpdate',
  ]);
});

test('somebody has Teams in another language, and the bot is told so', async () => {
  await post('language', { user: priya, locale: 'de-DE' });
  await post('say', { user: priya, to: 'personal', text: 'Hallo' });

  expect((await state()).people.find(({ id }) => id === priya)?.locale).toBe('de-DE');
  expect(stage.heard.at(-1)).toMatchObject({ text: 'Hallo', locale: 'de-DE' });
  expect((await post('language', { user: priya, locale: 'German' })).status).toBe(400);
  expect((await post('language', { user: 'nobody', locale: 'de-DE' })).status).toBe(409);
});

test('the first words in a chat go to the id that the state names, before anything was said there', async () => {
  const gwen = samplePeople[4]!.id;
  await post('install', { team: sampleTeam.id, by: priya });
  const chat = (await state(gwen)).conversations.find(one => one.kind === 'personal')!.id;

  const answer = await post('say', { user: gwen, to: chat, text: 'add action Book a room' });

  const { body } = await get<{ messages: MessageView[] }>(
    `messages?user=${gwen}&conversation=${encodeURIComponent(chat)}`,
  );
  expect(answer.status).toBe(200);
  expect(body.messages.map(({ from, text }) => ({ from, text }))).toEqual([
    { from: gwen, text: 'add action Book a room' },
  ]);
  expect((await post('say', { user: priya, to: chat, text: 'not mine' })).status).toBe(409);
});

test('every call that is described can be called as described', async () => {
  // In a tenant of its own: it leaves everything turned upside down.
  const own = await openStage();
  try {
    const { url } = own.microsoft365;
    const described = (await (await fetch(`${url}/desk/api`)).json()) as { calls: readonly CallView[] };

    const wrong = [];
    for (const { method, path, example } of described.calls) {
      const response = await fetch(`${url}${path}`, {
        method,
        ...(example === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(example) }),
      });
      // 409 is an answer to a call that was understood: the message in the example is made up.
      if (![200, 409].includes(response.status)) wrong.push([method, path, response.status, await response.text()]);
    }

    expect(wrong).toEqual([]);
    expect(described.calls.length).toBeGreaterThan(20);
  } finally {
    await own.close();
  }
});

describe('what is not understood', () => {
  test.each([
    ['a field is missing', 'say', { user: priya, to: 'personal' }, 400, 'text'],
    ['nobody has this id', 'join', { team: sampleTeam.id, users: ['nobody'] }, 409, 'There is no person nobody'],
    ['a zone nobody lives in', 'clock', { days: 1, zone: 'Mars/Olympus' }, 400, 'mars/olympus'],
    ['a fault that is none', 'faults', { path: '/', status: 200 }, 400, 'status'],
    [
      'a tab that leads elsewhere',
      'tabs',
      {
        team: sampleTeam.id,
        channel: sampleTeam.threadId,
        name: 'x',
        contentUrl: 'https://elsewhere.example/',
        entityId: 'x',
      },
      409,
      'has to begin with',
    ],
  ])('is refused with a reason: %s', async (_why, path, body, status, reason) => {
    const answer = await post(path, body);

    expect(answer.status).toBe(status);
    expect(answer.body.message.toLowerCase()).toContain(reason.toLowerCase());
  });

  test('a chat of somebody else is not shown', async () => {
    const chat = (await state(tomasz)).conversations.find(one => one.kind === 'personal')?.id ?? '';

    expect((await get(`messages?user=${priya}&conversation=${encodeURIComponent(chat)}`)).status).toBe(409);
  });
});

test('Teams loses a chat, and moves a person and the tenant to other addresses', async () => {
  const hannah = samplePeople[5]!.id;
  const chatOf = async () => (await state(hannah)).conversations.find(one => one.kind === 'personal')?.id;
  const before = await chatOf();
  await post('forget-chat', { user: hannah });
  await post('move', { to: 'emea' });
  await post('move', { to: 'fr', user: hannah, answer: 404 });
  stage.heard.length = 0;

  await post('say', { user: hannah, to: 'personal', text: 'here I am' });
  await post('say', { user: priya, to: 'personal', text: 'me too' });

  expect(await chatOf()).not.toBe(before);
  expect(stage.heard.map(({ serviceUrl }) => serviceUrl)).toEqual(
    ['fr', 'emea'].map(region => `${stage.microsoft365.url}/connector/${region}/`),
  );
  expect((await post('move', { to: '../elsewhere' })).status).toBe(400);
});

describe('strangers', () => {
  test('a page of another site gets no token and moves nobody', async () => {
    const answer = await post('block', { user: priya, blocked: true }, { origin: 'https://elsewhere.example' });

    expect(answer.status).toBe(403);
    expect((await state()).people.find(person => person.id === priya)?.blocked).toBe(false);
  });

  test('a name that was pointed at this machine gets nothing', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(
        `${stage.microsoft365.url}/desk/api/tab-token?user=${priya}`,
        { headers: { host: 'rebound.example' } },
        response => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });

    expect(status).toBe(403);
  });
});

test('the clock is moved for the whole tenant', async () => {
  const moved = await post<{ now: string; moved: boolean }>('clock', {
    local: '2026-11-23T09:00',
    zone: 'Europe/London',
  });

  expect(moved.body.moved).toBe(true);
  expect(moved.body.now.slice(0, 16)).toBe('2026-11-23T09:00');
  expect((await state()).clock.now.slice(0, 16)).toBe('2026-11-23T09:00');
  expect(stage.microsoft365.clock.now().toISOString().slice(0, 16)).toBe('2026-11-23T09:00');
});

test('what happens is told at once to whoever listens', async () => {
  const stop = new AbortController();
  const response = await fetch(`${stage.microsoft365.url}/desk/api/events`, { signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();

  await post('say', { user: priya, to: 'channel', text: 'hello', mention: false });
  let heard = '';
  while (!heard.includes('data:')) heard += (await reader?.read())?.value ?? 'data: the stream ended';
  stop.abort();

  expect(heard).toContain(`data: {"kind":"changed","conversationId":"${sampleTeam.threadId}"}`);
});

test('the page is not found outside its folder', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request(`${stage.microsoft365.url}/desk/app/..%2f..%2fpackage.json`, response => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

  expect(status).toBe(404);
});
