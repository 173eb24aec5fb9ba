import type { AuditTrail, Roster, Clock } from '../../ports.ts';

export interface AuditParts {
  readonly auditTrail: Pick<AuditTrail, 'read'>;
  readonly roster: Roster;
  readonly clock: Clock;
}
