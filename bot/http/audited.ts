import type { Request } from 'restify';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { AuditOutcome, AuditReason } from '../../domain/audit/audit.ts';
import { aboutOf, endpointRules, isFault, refusalOf, ruleOf } from '../../domain/audit/rules.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { NoteAct } from '../ports.ts';

/** One request on its way into the audit trail: who and where are known only bit by bit. */
export interface AuditedRequest {
  /** The request's id, which log lines share. */
  readonly id: string;
  /** The person who signed in. Without this nothing is written: a request that no person made is no act. */
  by(person: string): void;
  /** A community that there is, and whether the person is one of its members. */
  in(community: string, member: boolean): void;
  done(): void;
  failed(error: unknown): void;
}

export interface AuditedParts {
  readonly endpoints: Readonly<Record<string, AnyEndpoint>>;
  readonly audit: NoteAct;
}

/** Writes down what became of a request, as `domain/audit/audit.ts` says. */
export function auditedRequest(
  { endpoints, audit }: AuditedParts,
  endpoint: AnyEndpoint,
  request: Request,
): AuditedRequest {
  const via = Object.keys(endpoints).find(name => endpoints[name] === endpoint) ?? endpoint.path;
  const rule = ruleOf(endpointRules, via);
  const id = request.getId();
  let person: string | null = null;
  let community: string | null = null;
  let member = false;

  function note(outcome: AuditOutcome, reason: AuditReason | null): void {
    if (person !== null)
      audit({
        person,
        community,
        act: rule.act,
        door: 'tab',
        via,
        about: aboutOf(request.params),
        outcome,
        reason,
        request: id,
      });
  }

  return {
    id,
    by: who => void (person = who),
    in(where, isMember) {
      community = where;
      member = isMember;
    },
    done() {
      if (rule.audited === 'act') note('done', null);
    },
    failed(error) {
      const inCommunity = endpoint.path.includes('{community}');
      if (inCommunity && !member && error instanceof CommunityError && error.code === 'not-found')
        return note('refused', 'not-a-member');
      const refused = refusalOf(error);
      // Also before it is known whether they are a member: a line would say when a person answered.
      if (rule.audited === 'never') return;
      if (refused) note('refused', refused);
      else if (rule.audited === 'act' && isFault(error)) note('failed', 'fault');
    },
  };
}
