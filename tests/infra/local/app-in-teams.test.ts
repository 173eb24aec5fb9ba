import { beforeEach, describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { AppInTeams } from '../../../infra/local/app-in-teams.ts';
import { tenant } from '../../../infra/local/directory.ts';
import { startMicrosoft365, type Microsoft365 } from '../../../infra/local/microsoft365.ts';
import { sampleTeam, samplePeople, seedPeople } from '../../../infra/local/sample-people.ts';
import { untilEnd } from '../../support/clean-up.ts';

/** A tenant that has never heard of the app: it refuses what a real one would, until an administrator has done each part. */
const owner = samplePeople[0]!.id;
const endpoint = 'https://cop.example.org/api/messages';
const bot = { name: 'cop', appId: tenant.appId, endpoint };

let microsoft365: Microsoft365;
let app: AppInTeams;
beforeEach(async () => {
  const started = await startMicrosoft365({
    port: 0,
    dataDir: null,
    productUrl: () => 'https://cop.example.org',
    withoutApp: true,
  });
  untilEnd(() => started.close());
  microsoft365 = started;
  seedPeople(microsoft365.directory);
  app = microsoft365.appInTeams!;
});

function packageOf(botId: string): Uint8Array {
  const id = 'b2a7c0de-0000-4000-8000-000000000001';
  return zipSync({ 'manifest.json': strToU8(JSON.stringify({ id, bots: [{ botId }] })) });
}

async function tokenFor(form: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${microsoft365.url}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: tenant.appId, client_secret: tenant.appSecret, ...form }),
  });
  return response.json();
}

describe('before anything was done', () => {
  test('Entra does not know the app, whatever secret it shows', async () => {
    const scope = 'https://graph.microsoft.com/.default';

    expect(await tokenFor({ grant_type: 'client_credentials', scope })).toMatchObject({
      error: 'unauthorized_client',
      error_codes: [700016],
    });
  });

  test('Teams gets no token for a tab', async () => {
    await expect(microsoft365.entra.issueTabToken(owner)).rejects.toThrow('no scope access_as_user');
  });

  test('nobody finds the app in Teams', async () => {
    await expect(microsoft365.connector.installApp(sampleTeam.id, owner)).rejects.toThrow(
      'its package is not uploaded',
    );
  });
});

describe('what happens in Teams goes nowhere', () => {
  test.each<[string, () => void, RegExp]>([
    ['without a bot', () => {}, /There is no Azure Bot of the app/],
    ['with the bot of another app', () => app.putBot({ ...bot, appId: 'other' }), /There is no Azure Bot of the app/],
    ['without its Teams channel', () => app.putBot(bot), /The Azure Bot cop has no Teams channel/],
  ])('%s', async (_what, act, says) => {
    app.upload(packageOf(tenant.appId));
    act();

    const deliveries = await microsoft365.connector.installApp(sampleTeam.id, owner);

    expect(deliveries.map(({ status }) => status)).toEqual([0, 0]);
    expect(deliveries[0]?.body).toMatch(says);
  });

  test('and to the bot’s endpoint when all is there; a bot that is made again keeps its channel', () => {
    app.upload(packageOf(tenant.appId));
    app.putBot(bot);
    app.addTeamsChannel('cop');
    app.putBot(bot);

    expect(String(app.endpoint())).toBe(endpoint);
  });
});

test('what is no package, and a channel of a bot that is not there, are refused', () => {
  expect(() => app.upload(new Uint8Array([1, 2, 3]))).toThrow('This is no app package');
  expect(() => app.upload(zipSync({ 'other.json': strToU8('{}') }))).toThrow('This is no app package');
  expect(() => app.addTeamsChannel('cop')).toThrow('There is no bot cop.');
});
