import type { DeliveryLog } from '../../messages/delivery-log.ts';
import type { Clock, Feature, Roster } from '../../feature.ts';
import { deliveryRoutes } from './routes.ts';
import en from './text.en.json' with { type: 'json' };

export interface DeliveryParts {
  readonly deliveryLog: DeliveryLog;
  readonly roster: Roster;
  readonly clock: Clock;
}

/** What became of every message, for those who coordinate, and across communities for those who look after the app. */
export function delivery(parts: DeliveryParts): Feature {
  return { name: 'delivery', ...deliveryRoutes(parts), text: { en } };
}
