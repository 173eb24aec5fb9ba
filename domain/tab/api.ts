import { z } from 'zod';
import { Person } from '../community.ts';
import { ChannelTab } from '../deep-links.ts';
import { endpoint, community } from '../endpoint.ts';
import { permissions } from '../permissions.ts';
import { switchNames } from '../switches.ts';
import { identifier } from '../text.ts';

export const CommunityView = z.object({
  id: z.string(),
  name: z.string(),
  /** False until somebody has set the community up. */
  ready: z.boolean(),
  me: Person,
  /** Whether I look after the app in the whole organisation. */
  administrator: z.boolean(),
  may: z.record(z.enum(permissions), z.boolean()),
  /** What the administrator has switched off, so that nobody is offered it. */
  off: z.array(z.enum(switchNames)),
  /** Whether only the administrator sets communities up. */
  setUpByAdministrator: z.boolean(),
  /** The tab in a channel that cards lead to; null where none is known. */
  tab: ChannelTab.nullable(),
  /** Teams' id of the app in this team, once a tab's host has said it. */
  teamsApp: z.string().nullable(),
});
export type CommunityView = z.infer<typeof CommunityView>;

export const MembersView = z.object({ members: z.array(Person.extend({ owner: z.boolean() })) });
export type MembersView = z.infer<typeof MembersView>;

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
  community: endpoint({
    method: 'GET',
    path: community,
    summary: 'The community, and what I may do in it',
    answer: CommunityView,
    kept: view => view,
  }),
  members: endpoint({
    method: 'GET',
    path: `${community}/members`,
    summary: 'The people of the team, to pick from',
    answer: MembersView,
  }),
  chat: endpoint({
    method: 'GET',
    path: `${community}/members/{person}/chat`,
    summary: 'A link that opens a chat with somebody of the team in Teams',
    answer: z.object({ link: z.url() }),
  }),
  communities: endpoint({
    method: 'GET',
    path: '/api/communities',
    summary: 'The communities I am in',
    answer: MyCommunitiesView,
    kept: view => view,
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
