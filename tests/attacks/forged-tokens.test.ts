import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { api } from '../../domain/api.ts';
import { enveloped } from '../../infra/local/connector/activities.ts';
import { tenant } from '../../infra/local/directory.ts';
import { eventually } from '../support/engines.ts';
import { algorithms, falseClaims, keyNames, shapes, signatures, type FalseClaim } from './support/forgeries.ts';
import {
  by,
  forge,
  startForger,
  takeApart,
  without,
  type Fields,
  type Forger,
  type Genuine,
} from './support/forging.ts';
import { addressAt, send, type Answer } from './support/send.ts';
import { pathOf, startTarget, troublesIn, type Target, type TargetCommunity } from './support/target.ts';

/** Whoever knocks with a token that nobody issued for this door learns that, and nothing happens. */
let target: Target;
let community: TargetCommunity;
let forger: Forger;
let genuine: Record<Door, Genuine>;
let knocks = 0;
beforeAll(async () => {
  target = await startTarget();
  forger = await startForger();
  [community] = target.communities;
  const { connector, entra } = target.microsoft365;
  await connector.says(community.coordinator.id, 'personal', 'help');
  await eventually('the first answer', () => answered() === 1);
  genuine = {
    bot: takeApart(target.microsoft365, await entra.signToBot(serviceUrl()), 'bot-service'),
    tabs: takeApart(target.microsoft365, await entra.issueTabToken(community.coordinator.id), 'entra'),
  };
}, 60_000);
afterAll(async () => {
  await target?.stop();
  await forger?.stop();
});

type Door = 'bot' | 'tabs';
const doors: readonly Door[] = ['bot', 'tabs'];
const elsewhere = '11111111-2222-3333-4444-555555555555';
const serviceUrl = (): string => `${target.microsoft365.url}/connector/`;

interface Knocking {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Of the bot's door: what the activity says instead. */
  readonly change?: (activity: Fields) => Fields;
  readonly query?: string;
}

/** Somebody at the door who would be the coordinator: they type `help`, or read the settings. */
function knock(door: Door, { headers, change = activity => activity, query = '' }: Knocking): Promise<Answer> {
  const from = addressAt(knocks++);
  if (door === 'tabs')
    return send({
      port: target.port,
      from,
      path: `${pathOf(api.settings, { community: community.team.id })}${query}`,
      headers,
    });
  const activity = enveloped(
    { type: 'message', text: 'help' },
    {
      user: community.coordinator,
      serviceUrl: serviceUrl(),
      now: target.microsoft365.clock.now(),
      id: `f:${randomUUID()}`,
      conversation: { id: chat(), kind: 'personal' },
    },
  );
  return send({
    port: target.port,
    from,
    method: 'POST',
    path: `/api/messages${query}`,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(change(activity)),
  });
}
const answered = (): number =>
  target.microsoft365.connector.messages(chat()).filter(({ from }) => from === null).length;
const chat = (): string => `a:1${community.coordinator.id.replaceAll('-', '')}`;
const bearing = (token: string): Knocking => ({ headers: { Authorization: `Bearer ${token}` } });

/** The genuine token with other claims, signed by the right key. */
const claiming = (door: Door, { change }: FalseClaim): Knocking =>
  bearing(forge(genuine[door].header, change(genuine[door].claims), by(genuine[door].key)));

async function refused(door: Door, knocking: Knocking, status = 401): Promise<void> {
  const answer = await knock(door, knocking);
  expect({ status: answer.status, says: /"settings"|\n\s+at |node_modules/.test(answer.body) }).toEqual({
    status,
    says: false,
  });
}

