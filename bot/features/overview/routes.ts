import { api, type OverviewView } from '../../../domain/api.ts';
import { comingOf, keyRolesOf, newcomersOf, planOf, purposeOf, surveyOf, waitingOf } from '../../../domain/overview.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { readFacts } from './facts.ts';
import type { OverviewParts } from './index.ts';

export function overviewRoutes(parts: OverviewParts): readonly Route[] {
  async function read({ who, community }: TabRequest<unknown>): Promise<TabAnswer<OverviewView>> {
    const facts = await readFacts(parts, community, who);
    const { free, filled, total } = keyRolesOf(facts.roles);
    return {
      body: {
        today: facts.today,
        purpose: purposeOf(facts.charter),
        people: { members: facts.members.size, newcomers: newcomersOf(facts) },
        coming: comingOf(facts),
        roles: { free: [...free], filled, total },
        plan: planOf(facts),
        survey: surveyOf(facts),
        waiting: waitingOf(facts),
      },
    };
  }

  return [route(api.overview, read)];
}
