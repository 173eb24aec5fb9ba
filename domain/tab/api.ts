import { z } from 'zod';
import { ChannelTab } from '../deep-links.ts';
import { endpoint, community } from '../endpoint.ts';
import { identifier } from '../text.ts';

export const MyCommunitiesView = z.object({
  communities: z.array(z.object({ id: z.string(), name: z.string(), ready: z.boolean() })),
  /** Some teams could not be asked whether I am in them. */
  partial: z.boolean(),
  /** Whether I look after the app in the whole organisation. */
  administrator: z.boolean(),
});
export type MyCommunitiesView = z.infer<typeof MyCommunitiesView>;

/** What a tab's host says of where it is. */
export const TabSeen = z.object({
  /** Left out where not everybody in the team sees the tab: no card leads there. */
  tab: ChannelTab.optional(),
  /** Teams' id of the app. */
  app: z.guid().optional(),
});
export type TabSeen = z.infer<typeof TabSeen>;

const done = z.object({});

export const tabApi = {
  communities: endpoint({
    method: 'GET',
    path: '/api/communities',
    summary: 'The communities I am in',
    answer: MyCommunitiesView,
    everybody: true,
  }),
  seeTab: endpoint({
    method: 'POST',
    path: `${community}/tab`,
    summary: 'Where the tab is in the team, which cards lead to',
    body: TabSeen,
    answer: done,
  }),
  removeTab: endpoint({
    method: 'POST',
    path: `${community}/tab/remove`,
    summary: 'Somebody takes the tab out of a channel',
    body: z.object({ channel: identifier(200) }),
    answer: done,
  }),
};
