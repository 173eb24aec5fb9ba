import type { DeliveryLog, Roster, Clock } from '../../ports.ts';

export interface DeliveryParts {
  readonly deliveryLog: DeliveryLog;
  readonly roster: Roster;
  readonly clock: Clock;
}
