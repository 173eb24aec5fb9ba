import type { Feature } from '../../feature.ts';
import { myCommunities } from './my-communities.ts';
import { seenRoutes } from './seen.ts';
import type { TabParts } from './parts.ts';

/** The ways into the tab: the communities of a person, and where in a team cards lead. */
export function tab(parts: TabParts): Feature {
  return { name: 'tab', everybody: [myCommunities(parts)], routes: seenRoutes(parts), text: { en: {} } };
}
