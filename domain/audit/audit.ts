import { z } from 'zod';
import { identifier } from '../text.ts';

/**
 * The audit trail: who did what that matters to others, and who was refused. A line has ids and codes, and never what
 * anybody wrote or answered.
 */
export const auditOutcomes = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Where somebody acted: the tabs' API, a card, typed words, a message's menu, or the app by itself. */
export const auditDoors = ['tab', 'card', 'typed', 'message', 'app'] as const;
export type AuditDoor = (typeof auditDoors)[number];

/** Why somebody was refused, or what failed. */
export const auditReasons = ['not-allowed', 'not-a-member', 'switched-off', 'too-many', 'fault'] as const;
export type AuditReason = (typeof auditReasons)[number];

/** Who acts when nobody pressed anything. */
export const theApp = 'app';

/** What to look for in the trail. */
export const AuditFilter = z.object({
  outcome: z.enum(auditOutcomes).optional(),
  person: identifier(100).optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;