describe.each(doors)('at the door of the %s', door => {
  test('the genuine token opens, and so does one that this test signed', async () => {
    const { token, header, claims, key } = genuine[door];

    const answers = [await knock(door, bearing(token)), await knock(door, bearing(forge(header, claims, by(key))))];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test.each([...algorithms, ...signatures, ...keyNames, ...shapes])('$threat is refused', async ({ make }) => {
    await refused(door, bearing(make(genuine[door], forger)));
  });

  test.each(falseClaims)('$threat is refused, although the right key signed it', async claim => {
    await refused(door, claiming(door, claim));
  });

  test.each<{ threat: string; knocking(token: string): Knocking }>([
    { threat: 'no token', knocking: () => ({ headers: {} }) },
    { threat: 'an empty header', knocking: () => ({ headers: { Authorization: '' } }) },
    { threat: 'Bearer and nothing', knocking: () => ({ headers: { Authorization: 'Bearer ' } }) },
    { threat: 'the token without Bearer', knocking: token => ({ headers: { Authorization: token } }) },
    { threat: 'Bearer twice', knocking: token => ({ headers: { Authorization: `Bearer Bearer ${token}` } }) },
    { threat: 'another scheme', knocking: token => ({ headers: { Authorization: `Basic ${token}` } }) },
    {
      threat: 'a forged header before the genuine one',
      knocking: token => ({ headers: { Authorization: [`Bearer ${token}x`, `Bearer ${token}`] } }),
    },
    {
      threat: 'two tokens in one header',
      knocking: token => ({ headers: { Authorization: `Bearer ${token}, Bearer ${token}` } }),
    },
    {
      threat: 'the token in the address',
      knocking: token => ({ headers: {}, query: `?access_token=${token}&token=${token}` }),
    },
    {
      threat: 'the token in a cookie',
      knocking: token => ({ headers: { Cookie: `token=${token}; Authorization=Bearer ${token}` } }),
    },
    {
      threat: 'the token in a header of another name',
      knocking: token => ({
        headers: { 'X-Authorization': `Bearer ${token}`, 'Proxy-Authorization': `Bearer ${token}` },
      }),
    },
    {
      threat: 'the name of a proxy’s user',
      knocking: () => ({
        headers: { 'X-MS-CLIENT-PRINCIPAL-ID': community.owner.id, 'X-Forwarded-User': community.owner.id },
      }),
    },
  ])('$threat is refused', async ({ knocking }) => {
    await refused(door, knocking(genuine[door].token));
  });
});

describe('at the door of the bot', () => {
  test.each<FalseClaim>([
    { threat: 'a token for no service address', change: claims => without(claims, 'serviceurl') },
    {
      threat: 'a token for another service address',
      change: claims => ({ ...claims, serviceurl: 'https://smba.trafficmanager.net/emea/' }),
    },
    {
      threat: 'a token for a service address in capitals',
      change: claims => ({ ...claims, serviceurl: String(claims['serviceurl']).toUpperCase() }),
    },
    {
      threat: 'a token for a service address without its slash',
      change: claims => ({ ...claims, serviceurl: String(claims['serviceurl']).replace(/\/$/, '') }),
    },
    {
      threat: 'a token for a service address that only begins right',
      change: claims => ({ ...claims, serviceurl: `${String(claims['serviceurl'])}../` }),
    },
    {
      threat: 'a token for a list of service addresses',
      change: claims => ({ ...claims, serviceurl: [claims['serviceurl'], 'https://evil.example/'] }),
    },
    { threat: 'a token for an empty service address', change: claims => ({ ...claims, serviceurl: '' }) },
    {
      threat: 'a token of the emulator',
      change: claims => ({
        ...claims,
        iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
        appid: tenant.appId,
        ver: '1.0',
      }),
    },
    {
      threat: 'a token of the emulator, version 2',
      change: claims => ({
        ...claims,
        iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
        azp: tenant.appId,
        ver: '2.0',
      }),
    },
    {
      threat: 'a token of another bot, as a skill',
      change: claims => ({
        ...claims,
        iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
        azp: elsewhere,
        ver: '2.0',
      }),
    },
    { threat: 'a token of another cloud', change: claims => ({ ...claims, iss: 'https://api.botframework.us' }) },
  ])('$threat is refused, although the right key signed it', async claim => {
    await refused('bot', claiming('bot', claim));
  });

  test.each<{ threat: string; token(): Promise<string> | string }>([
    { threat: 'a person’s own token', token: () => genuine.tabs.token },
    {
      threat: 'a token for us that Entra’s key signed',
      token: () => forge(genuine.tabs.header, genuine.bot.claims, by(genuine.tabs.key)),
    },
    {
      threat: 'a token with Entra’s key under the name of the Bot Connector’s',
      token: () => forge(genuine.bot.header, genuine.bot.claims, by(genuine.tabs.key)),
    },
    {
      threat: 'the app’s own token for the Bot Connector',
      token: () => appToken('https://api.botframework.com/.default'),
    },
  ])('$threat is refused', async ({ token }) => {
    await refused('bot', bearing(await token()));
  });

  // Microsoft's keys endorse many channels, and so do those of local Entra: the channel has to be looked at by us.
  test.each(['webchat', 'directline', 'emulator', 'skype', 'email', 'MSTEAMS', 'msteams ', 'test'])(
    'an activity from %s is refused, although its token is genuine',
    async channelId => {
      await refused('bot', { ...bearing(genuine.bot.token), change: activity => ({ ...activity, channelId }) }, 403);
    },
  );

  const conversationOf = (activity: Fields): Fields => activity['conversation'] as Fields;
  test.each<{ threat: string; change(activity: Fields): Fields }>([
    {
      threat: 'names another tenant in its channel data',
      change: activity => ({ ...activity, channelData: { tenant: { id: elsewhere } } }),
    },
    {
      threat: 'names another tenant in its conversation',
      change: activity => ({ ...activity, conversation: { ...conversationOf(activity), tenantId: elsewhere } }),
    },
    {
      threat: 'names another tenant in both',
      change: activity => ({
        ...activity,
        channelData: { tenant: { id: elsewhere } },
        conversation: { ...conversationOf(activity), tenantId: elsewhere },
      }),
    },
    {
      threat: 'names no tenant in its channel data, and another in its conversation',
      change: activity => ({
        ...activity,
        channelData: {},
        conversation: { ...conversationOf(activity), tenantId: elsewhere },
      }),
    },
    {
      threat: 'names no tenant anywhere',
      change: activity => ({
        ...without(activity, 'channelData'),
        conversation: without(conversationOf(activity), 'tenantId'),
      }),
    },
    {
      threat: 'names an empty tenant',
      change: activity => ({
        ...activity,
        channelData: { tenant: { id: '' } },
        conversation: { ...conversationOf(activity), tenantId: '' },
      }),
    },
    {
      threat: 'names our tenant and more',
      change: activity => ({ ...activity, channelData: { tenant: { id: `${tenant.id}0` } } }),
    },
  ])('an activity that $threat is refused, although its token is genuine', async ({ change }) => {
    await refused('bot', { ...bearing(genuine.bot.token), change }, 403);
  });

  test.each([
    'https://evil.example/',
    'http://127.0.0.1:9/',
    'https://smba.trafficmanager.net.evil.example/emea/',
    'https://evil.example/smba.trafficmanager.net/',
    'https://smba.trafficmanager.net@evil.example/',
  ])('an activity that is to be answered at %s is refused, although its token says the same', async address => {
    const token = forge(genuine.bot.header, { ...genuine.bot.claims, serviceurl: address }, by(genuine.bot.key));
    const answer = await knock('bot', {
      ...bearing(token),
      change: activity => ({ ...activity, serviceUrl: address }),
    });

    expect([401, 403]).toContain(answer.status);
  });
});

describe('at the door of the tabs', () => {
  test.each<FalseClaim>([
    { threat: 'a token of another tenant', change: claims => ({ ...claims, tid: elsewhere }) },
    { threat: 'a token of no tenant', change: claims => without(claims, 'tid') },
    { threat: 'a token of a list of tenants', change: claims => ({ ...claims, tid: [tenant.id] }) },
    { threat: 'a token of no person', change: claims => without(claims, 'oid') },
    { threat: 'a token of an empty person', change: claims => ({ ...claims, oid: '' }) },
    { threat: 'a token of a list of persons', change: claims => ({ ...claims, oid: [claims['oid']] }) },
    { threat: 'a token of an object for a person', change: claims => ({ ...claims, oid: { $ne: null } }) },
    { threat: 'a token without a scope (an ID token)', change: claims => without(claims, 'scp', 'azp', 'azpacr') },
    {
      threat: 'a token of an app for itself',
      change: claims => ({ ...without(claims, 'scp'), idtyp: 'app', roles: ['access_as_user'] }),
    },
    { threat: 'a token of an app for itself that claims the scope', change: claims => ({ ...claims, idtyp: 'app' }) },
    { threat: 'a token for another scope', change: claims => ({ ...claims, scp: 'User.Read' }) },
    { threat: 'a token for a scope that begins like ours', change: claims => ({ ...claims, scp: 'access_as_user_x' }) },
    { threat: 'a token for our scope in capitals', change: claims => ({ ...claims, scp: 'ACCESS_AS_USER' }) },
    { threat: 'a token for a list of scopes', change: claims => ({ ...claims, scp: ['access_as_user'] }) },
    { threat: 'a token that a stranger’s app got', change: claims => ({ ...claims, azp: elsewhere }) },
    { threat: 'a token that nobody knows who got', change: claims => without(claims, 'azp') },
    { threat: 'a token that a list of apps got', change: claims => ({ ...claims, azp: [claims['azp'], elsewhere] }) },
  ])('$threat is refused, although the right key signed it', async claim => {
    await refused('tabs', claiming('tabs', claim));
  });

  test.each<{ threat: string; token(): Promise<string> | string }>([
    { threat: 'a token of the Bot Connector', token: () => genuine.bot.token },
    {
      threat: 'a token with the Bot Connector’s key under the name of Entra’s',
      token: () => forge(genuine.tabs.header, genuine.tabs.claims, by(genuine.bot.key)),
    },
    {
      threat: 'the app’s own token for Microsoft Graph',
      token: () => appToken('https://graph.microsoft.com/.default'),
    },
    {
      threat: 'the app’s own token for the Bot Connector',
      token: () => appToken('https://api.botframework.com/.default'),
    },
    { threat: 'a person’s token for Microsoft Graph', token: () => personsGraphToken() },
  ])('$threat is refused', async ({ token }) => {
    await refused('tabs', bearing(await token()));
  });
});

async function fromEntra(form: Record<string, string>): Promise<string> {
  const answer = await fetch(`${target.microsoft365.url}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: tenant.appId, client_secret: tenant.appSecret, ...form }),
  });
  return String(((await answer.json()) as Fields)['access_token']);
}
const appToken = (scope: string): Promise<string> => fromEntra({ grant_type: 'client_credentials', scope });
const personsGraphToken = (): Promise<string> =>
  fromEntra({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    scope: 'https://graph.microsoft.com/.default',
    assertion: genuine.tabs.token,
  });

describe('of all these', () => {
  test('there were more than 120, none ended the server, and none left a stack or an error in the log', () => {
    expect(knocks).toBeGreaterThan(120);
    expect({ crashes: target.crashes, troubles: troublesIn(target.log) }).toEqual({ crashes: [], troubles: [] });
  });

  test('none made the server ask a stranger for keys, or Graph for anything', async () => {
    const before = target.graphCalls.length;
    await Promise.all(
      [...algorithms, ...signatures].flatMap(({ make }) =>
        doors.map(door => knock(door, bearing(make(genuine[door], forger)))),
      ),
    );

    expect({ asked: forger.asked(), graph: target.graphCalls.slice(before) }).toEqual({ asked: 0, graph: [] });
  });

  test('none was kept to be done later: what is typed next is the first to be answered', async () => {
    const { status } = await knock('bot', bearing(genuine.bot.token));
    await eventually('the answers', () => answered() >= 4);
    await new Promise(resolve => setTimeout(resolve, 300));

    // To the first word, to the two of the first test, and to this one.
    expect({ status, answered: answered() }).toEqual({ status: 200, answered: 4 });
  });
});

describe('at the door of those who look after the app', () => {
  const endpoints = [api.administration, api.serverReport, api.checkServer, api.communityReports, api.deliveryOfAll];
  async function knocksAs(
    change: ((claims: Fields) => Fields) | null,
    who: { readonly id: string },
  ): Promise<number[]> {
    const token = takeApart(target.microsoft365, await target.microsoft365.entra.issueTabToken(who.id), 'entra');
    const headers =
      change === null ? {} : { Authorization: `Bearer ${forge(token.header, change(token.claims), by(token.key))}` };
    const answers = endpoints.map(({ method, path }) =>
      send({ port: target.port, from: addressAt(knocks++), method, path, headers }),
    );
    return (await Promise.all(answers)).map(({ status }) => status);
  }
  const all = (status: number): number[] => endpoints.map(() => status);

  test('the administrator’s own token opens', async () => {
    expect(await knocksAs(claims => claims, target.administrator)).toEqual(all(200));
  });

  test('nobody comes in without a token, or with one of the same person in another tenant', async () => {
    expect(await knocksAs(null, target.administrator)).toEqual(all(401));
    expect(
      await knocksAs(
        claims => ({ ...claims, tid: elsewhere, iss: `https://login.microsoftonline.com/${elsewhere}/v2.0` }),
        target.administrator,
      ),
    ).toEqual(all(401));
  });

  // Rights come from the environment of the server, whatever roles somebody has in Entra or in their team.
  test.each([
    ['a global administrator of Entra', { wids: ['62e90394-69f5-4237-9190-012177145e10'] }],
    ['somebody with a role of that name', { roles: ['Administrator'], groups: ['administrators'] }],
  ])('%s does not come in by that', async (_who, more) => {
    expect(await knocksAs(claims => ({ ...claims, ...more }), community.owner)).toEqual(all(403));
  });
});
