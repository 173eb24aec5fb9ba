import type { Feature } from '../../feature.ts';
import type { LiveParts } from './parts.ts';
import { liveRoutes } from './routes.ts';

/** Open tabs hear what others change, the moment they do. */
export function live(parts: LiveParts): Feature {
  const { routes, stop } = liveRoutes(parts);
  return { name: 'live', routes, stop, text: { en: {} } };
}
