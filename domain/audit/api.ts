import { z } from 'zod';
import { Person } from '../community.ts';
import { Choice, endpoint, community, FileAnswer } from '../endpoint.ts';
import { auditOutcomes, auditDoors } from './audit.ts';

/** One line of the audit trail. */
export const AuditEntry = z.object({
  id: z.string(),
  /** Null for what concerns no community, or none that we know. */
  community: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }).nullable(),
  at: z.iso.datetime(),
  /** `outside`: somebody who was refused because they are not in the team; their name is not ours to look up. */
  who: z.discriminatedUnion('is', [
    z.object({ is: z.literal('person'), person: Person }),
    z.object({ is: z.enum(['app', 'left', 'outside']) }),
  ]),
  act: z.string(),
  /** The act in words. */
  what: z.string(),
  outcome: z.enum(auditOutcomes),
  /** Why it was refused, or that something broke; null for what was done. */
  why: z.string().nullable(),
  door: z.enum(auditDoors),
  /** The endpoint, the verb or the words. */
  via: z.string(),
  /** What it was about, in words: `Survey: Pulse`. */
  about: z.array(z.string()),
  /** The same in ids, for programs: `survey=…`. */
  ids: z.string(),
  request: z.string().nullable(),
  /** Equal refusals within the hour are one line. */
  count: z.number().int(),
  lastAt: z.iso.datetime(),
});

export type AuditEntry = z.infer<typeof AuditEntry>;

/** Newest first. `next` asks for what is older; null when that was all. */
export const AuditView = z.object({
  outcomes: z.array(Choice),
  entries: z.array(AuditEntry),
  next: z.string().nullable(),
  /** Whom it can be narrowed to: everybody in the team, by name; nobody in that of all. */
  people: z.array(Choice),
});

export type AuditView = z.infer<typeof AuditView>;

const auditQuery = ['outcome', 'person'] as const;

export const auditApi = {
  audit: endpoint({
    method: 'GET',
    path: `${community}/audit`,
    summary: 'Who did what that matters to others, and who was refused',
    query: [...auditQuery, 'before'],
    answer: AuditView,
  }),
  exportAudit: endpoint({
    method: 'GET',
    path: `${community}/audit/export`,
    summary: 'The same as CSV, safe to open in a spreadsheet',
    query: auditQuery,
    answer: FileAnswer,
    file: true,
  }),
  auditOfAll: endpoint({
    method: 'GET',
    path: '/api/audit',
    summary: 'The audit trail of all communities, for administrators',
    query: [...auditQuery, 'team', 'before'],
    answer: AuditView,
  }),
  exportAuditOfAll: endpoint({
    method: 'GET',
    path: '/api/audit/export',
    summary: 'The same as CSV, with Entra ids for names',
    query: [...auditQuery, 'team'],
    answer: FileAnswer,
    file: true,
  }),
};
