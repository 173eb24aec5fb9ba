import type { Feature } from '../../feature.ts';
import type { AdministrationParts } from './parts.ts';
import { administrationRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** How the app is in the whole organisation, for those who look after it: figures and codes, never what people wrote. */
export function administration(parts: AdministrationParts): Feature {
  return { name: 'administration', administration: administrationRoutes(parts), text: { en, de } };
}
