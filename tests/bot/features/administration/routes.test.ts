import { beforeEach, expect, test } from '@jest/globals';
import { administration } from '../../../../bot/features/administration/index.ts';
import deliveryText from '../../../../bot/features/delivery/text.en.json' with { type: 'json' };
import type { Feature } from '../../../../bot/feature.ts';
import type { FoundCommunity } from '../../../../bot/ports.ts';
import type { AdministrationView, CommunitiesView } from '../../../../domain/administration/api.ts';
import { api } from '../../../../domain/api.ts';
import type { AnyEndpoint } from '../../../../domain/endpoint.ts';
import { deliveryReasons } from '../../../../domain/delivery/delivery.ts';
import { clockAt, textsOf } from '../../../support/feature-parts.ts';
import { failureOf } from '../../../support/requests.ts';

const found = (id: string): FoundCommunity => ({
  id,
  name: `Community ${id}`,
  state: 'healthy',
  lookedAt: '2026-11-26T02:00:00.000Z',
  found: [],
  aside: 0,
});

let feature: Feature;
let asked: unknown[];
beforeEach(() => {
  asked = [];
  feature = administration({
    reports: {
      async server({ again }) {
        asked.push(again ? 'looks' : 'as known');
        return { lookedAt: '2026-11-27T09:00:00.000Z', found: [] };
      },
      async check(community) {
        return community === 'bees' ? found('bees') : undefined;
      },
      async communities(filter) {
        asked.push(filter);
        return { entries: [found('bees'), found('stories')], next: 'stories' };
      },
      counts: async () => ({ 'needs-mending': 1, 'not-set-up': 0, 'not-seen': 2, healthy: 30, archived: 4 }),
    },
    figures: {
      async messages(since) {
        asked.push(since.toISOString());
        return {
          waiting: [{ reason: null, messages: 3, communities: 2 }],
          notDelivered: deliveryReasons.map(reason => ({ reason, messages: 1, communities: 1 })),
        };
      },
      messagesOf: async () => new Map([['bees', { waiting: 2, refused: 1 }]]),
      acts: async () => ({ done: 5, refused: 1, failed: 0 }),
      migration: async () => '023-erasures',
    },
    server: { version: '0.1.0', migration: '023-erasures', forgetAfterDays: 30 },
    switches: { calendarLinks: true, exports: false, addToPlanFromMessages: true },
    setUp: { by: 'owners' },
    clock: clockAt('2026-11-27T09:00:00Z').now,
  });
});

async function ask(endpoint: AnyEndpoint, params: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const route = feature.administration!.find(candidate => candidate.endpoint === endpoint)!;
  const texts = textsOf(feature, { name: 'delivery', text: { en: deliveryText } });
  const { body } = await route.handle({ params, t: texts.for(feature.name, 'en-GB') });
  return endpoint.answer.parse(body);
}

test('everything is counted over the last seven days, and what the administrator chose stands beside it', async () => {
  const view = (await ask(api.administration)) as AdministrationView;

  expect(asked).toEqual(['2026-11-20T09:00:00.000Z']);
  expect(view).toMatchObject({
    communities: { 'needs-mending': 1, healthy: 30 },
    acts: { done: 5, refused: 1, failed: 0 },
    switches: expect.arrayContaining([
      { name: 'exports', on: false },
      { name: 'calendarLinks', on: true },
    ]),
    setUpBy: 'owners',
    forgetAfterDays: 30,
    versions: { server: '0.1.0', migration: '023-erasures', database: '023-erasures' },
  });
});

test('every reason why a message was not delivered is in words, and says what to do', async () => {
  const { messages } = (await ask(api.administration)) as AdministrationView;
  const told = [...messages.waiting, ...messages.notDelivered];

  expect(told.map(({ code }) => code)).toEqual([null, ...deliveryReasons]);
  expect(told.filter(({ said, todo }) => [said, todo].some(words => !/^[A-Z].*[.]$/.test(words)))).toEqual([]);
});

test('each community comes with its messages, none where there are none', async () => {
  const { entries, next } = (await ask(api.communityReports, {
    state: 'not-seen',
    name: ' Bee ',
    after: 'ants',
  })) as CommunitiesView;

  expect(asked).toEqual([{ state: 'not-seen', name: 'Bee', after: 'ants', limit: 25 }]);
  expect(next).toBe('stories');
  expect(entries.map(({ id, messages }) => [id, messages])).toEqual([
    ['bees', { waiting: 2, refused: 1 }],
    ['stories', { waiting: 0, refused: 0 }],
  ]);
});

test('what cannot be looked for is refused, by its name', async () => {
  expect(await failureOf(ask(api.communityReports, { state: 'splendid' }))).toMatchObject({
    code: 'invalid',
    details: { fields: ['state'] },
  });
  expect(asked).toEqual([]);
});

test('the server’s report is made anew only for whoever wants it', async () => {
  await ask(api.serverReport);
  await ask(api.checkServer);

  expect(asked).toEqual(['as known', 'looks']);
});

test('one community is looked at, and one that does not have the app is not found', async () => {
  expect(await ask(api.checkCommunity, { id: 'bees' })).toMatchObject({ id: 'bees', messages: { waiting: 2 } });
  expect(await failureOf(ask(api.checkCommunity, { id: 'ants' }))).toMatchObject({ code: 'not-found' });
});
