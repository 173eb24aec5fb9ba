import type { Lists } from '../../lists/model.ts';
import type { AuditTrail, Roster, Clock } from '../../ports.ts';

export interface AuditParts {
  /** Names for what lines are about. */
  readonly lists: Lists;
  readonly auditTrail: Pick<AuditTrail, 'read'>;
  readonly roster: Roster;
  readonly clock: Clock;
}
