import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tenant } from '../../../../infra/local/directory.ts';
import { fact } from '../fact.ts';
import { appToken, asker, gardeners, openTenant, people, tokenFor, type Ask, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
let app: Ask;
beforeAll(async () => {
  local = await openTenant();
  local.entra.consent.setApplication(['GroupMember.Read.All', 'User.Read.All', 'Team.ReadBasic.All']);
  local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group', 'ChannelSettings.Read.Group']);
  app = asker(local, await appToken(local));
});
afterAll(() => local.close());

test('a team, its channels and its members', async () => {
  const [team, channels, members] = await Promise.all(
    ['', '/channels', '/members'].map(path => app('GET', `/teams/${gardeners.id}${path}`)),
  );

  expect(team?.body).toMatchObject({
    id: gardeners.id,
    displayName: 'Gardeners',
    internalId: gardeners.threadId,
    tenantId: tenant.id,
  });
  expect(channels?.body.value).toEqual([
    expect.objectContaining({ id: gardeners.threadId, displayName: 'General', membershipType: 'standard' }),
  ]);
  expect(
    members?.body.value.map(({ '@odata.type': type, userId, displayName, email, roles }) => ({
      type,
      userId,
      displayName,
      email,
      roles,
    })),
  ).toEqual([
    {
      type: '#microsoft.graph.aadUserConversationMember',
      userId: people.ana.id,
      displayName: 'Ana Silva',
      email: people.ana.mail,
      roles: ['owner'],
    },
    {
      type: '#microsoft.graph.aadUserConversationMember',
      userId: people.ben.id,
      displayName: 'Ben Okoro',
      email: people.ben.mail,
      roles: [],
    },
  ]);
});

test('members come page by page', async () => {
  const first = await app('GET', `/teams/${gardeners.id}/members?$top=1`);
  const second = await app('GET', first.body['@odata.nextLink'] ?? '');

  expect([first, second].map(({ body }) => body.value.map(({ displayName }) => displayName))).toEqual([
    ['Ana Silva'],
    ['Ben Okoro'],
  ]);
  expect(second.body['@odata.nextLink']).toBeUndefined();
});

fact('graph/members-lack-one', async () => {
  local.graph.oddities.setRoster(gardeners.id, { lacks: people.ben.id });
  const { status, body } = await app('GET', `/teams/${gardeners.id}/members`);
  local.graph.oddities.setRoster(gardeners.id, null);

  expect([status, body['@odata.count'], body.value.map(({ displayName }) => displayName)]).toEqual([
    200,
    1,
    ['Ana Silva'],
  ]);
});

test('who joins is a member at once', async () => {
  local.directory.addMember(gardeners.id, people.carla.id);
  const joined = await app('GET', `/teams/${gardeners.id}/members`);
  local.directory.removeMember(gardeners.id, people.carla.id);
  const left = await app('GET', `/teams/${gardeners.id}/members`);

  expect([joined.body.value.length, left.body.value.length]).toEqual([3, 2]);
});

describe('a group', () => {
  test.each([
    ['members', ['Ana Silva', 'Ben Okoro']],
    ['owners', ['Ana Silva']],
  ])('has %s', async (which, names) => {
    const { body } = await app('GET', `/groups/${gardeners.id}/${which}?$select=displayName`);

    expect(body.value).toEqual(names.map(displayName => ({ '@odata.type': '#microsoft.graph.user', displayName })));
  });
});

describe('a person', () => {
  test.each([[people.ben.id], [people.ben.mail]])('is found by %s', async id => {
    const { body } = await app('GET', `/users/${id}`);

    expect(body).toMatchObject({
      id: people.ben.id,
      displayName: 'Ben Okoro',
      givenName: 'Ben',
      surname: 'Okoro',
      mail: people.ben.mail,
      userPrincipalName: people.ben.mail,
    });
  });

  test('is not told to an app that has no User.Read', async () => {
    const { status, body } = await asker(local, await tokenFor(local, people.ben))('GET', '/me?$select=id,displayName');

    expect([status, body.error?.code]).toEqual([403, 'Authorization_RequestDenied']);
  });

  test('who is not there is not found', async () => {
    const { status, body } = await app('GET', '/users/nobody@cedarvalley.example');

    expect([status, body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
  });
});
