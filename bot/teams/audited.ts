import type { AuditOutcome, AuditReason } from '../../domain/audit/audit.ts';
import {
  aboutOf,
  commandRules,
  isFault,
  messageRules,
  pressRules,
  refusalOf,
  ruleOf,
} from '../../domain/audit/rules.ts';
import type { NoteAct } from '../ports.ts';
import type { CardReply } from '../feature.ts';
import type { TeamsActivity } from './activity.ts';

const rules = { card: pressRules, typed: commandRules, message: messageRules } as const;

/** What a person pressed, typed or chose from the menu of a message. */
export interface Attempt {
  readonly door: keyof typeof rules;
  /** The verb, the word or the command. */
  readonly via: string;
  readonly person: string;
  readonly activity: Pick<TeamsActivity, 'id'>;
  readonly data?: unknown;
}

/** One attempt on its way into the audit trail. */
export interface AuditedAttempt {
  /** The person is not in this community, or we know no such community. */
  stranger(community: string | null): void;
  answered(community: string, reply: CardReply): void;
  failed(community: string | null, error: unknown): void;
}

/** Writes down what became of an attempt, as `domain/audit/audit.ts` says. */
export function auditedAttempt(audit: NoteAct, { door, via, person, activity, data }: Attempt): AuditedAttempt {
  const { act, audited } = ruleOf(rules[door], via);
  // What a stranger makes up is words, and words are not written down.
  const known = Object.hasOwn(rules[door], via) ? via : 'unknown';

  function note(community: string | null, outcome: AuditOutcome, reason: AuditReason | null): void {
    audit({
      person,
      community,
      act,
      door,
      via: known,
      about: aboutOf(data),
      outcome,
      reason,
      request: activity.id ?? null,
    });
  }

  return {
    stranger: community => note(community, 'refused', 'not-a-member'),
    answered(community, reply) {
      if (audited === 'never') return;
      const outcome = reply.outcome ?? ('card' in reply ? 'done' : 'nothing');
      if (outcome === 'refused') note(community, 'refused', 'not-allowed');
      else if (audited === 'act' && outcome !== 'nothing')
        note(community, outcome, outcome === 'failed' ? 'fault' : null);
    },
    failed(community, error) {
      if (audited === 'never') return;
      const refused = refusalOf(error);
      if (refused) note(community, 'refused', refused);
      else if (audited === 'act' && isFault(error)) note(community, 'failed', 'fault');
    },
  };
}
