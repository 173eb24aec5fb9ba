import { describe, expect, test } from '@jest/globals';
import { tab as tabFeature } from '../../../../bot/features/tab/index.ts';
import type { Roster } from '../../../../bot/ports.ts';
import { api } from '../../../../domain/api.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { communitiesOf, community, member, newCommunity, translateFor } from '../../../support/feature-parts.ts';
import { request } from '../../../support/requests.ts';

const ann = member('Ann Okafor');
const owner = member('Priya Raman', { owner: true });
const beekeepers = newCommunity({ id: 'bees', name: 'Beekeepers' });
const storytellers = community({ id: 'stories', name: 'Storytellers' });
const away = newCommunity({ id: 'away', name: 'Away' });

function scene(
  rosters: Readonly<Record<string, readonly { readonly id: string }[] | CommunityError>>,
  administrators: readonly string[] = [],
) {
  const communities = communitiesOf(storytellers, beekeepers, away);
  const roster: Roster = {
    async members() {
      throw new Error('nobody asks for all of them');
    },
    async member(id, person) {
      const known = rosters[id] ?? [];
      if (known instanceof CommunityError) throw known;
      return known.some(one => one.id === person) ? ann : undefined;
    },
  };
  return {
    communities,
    feature: tabFeature({
      communities,
      roster,
      administrators,
      principalNames: {
        principalName: async (_community, id) => (id === ann.id ? 'ann@example.org' : undefined),
        addresses: async () => new Map(),
      },
      links: { chat: name => `https://teams.example/chat/${name}` },
    }),
  };
}
const mine = (...args: Parameters<typeof scene>) =>
  scene(...args).feature.everybody![0]!.handle({ person: ann.id, t: translateFor({ name: 'tab', text: { en: {} } }) });
const gone = new CommunityError('unavailable', 'Graph does not answer');

describe('my communities', () => {
  test('are those whose roster has me, by name', async () => {
    expect(await mine({ stories: [ann], bees: [ann], away: [owner] })).toEqual({
      body: {
        communities: [
          { id: 'bees', name: 'Beekeepers', ready: false },
          { id: 'stories', name: 'Storytellers', ready: true },
        ],
        partial: false,
        administrator: false,
      },
    });
  });

  test('are shown without one that could not be asked, and it is said', async () => {
    expect((await mine({ stories: [ann], bees: gone })).body).toEqual({
      communities: [{ id: 'stories', name: 'Storytellers', ready: true }],
      partial: true,
      administrator: false,
    });
  });

  test('are not said to be none when one could not be asked', async () => {
    await expect(mine({ bees: gone })).rejects.toThrow('Graph does not answer');
  });

  test('lead those who look after the app to their page, also while no team can be asked', async () => {
    expect((await mine({ bees: gone }, [ann.id])).body).toEqual({
      communities: [],
      partial: true,
      administrator: true,
    });
  });
});

describe('where the tab is', () => {
  const tab = { channel: '19:general@thread.tacv2', entity: 'community', subPage: 'plan' };
  const app = '8e0b7d52-4c3a-4f0e-b1d6-95a27c6e3f48';

  test('and what Teams calls the app are believed of those who look after the community', async () => {
    const { feature, communities } = scene({});

    await request(feature, api.seeTab, { who: ann, community: storytellers, body: { tab, app } });
    const before = await communities.find('stories');
    await request(feature, api.seeTab, { who: owner, community: storytellers, body: { tab, app } });

    expect(before).not.toHaveProperty('teamsApp');
    expect(before).not.toHaveProperty('tab');
    expect(await communities.find('stories')).toMatchObject({ teamsApp: app, tab });
  });

  test('is forgotten when it is taken out of that channel, and not of another', async () => {
    const { feature, communities } = scene({});
    await request(feature, api.seeTab, { who: owner, community: storytellers, body: { tab } });

    await request(feature, api.removeTab, {
      who: ann,
      community: storytellers,
      body: { channel: '19:b@thread.tacv2' },
    });
    const after = await communities.find('stories');
    await request(feature, api.removeTab, { who: ann, community: storytellers, body: { channel: tab.channel } });

    expect(after).toMatchObject({ tab });
    expect(await communities.find('stories')).not.toHaveProperty('tab');
  });
});

describe('writing to somebody', () => {
  const write = (who: string) =>
    request(scene({}).feature, api.chat, { who: ann, community: storytellers, params: { person: who } });

  test('is a link by the name that Entra knows them by', async () => {
    expect((await write(ann.id)).body).toEqual({ link: 'https://teams.example/chat/ann@example.org' });
  });

  test('is refused where Teams does not say it', async () => {
    await expect(write('somebody-else')).rejects.toMatchObject({ code: 'not-found' });
  });
});
