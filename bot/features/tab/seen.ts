import { api } from '../../../domain/api.ts';
import { can } from '../../../domain/permissions.ts';
import { route, type Route } from '../../feature.ts';
import type { TabParts } from './parts.ts';

/** Where in a team the tab is, as the tab itself says when it is set up, opened or removed. */
export function seenRoutes({ communities }: TabParts): readonly Route[] {
  return [
    route(api.seeTab, { may: 'community.read' }, async ({ who, community, body: { tab, app } }) => {
      // Cards would lead everybody there, so it is believed of those who look after the community alone.
      if (!can(who, 'settings.edit', community)) return { body: {} };
      if (tab) await communities.keepTab(community.id, tab);
      if (app) await communities.keepTeamsApp(community.id, app);
      return { body: {} };
    }),
    route(api.removeTab, { may: 'community.read' }, async ({ community, body }) => {
      await communities.forgetTabIn(community.id, body.channel);
      return { body: {} };
    }),
  ];
}
