import type { OverviewView } from '../../../domain/overview/api.ts';
import {
  askedOf,
  comingOf,
  digestOf,
  firstStepsOf,
  inChargeOf,
  keyRolesOf,
  newcomersOf,
  ownActionsOf,
  ownRolesOf,
  planOf,
  purposeOf,
  surveyOf,
  waitingOf,
  type OverviewFacts,
} from '../../../domain/overview/overview.ts';
import { inWords, titleOf, type BoardRole } from '../../../domain/roles/roles.ts';
import type { Translate } from '../../text.ts';

/** What tab and card show, made from the same facts. */
export function overviewView(facts: OverviewFacts, t: Translate): OverviewView {
  const { free, filled, total } = keyRolesOf(facts.roles);
  const { held, offered } = ownRolesOf(facts);
  const roleName = (role: BoardRole): string => titleOf(role, t);
  return {
    today: facts.today,
    purpose: purposeOf(facts.charter),
    mine: {
      actions: [...ownActionsOf(facts)],
      roles: held.map(({ role, question, until }) => {
        const { id, title, questions } = inWords(role, t);
        return { id, title, question: question === null ? null : (questions[question] ?? null), until };
      }),
      offered: offered.map(roleName),
      asked: askedOf(facts),
    },
    people: {
      members: facts.members.size,
      newcomers: newcomersOf(facts),
      inCharge: inChargeOf(facts).map(({ person, here, roles }) => ({ person, here, roles: roles.map(roleName) })),
    },
    coming: comingOf(facts),
    roles: { free: free.map(role => ({ id: role.id, title: roleName(role) })), filled, total },
    plan: planOf(facts),
    survey: surveyOf(facts),
    digest: digestOf(facts),
    waiting: waitingOf(facts, roleName),
    start: firstStepsOf(facts)?.map(step => ({ ...step })) ?? null,
  };
}
