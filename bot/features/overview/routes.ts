import { api } from '../../../domain/api.ts';
import { route, type Route } from '../../feature.ts';
import { readFacts } from './facts.ts';
import type { OverviewParts } from './parts.ts';
import { overviewView } from './view.ts';

export function overviewRoutes(parts: OverviewParts): readonly Route[] {
  return [
    route(api.overview, { may: 'community.read' }, async ({ who, community, t }) => ({
      body: overviewView(await readFacts(parts, community, who), t),
    })),
  ];
}
