import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { budgets } from '../../bot/http/limits.ts';
import { api } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { PlanView } from '../../domain/plan/api.ts';
import { enveloped, type ActivityJson } from '../../infra/local/connector/activities.ts';
import { tenant, type Team } from '../../infra/local/directory.ts';
import { eventually } from '../support/engines.ts';
import { load, together, type Load } from '../support/load.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** Who spends too much is told so, and everybody else notices nothing. SharePoint enforces its units. */
let system: System;
const second: Team = {
  id: '7d1f5a10-2b3c-4d5e-8f90-1a2b3c4d5e6f',
  threadId: '19:second@thread.tacv2',
  displayName: 'Menders',
  description: '',
  sitePath: '/sites/Menders',
  channels: [{ id: '19:second@thread.tacv2', displayName: 'General' }],
  members: ['Ruth', 'Kofi', 'Elena'].map((name, index) => ({ userId: personOf(name).id, owner: index === 0 })),
};
beforeAll(async () => {
  // Empty communities: what filling the sample costs would be on the same minute's account.
  system = await startSystem({ sample: false });
  const { directory, graph, connector } = system.microsoft365;
  directory.putTeam(second);
  for (const [id, owner] of [
    [system.team, 'Priya'],
    [second.id, 'Ruth'],
  ] as const) {
    const params = { community: id };
    const person = personOf(owner);
    graph.grantSite(id, 'fullcontrol');
    await connector.installApp(id, person.id);
    await eventually('the community', async () => (await system.ask(owner, api.community, { params })).status === 200);
    const settings = {
      timeZone: 'Europe/London',
      coordinators: [person],
      facilitation: { day: 1, time: '09:00', facilitators: [person], destination: 'chats' },
    };
    expect(
      (await system.ask(owner, api.saveSettings, { params, body: settings, headers: { 'If-None-Match': '*' } })).status,
    ).toBe(200);
  }
  graph.throttle.enforced = true;
}, 120_000);
afterAll(() => system.stop());

