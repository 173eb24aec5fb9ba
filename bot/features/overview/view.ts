import type { OverviewView } from '../../../domain/overview/api.ts';
import {
  comingOf,
  digestOf,
  keyRolesOf,
  newcomersOf,
  planOf,
  purposeOf,
  surveyOf,
  waitingOf,
  type OverviewFacts,
} from '../../../domain/overview/overview.ts';
import { titleOf } from '../../../domain/roles/roles.ts';
import type { Translate } from '../../text.ts';

/** What tab and card show, made from the same facts. */
export function overviewView(facts: OverviewFacts, t: Translate): OverviewView {
  const { free, filled, total } = keyRolesOf(facts.roles);
  return {
    today: facts.today,
    purpose: purposeOf(facts.charter),
    people: { members: facts.members.size, newcomers: newcomersOf(facts) },
    coming: comingOf(facts),
    roles: { free: free.map(role => ({ id: role.id, title: titleOf(role, t) })), filled, total },
    plan: planOf(facts),
    survey: surveyOf(facts),
    digest: digestOf(facts),
    waiting: waitingOf(facts),
  };
}
