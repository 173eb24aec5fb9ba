import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { tenant } from '../../../../infra/local/directory.ts';
import { fact } from '../fact.ts';
import { appToken, asker, gardeners, openTenant, productUrl, type Ask, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
let app: Ask;
beforeAll(async () => {
  local = await openTenant();
  app = asker(local, await appToken(local));
});
afterAll(() => local.close());
beforeEach(() => {
  local.graph.tabs.removeAll(gardeners.id);
  local.graph.setTeamConsent(gardeners.id, ['TeamsTab.Create.Group']);
});

const catalogue = 'https://graph.microsoft.com/v1.0/appCatalogs/teamsApps';
const configuration = {
  entityId: 'community',
  contentUrl: `${productUrl}/tabs/?community=${gardeners.id}`,
  websiteUrl: `${productUrl}/tabs/?community=${gardeners.id}`,
  removeUrl: `${productUrl}/tabs/?frame=remove`,
};
const add = (choices: { channel?: string; app?: string; configuration?: object } = {}) =>
  app('POST', `/teams/${gardeners.id}/channels/${encodeURIComponent(choices.channel ?? gardeners.threadId)}/tabs`, {
    displayName: 'Community',
    'teamsApp@odata.bind': `${catalogue}/${choices.app ?? tenant.catalogueAppId}`,
    configuration: choices.configuration ?? configuration,
  });
const tabs = () => local.graph.tabs.of(gardeners.id);

fact('tabs/graph-adds-with-team-consent', async () => {
  expect((await add()).status).toBe(201);
  expect(tabs()).toMatchObject([{ channelId: gardeners.threadId, name: 'Community', ...configuration }]);
});

fact('tabs/graph-refuses-without-consent', async () => {
  local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group']);

  const { status, body } = await add();

  expect([status, body.error.code]).toEqual([403, 'Forbidden']);
  expect(body.error.message).toContain('TeamsTab.Create.Group');
  expect(tabs()).toEqual([]);
});

fact('tabs/graph-wants-the-app-in-the-team', async () => {
  local.graph.setTeamConsent(gardeners.id, []);
  local.entra.consent.setApplication(['TeamsTab.Create']);

  const refused = await asker(local, await appToken(local))(
    'POST',
    `/teams/${gardeners.id}/channels/${encodeURIComponent(gardeners.threadId)}/tabs`,
    { displayName: 'Community', 'teamsApp@odata.bind': `${catalogue}/${tenant.catalogueAppId}`, configuration },
  );

  expect(refused.status).toBe(403);
  expect(tabs()).toEqual([]);
});

fact('tabs/graph-names-the-app-by-catalogue', async () => {
  expect((await add({ app: tenant.appId })).status).toBe(404);
  expect(tabs()).toEqual([]);
});

fact('tabs/graph-answers-with-the-tab', async () => {
  const { status, body } = await add();

  expect(status).toBe(201);
  expect(body).toMatchObject({
    id: expect.any(String),
    displayName: 'Community',
    configuration,
    webUrl: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\/l\//),
  });
});

fact('tabs/only-valid-domains-are-shown', async () => {
  const elsewhere = { ...configuration, contentUrl: 'https://elsewhere.example/' };

  expect((await add({ configuration: elsewhere })).status).toBe(400);
  expect(() =>
    local.graph.tabs.add({ ...elsewhere, teamId: gardeners.id, channelId: gardeners.threadId, name: 'Community' }),
  ).toThrow('has to begin with');
  expect(tabs()).toEqual([]);
});

test.each([
  ['a channel that the team has not', { channel: '19:nowhere@thread.tacv2' }, 404],
  ['no address', { configuration: { entityId: 'community' } }, 400],
])('what cannot be added is refused: %s', async (_what, choices, status) => {
  expect((await add(choices)).status).toBe(status);
  expect(tabs()).toEqual([]);
});
