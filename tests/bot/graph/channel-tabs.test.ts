import { describe, expect, test } from '@jest/globals';
import { clouds } from '../../../bot/clouds.ts';
import { createChannelTabs } from '../../../bot/graph/channel-tabs.ts';
import type { Graph } from '../../../bot/graph/client.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { newCommunity } from '../../support/feature-parts.ts';

const here = newCommunity({ id: 'g 1' });

function tabs(answer: () => Promise<unknown>, choices: { channel?: string; teamsAppId?: string | null } = {}) {
  const calls: unknown[] = [];
  const post = async (path: string, body: object) => {
    calls.push([path, body]);
    return answer();
  };
  const { channel, teamsAppId = null } = choices;
  const get = async (path: string) => {
    calls.push(path);
    return answer();
  };
  const made = createChannelTabs({
    graph: { post, get } as unknown as Graph,
    config: { publicUrl: 'https://cop.example.org', appId: 'manifest-id', teamsAppId, cloud: clouds.public },
    channelOf: async () => channel,
  });
  return { ...made, calls };
}

test('adds what the configuration page would have saved, to the channel in which the app was added', async () => {
  const { add, calls } = tabs(async () => ({}), { channel: '19:a@thread.tacv2', teamsAppId: 'catalogue-id' });

  const tab = await add(here, 'Community');

  expect(tab).toEqual({ channel: '19:a@thread.tacv2', entity: 'community', subPage: null });
  expect(calls).toEqual([
    [
      '/teams/g%201/channels/19%3Aa%40thread.tacv2/tabs',
      {
        displayName: 'Community',
        'teamsApp@odata.bind': 'https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/catalogue-id',
        configuration: {
          entityId: 'community',
          contentUrl: 'https://cop.example.org/tabs/?community=g%201',
          websiteUrl: 'https://cop.example.org/tabs/?community=g%201',
          removeUrl: 'https://cop.example.org/tabs/?frame=remove&community=g%201',
        },
      },
    ],
  ]);
});

test.each([
  ['what Teams calls it in the team', { ...here, teamsApp: 'learnt-id' }, 'learnt-id'],
  ['the manifest’s id, for a package uploaded to the team', here, 'manifest-id'],
])('names the app by %s', async (_what, one, id) => {
  const { add, calls } = tabs(async () => ({}), { channel: '19:a@thread.tacv2' });

  await add(one, 'Community');

  expect(JSON.stringify(calls)).toContain(`teamsApps/${id}"`);
});

test.each([
  ['the team has not consented', new CommunityError('not-allowed', '403')],
  ['this cloud cannot', new CommunityError('unavailable', '501')],
])('is no failure where %s: a person adds it', async (_why, error) => {
  const { add } = tabs(() => Promise.reject(error), { channel: '19:a@thread.tacv2' });

  expect(await add(here, 'Community')).toBeNull();
});

test('a fault of our own stays one', async () => {
  const { add } = tabs(() => Promise.reject(new TypeError('a bug')), { channel: '19:a@thread.tacv2' });

  await expect(add(here, 'Community')).rejects.toThrow('a bug');
});

test('asks nothing where no channel is known', async () => {
  const { add, calls } = tabs(async () => ({}));

  expect([await add(here, 'Community'), calls]).toEqual([null, []]);
});

describe('whether a tab is gone', () => {
  const tab = { channel: '19:a@thread.tacv2', entity: 'community', subPage: null };
  const ours = {
    configuration: { entityId: 'community', contentUrl: 'https://cop.example.org/tabs/?community=g%201' },
  };
  const anothers = { configuration: { entityId: 'community', contentUrl: 'https://other.example.org/' } };

  test.each([
    { listed: [anothers, ours], gone: false, reason: 'ours is listed' },
    { listed: [anothers, { configuration: null }], gone: true, reason: 'others are listed' },
    { listed: [], gone: true, reason: 'none is listed' },
  ])('$reason: $gone', async ({ listed, gone }) => {
    const { isGone, calls } = tabs(async () => ({ value: listed }));

    expect(await isGone(here, tab)).toBe(gone);
    expect(calls).toEqual(['/teams/g%201/channels/19%3Aa%40thread.tacv2/tabs']);
  });

  test.each(['not-allowed', 'not-found', 'unavailable'] as const)('is not known after %s', async code => {
    const { isGone } = tabs(() => Promise.reject(new CommunityError(code, 'no answer')));

    expect(await isGone(here, tab)).toBe(false);
  });
});
