import type { Feature } from '../../feature.ts';
import { chatRoute } from './chat.ts';
import { myCommunities } from './my-communities.ts';
import { seenRoutes } from './seen.ts';
import type { TabParts } from './parts.ts';

/** The ways into the tab and out of it: the communities of a person, where in a team cards lead, chats with people. */
export function tab(parts: TabParts): Feature {
  return {
    name: 'tab',
    everybody: [myCommunities(parts)],
    routes: [...seenRoutes(parts), chatRoute(parts)],
    text: { en: {} },
  };
}
