import { describe, expect, test } from '@jest/globals';
import { clouds } from '../../../bot/clouds.ts';
import type { AddressedCard } from '../../../bot/messages/transport.ts';
import { createTabLinks } from '../../../bot/teams/tab-links.ts';
import { readDeepLink } from '../../../bot/teams/read-deep-link.ts';
import { personalSubPage, writeDeepLink } from '../../../domain/deep-links.ts';
import type { Community } from '../../../domain/community.ts';
import { newCommunity } from '../../support/feature-parts.ts';

const { teams } = clouds.public;
const tab = { channel: '19:general@thread.tacv2', entity: 'community-old', subPage: null };
const withTab: Community = newCommunity({ id: 'with-tab', tab });
const without: Community = newCommunity({ id: 'without' });
const learnt: Community = newCommunity({ id: 'learnt', teamsApp: 'catalogue-id' });

function tabLinks(teamsAppId: string | null = null) {
  const asked: string[] = [];
  const known = [withTab, without, learnt];
  const links = createTabLinks({
    config: { cloud: clouds.public, teamsAppId },
    communities: {
      async find(id) {
        asked.push(id);
        return known.find(one => one.id === id);
      },
    },
  });
  return { ...links, asked };
}

function cardTo(community: string, subPage = 'plan') {
  const url = writeDeepLink(teams, {
    app: 'manifest-id',
    entity: 'community',
    subPage: personalSubPage(community, subPage),
  });
  return {
    type: 'AdaptiveCard' as const,
    body: [{ type: 'TextBlock', text: url }],
    actions: [
      { type: 'Action.OpenUrl', title: 'Open', url },
      { type: 'Action.OpenUrl', title: 'Elsewhere', url: 'https://example.org/plan' },
    ],
  };
}
const placeIn = (card: ReturnType<typeof cardTo>) => readDeepLink(teams, card.actions[0]!.url);

describe('in a channel', () => {
  test('a card leads to the tab that is in the team', async () => {
    expect(placeIn(await tabLinks().led(cardTo('with-tab', 'charter/aims'), 'channel'))).toEqual({
      app: 'manifest-id',
      entity: 'community-old',
      channel: tab.channel,
      subPage: 'charter/aims',
    });
  });

  test('and to the personal tab while none is known there', async () => {
    const card = cardTo('without');

    expect(await tabLinks().led(card, 'channel')).toEqual(card);
  });

  test('every answer does, whatever carries its card', async () => {
    const sent: unknown[] = [];
    const handle = tabLinks().handle(async (_activity, context) => {
      await context.sendActivity({
        type: 'invokeResponse',
        value: { status: 200, body: { value: cardTo('with-tab') } },
      });
    });

    await handle(
      { conversation: { id: '19:x', conversationType: 'channel' } } as never,
      { sendActivity: async (activity: unknown) => void sent.push(activity) } as never,
    );

    const [{ value }] = sent as [{ value: { body: { value: ReturnType<typeof cardTo> } } }];
    expect(placeIn(value.body.value)?.channel).toBe(tab.channel);
  });

  test('and so does what is sent unasked, and what takes its place', async () => {
    const cards: unknown[] = [];
    const transport = tabLinks().transport({
      send: async ({ card }) => {
        cards.push(card);
        return { conversationId: 'c', activityId: 'a' };
      },
      update: async ({ card }) => void cards.push(card),
    });
    const message: AddressedCard = {
      community: 'with-tab',
      recipient: 'channel',
      card: cardTo('with-tab'),
      summary: '',
    };

    await transport.send(message, async () => {});
    await transport.update({ ...message, conversationId: 'c', activityId: 'a', isStillWanted: true }, async () => {});
    await transport.send({ ...message, recipient: 'ann' }, async () => {});

    expect((cards as ReturnType<typeof cardTo>[]).map(card => placeIn(card)?.channel)).toEqual([
      tab.channel,
      tab.channel,
      undefined,
    ]);
  });
});

describe('in a chat', () => {
  test('a card leads to the personal tab', async () => {
    const card = cardTo('with-tab');

    expect(await tabLinks().led(card, 'chat')).toEqual(card);
  });

  test('of the app as Teams calls it in that team', async () => {
    expect(placeIn(await tabLinks().led(cardTo('learnt'), 'chat'))).toMatchObject({ app: 'catalogue-id' });
  });

  test('or as the administrator has said, and then nothing is looked up', async () => {
    const links = tabLinks('said-id');

    await links.led(cardTo('learnt'), 'chat');

    expect(links.asked).toEqual([]);
    expect(placeIn(await links.led(cardTo('learnt'), 'channel'))).toMatchObject({ app: 'said-id' });
  });
});

test('what is no link of ours stays as it is, and so do words', async () => {
  const card = cardTo('with-tab');

  const led = await tabLinks().led(card, 'channel');

  expect([led.body, led.actions[1]]).toEqual([card.body, card.actions[1]]);
});