/** Tokens are made once: what making one costs would be on the product's account. */
const tokens = new Map<string, Promise<string>>();
async function asks(
  who: string,
  endpoint: AnyEndpoint,
  {
    community = system.team,
    id = '',
    body,
  }: { readonly community?: string; readonly id?: string; readonly body?: object } = {},
): Promise<number> {
  const token = tokens.get(who) ?? system.microsoft365.entra.issueTabToken(personOf(who).id);
  tokens.set(who, token);
  const response = await fetch(
    system.productUrl + endpoint.path.replace('{community}', community).replace('{action}', id),
    {
      method: endpoint.method,
      headers: {
        Authorization: `Bearer ${await token}`,
        ...(body ? { 'Content-Type': 'application/json', 'If-None-Match': '*' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    },
  );
  await response.arrayBuffer();
  return response.status;
}

function activity(who: string, where: 'personal' | 'channel', changes: ActivityJson): ActivityJson {
  const { directory, clock, connector, url } = system.microsoft365;
  const team = directory.team(second.id)!;
  const chat =
    connector.conversationsOf(personOf(who).id).find(one => one.conversation.kind === 'personal')?.conversation.id ??
    `a:${who}`;
  return enveloped(changes, {
    user: directory.user(personOf(who).id)!,
    serviceUrl: `${url}/connector/`,
    now: clock.now(),
    id: `f:${randomUUID()}`,
    conversation: where === 'personal' ? { id: chat, kind: 'personal' } : { id: team.threadId, kind: 'channel' },
    ...(where === 'channel' ? { team } : {}),
  });
}
const action = {
  title: 'Look at one chart',
  owners: [],
  due: null,
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: '',
};

/** Two in the community of the storm and three in another, who look around and now and then change something. */
async function others(milliseconds: number): Promise<Load> {
  const loads = await Promise.all(
    (['Amara', 'Gwen', 'Ruth', 'Kofi', 'Elena'] as const).map(who => {
      const community = who === 'Amara' || who === 'Gwen' ? system.team : second.id;
      return load({
        perSecond: 1.5,
        milliseconds,
        ask: async index => {
          if (index % 6 === 5) return asks(who, api.saveAction, { community, id: randomUUID(), body: action });
          return asks(who, [api.overview, api.plan, api.roles, api.charter][index % 4]!, { community });
        },
      });
    }),
  );
  return together(loads.flatMap(({ answers }) => answers));
}

describe('through the bot', () => {
  const texts = (who: string) =>
    system.microsoft365.connector
      .messages(String((activity(who, 'personal', { type: 'message' })['conversation'] as { id: string }).id))
      .filter(({ from }) => from === null);

  test('typed words are answered, then there is one sentence, then silence', async () => {
    await system.microsoft365.connector.says(personOf('Yusuf').id, 'personal', 'help');
    await eventually('the first answer', () => texts('Yusuf').length > 0);

    const statuses = [];
    for (let times = 0; times < 40; times++)
      statuses.push(
        (await system.microsoft365.connector.deliver(activity('Yusuf', 'personal', { type: 'message', text: 'help' })))
          .status,
      );
    await eventually('the sentence', () => texts('Yusuf').some(({ text }) => text.startsWith('That was a lot')));
    await new Promise(resolve => setTimeout(resolve, 1500));

    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(texts('Yusuf')).toHaveLength(1 + 30);
  });

  test('a press over the budget is answered with a notice, whatever is pressed', async () => {
    const press = (value: unknown, name = 'adaptiveCard/action') =>
      system.microsoft365.connector.deliver(activity('Sofía', 'personal', { type: 'invoke', name, value }));
    const value = { action: { type: 'Action.Execute', verb: 'plan.nothing', data: {} }, trigger: 'manual' };
    const bodies = [];
    for (let times = 0; times < 101; times++) bodies.push((await press(value)).body);

    expect(bodies[50]).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.not.stringContaining('That was a lot'),
    });
    expect(bodies[100]).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringContaining('That was a lot'),
    });
    expect((await press({ commandId: 'plan.add' }, 'composeExtension/fetchTask')).body).toMatchObject({
      task: {
        type: 'continue',
        value: { card: { content: { fallbackText: expect.stringContaining('That was a lot') } } },
      },
    });
    // What happens in a team is nobody's to spend.
    const members = [{ id: `29:${personOf('Jonas').id}`, aadObjectId: personOf('Jonas').id }];
    system.microsoft365.directory.putTeam({
      ...second,
      members: [...second.members, { userId: personOf('Jonas').id, owner: false }],
    });
    const joined = await system.microsoft365.connector.deliver(
      activity('Sofía', 'channel', { type: 'conversationUpdate', membersAdded: members }),
    );
    expect(joined.status).toBe(200);
    await eventually('the welcome', () => texts('Jonas').length > 0);
  });
});

test('one member at 20 requests a second: five others in two communities notice nothing', async () => {
  const before = await others(4000);

  const [meanwhile, storm] = await Promise.all([
    others(10_000),
    load({
      perSecond: 20,
      milliseconds: 10_000,
      ask: index => (index % 2 === 0 ? asks('Daniel', api.overview) : asks('Daniel', api.saveSettings, { body: {} })),
    }),
  ]);

  expect(storm.count(429)).toBeGreaterThan(0);
  expect(meanwhile.count(200)).toBe(meanwhile.answers.length);
  // Of a machine that is busy with other tests nobody can ask more than that it is as quick as it was.
  expect(meanwhile.percentile(0.95)).toBeLessThan(Math.max(1000, 4 * before.percentile(0.95)));
}, 60_000);

