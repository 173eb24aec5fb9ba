import type { Feature } from '../../feature.ts';
import { auditRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { AuditParts } from './parts.ts';

/** Who did what that matters to others, and who was refused: for those who coordinate, and for administrators. */
export function audit(parts: AuditParts): Feature {
  return { name: 'audit', ...auditRoutes(parts), text: { en, de } };
}
