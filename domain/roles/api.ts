import { z } from 'zod';
import { Day } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';
import { identifier, remark } from '../text.ts';
import { RoleOnBoard, Holder, Candidate, Term, OwnRole, longestNote, withoutWords } from './roles.ts';

/** A row of the list of roles that waits for a look of somebody who gives roles. */
const LookedAt = z.object({
  key: z.string(),
  etag: z.string(),
  role: z.string(),
  /** By the name that the team's roster has. */
  person: Holder,
  since: z.string(),
  until: z.string().nullable(),
  ended: z.boolean(),
  /** In the community's zone; null where SharePoint did not say. */
  changedOn: Day.nullable(),
});

export const RolesView = z.object({
  /** The day it is in the community's zone. */
  today: Day,
  /** The last day to suggest for a term that begins today. */
  termEnd: Day,
  roles: z.array(RoleOnBoard),
  /**
   * For those who give roles: rows that were written into SharePoint by hand. They give nobody anything until somebody
   * confirms them.
   */
  byHand: z.array(LookedAt).optional(),
  /**
   * For those who give roles: holdings that are older than what their roles let people do. Their holders may no more
   * than every member until somebody confirms them.
   */
  older: z.array(LookedAt).optional(),
  /** Ids of the roles into which the reader may accept whoever offers. */
  mayAcceptInto: z.array(z.string()),
});

export type RolesView = z.infer<typeof RolesView>;

/** What is to become of rows that were written into SharePoint by hand, as they were when somebody looked at them. */
export const ByHandDecision = z.object({
  decision: z.enum(['confirm', 'put-back']),
  rows: z.array(z.object({ key: identifier(300), etag: identifier(300) })).max(500),
});

export type ByHandDecision = z.infer<typeof ByHandDecision>;

/** Who is given a role, and for how long. */
const RoleGift = z.object({ person: Candidate, term: Term });

export const rolesApi = {
  roles: endpoint({
    method: 'GET',
    path: `${community}/roles`,
    summary: 'Every role, who holds it and who volunteers',
    answer: RolesView,
    kept: ({ byHand: _byHand, older: _older, ...view }) => ({ ...view, roles: withoutWords(view.roles, null) }),
  }),
  addRole: endpoint({
    method: 'POST',
    path: `${community}/roles`,
    summary: 'Add a role of the community’s own',
    body: OwnRole,
    answer: RolesView,
  }),
  changeRole: endpoint({
    method: 'PUT',
    path: `${community}/roles/{role}`,
    summary: 'Rename an own role, or say anew what it is for',
    body: OwnRole,
    answer: RolesView,
    conditional: true,
  }),
  removeRole: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/remove`,
    summary: 'Remove an own role that nobody holds',
    answer: RolesView,
  }),
  volunteer: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/volunteer`,
    summary: 'Offer to take on a role; may be repeated',
    body: z.object({ note: remark(longestNote) }),
    answer: RolesView,
  }),
  stepDown: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/step-down`,
    summary: 'Give up a role, or take back an offer; may be repeated',
    answer: RolesView,
  }),
  giveRole: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/holders`,
    summary: 'Give a role to somebody',
    body: RoleGift,
    answer: RolesView,
  }),
  acceptVolunteer: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/holders/{person}/accept`,
    summary: 'Accept an offer; may be repeated',
    answer: RolesView,
  }),
  endHolding: endpoint({
    method: 'POST',
    path: `${community}/roles/{role}/holders/{person}/end`,
    summary: 'End somebody’s holding, or decline an offer; may be repeated',
    answer: RolesView,
  }),
  saveTerm: endpoint({
    method: 'PUT',
    path: `${community}/roles/{role}/holders/{person}/term`,
    summary: 'Change the days and the note of a holding',
    body: Term,
    answer: RolesView,
    conditional: true,
  }),
  settleRolesByHand: endpoint({
    method: 'POST',
    path: `${community}/roles/by-hand`,
    summary: 'Confirm rows of the list of roles that were written by hand, or put them back; may be repeated',
    body: ByHandDecision,
    answer: RolesView,
  }),
};
