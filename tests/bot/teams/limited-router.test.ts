import { expect, test } from '@jest/globals';
import { TeamsActivity } from '../../../bot/teams/activity.ts';
import { createLimitedRouter } from '../../../bot/teams/limited-router.ts';
import { createTexts } from '../../../bot/text.ts';
import { CommunityError } from '../../../domain/errors.ts';

test.each([
  { type: 'message', name: undefined, inOwnChat: true },
  { type: 'invoke', name: 'adaptiveCard/action', inOwnChat: true },
  { type: 'invoke', name: 'composeExtension/fetchTask', inOwnChat: false },
])('somebody over the limit teaches their address all the same: $type $name', async ({ type, name, inOwnChat }) => {
  const learnt: unknown[] = [];
  const said: unknown[] = [];
  const activity = TeamsActivity.parse({
    type,
    name,
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/fr/',
    from: { id: '29:p', aadObjectId: 'p' },
    conversation: { id: 'a:chat', conversationType: 'personal' },
  });
  const route = createLimitedRouter({
    route: () => Promise.reject(new Error('the router was asked')),
    conversations: { observe: async (...given) => void learnt.push(given) },
    limits: {
      person: () => Promise.reject(new CommunityError('too-many-requests', 'too many', { seconds: 5 })),
      mayTell: async () => true,
    },
    texts: createTexts(),
  });

  await route(activity, { sendActivity: async (given: unknown) => void said.push(given) } as never);

  expect(learnt).toEqual([[activity, inOwnChat]]);
  expect(said).toHaveLength(1);
});
