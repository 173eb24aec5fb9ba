import type { Feature } from '../../feature.ts';
import { deliveryRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { DeliveryParts } from './parts.ts';

/** What became of every message, for those who coordinate, and across communities for those who look after the app. */
export function delivery(parts: DeliveryParts): Feature {
  return { name: 'delivery', ...deliveryRoutes(parts), text: { en, de } };
}