test('whoever is over their budget reads so, with the seconds to wait, and everybody else goes on', async () => {
  const refused = await fetch(`${system.productUrl}/api/communities/${system.team}/overview`, {
    headers: { Authorization: `Bearer ${await system.microsoft365.entra.issueTabToken(personOf('Daniel').id)}` },
  });
  const seconds = Number(refused.headers.get('retry-after'));

  expect(refused.status).toBe(429);
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(await refused.json()).toEqual({
    code: 'too-many-requests',
    message: expect.stringMatching(/^That was a lot in a short time.* in \d+ seconds?\.$/),
  });
  expect((await system.ask('Priya', api.plan)).status).toBe(200);
  expect(
    system.log.filter(
      ({ msg, person }) => msg === 'a person spends more than their budget' && person === personOf('Daniel').id,
    ),
  ).toHaveLength(1);
});

test('a hundred equal screens at once cost SharePoint as much as a few', async () => {
  const { throttle } = system.microsoft365.graph;
  const people = ['Priya', 'Tomasz', 'Lars', 'Nadia', 'Aroha'];
  await eventually('a quiet moment', async () => (await system.ask('Priya', api.plan)).status === 200);
  const began = throttle.spent();

  const answers = await Promise.all(
    Array.from({ length: 100 }, (_one, index) => system.ask(people[index % people.length]!, api.overview)),
  );

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  // One overview reads about nine lists, two units each.
  expect(Math.max(0, throttle.spent() - began)).toBeLessThanOrEqual(60);
});

test('whoever saves reads what they saved, while others read the same', async () => {
  const id = randomUUID();
  const reading = Promise.all(Array.from({ length: 20 }, () => system.ask('Lars', api.plan)));

  const saved = await system.ask('Priya', api.saveAction, {
    params: { action: id },
    body: action,
    headers: { 'If-None-Match': '*' },
  });
  const read = (await system.ask('Priya', api.plan)).body as PlanView;

  expect(saved.status).toBe(200);
  expect(read.actions.map(one => one.id)).toContain(id);
  await reading;
});

describe('before sign-in', () => {
  async function forged(issuer: string, more: object): Promise<string> {
    const { privateKey } = await generateKeyPair('RS256');
    return new SignJWT({ iss: issuer, aud: tenant.appId, ...more })
      .setProtectedHeader({ alg: 'RS256', kid: 'stranger' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  }

  test('an address that brings bad tokens is told to wait; good ones from the same address are not', async () => {
    const token = await forged(`https://login.microsoftonline.com/${tenant.id}/v2.0`, {
      scp: 'access_as_user',
      oid: personOf('Priya').id,
      tid: tenant.id,
    });
    const bad = () =>
      fetch(`${system.productUrl}/api/communities/${system.team}`, { headers: { Authorization: `Bearer ${token}` } });
    const statuses = [];
    for (let times = 0; times < budgets.refusals.points + 10; times++) statuses.push((await bad()).status);
    const last = await bad();

    expect(statuses[0]).toBe(401);
    expect({ status: last.status, wait: Number(last.headers.get('retry-after')) > 0 }).toEqual({
      status: 429,
      wait: true,
    });
    expect((await system.ask('Amara', api.community)).status).toBe(200);
  });

  test('the same address is told so at the bot’s door and at calendars, and Teams’ own calls go through', async () => {
    const serviceUrl = `${system.microsoft365.url}/connector/`;
    const post = async (token: string) =>
      (
        await fetch(`${system.productUrl}/api/messages`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body: JSON.stringify(activity('Helen', 'personal', { type: 'typing' })),
        })
      ).status;

    expect(await post(await forged('https://api.botframework.com', { serviceurl: serviceUrl }))).toBe(429);
    expect((await fetch(`${system.productUrl}/calendar/${'a'.repeat(43)}.ics`)).status).toBe(429);
    expect(await post(await system.microsoft365.entra.signToBot(serviceUrl))).toBe(200);
    expect((await fetch(`${system.productUrl}/tabs/config.json`)).status).toBe(200);
    expect((await fetch(`${system.productUrl}/health`)).status).toBe(200);
  });
});
