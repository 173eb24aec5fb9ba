import type { AuditTrail } from '../../database/audit-trail.ts';
import type { Clock, Feature, Roster } from '../../feature.ts';
import { auditRoutes } from './routes.ts';
import en from './text.en.json' with { type: 'json' };

export interface AuditParts {
  readonly auditTrail: Pick<AuditTrail, 'read'>;
  readonly roster: Roster;
  readonly clock: Clock;
}

/** Who did what that matters to others, and who was refused: for those who coordinate, and for administrators. */
export function audit(parts: AuditParts): Feature {
  return { name: 'audit', ...auditRoutes(parts), text: { en } };
}
