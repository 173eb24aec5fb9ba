import { z } from 'zod';
import { Person } from './community.ts';
import { ChannelTab } from './deep-links.ts';
import { permissions } from './permissions.ts';
import { switchNames } from './switches.ts';
import { auditApi } from './audit/api.ts';
import { calendarApi } from './calendar/api.ts';
import { charterApi } from './charter/api.ts';
import { charterVoicesApi } from './charter/voices-api.ts';
import { deliveryApi } from './delivery/api.ts';
import { digestApi } from './digest/api.ts';
import { endpoint, community, type AnyEndpoint } from './endpoint.ts';
import { facilitationApi } from './facilitation/api.ts';
import { liveApi } from './live/api.ts';
import { overviewApi } from './overview/api.ts';
import { planApi } from './plan/api.ts';
import { privacyApi } from './privacy/api.ts';
import { rolesApi } from './roles/api.ts';
import { settingsApi } from './settings/api.ts';
import { surveysApi } from './surveys/api.ts';
import { tabApi } from './tab/api.ts';
import { welcomeApi } from './welcome/api.ts';

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

export type { MyCommunitiesView } from './tab/api.ts';

export const MembersView = z.object({ members: z.array(Person.extend({ owner: z.boolean() })) });
export type MembersView = z.infer<typeof MembersView>;

export const api = {
  community: endpoint({
    method: 'GET',
    path: community,
    summary: 'The community, and what I may do in it',
    answer: CommunityView,
  }),
  members: endpoint({
    method: 'GET',
    path: `${community}/members`,
    summary: 'The people of the team, to pick from',
    answer: MembersView,
  }),
  ...tabApi,
  ...liveApi,
  ...overviewApi,
  ...charterApi,
  ...charterVoicesApi,
  ...settingsApi,
  ...facilitationApi,
  ...welcomeApi,
  ...rolesApi,
  ...planApi,
  ...calendarApi,
  ...surveysApi,
  ...digestApi,
  ...deliveryApi,
  ...auditApi,
  ...privacyApi,
} as const satisfies Record<string, AnyEndpoint>;
