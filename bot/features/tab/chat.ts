import { api } from '../../../domain/api.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { route, type Route } from '../../feature.ts';
import type { TabParts } from './parts.ts';

/** *Write* beside somebody's name. */
export function chatRoute({ principalNames, links }: Pick<TabParts, 'principalNames' | 'links'>): Route {
  return route(api.chat, { may: 'community.read' }, async ({ community, params }) => {
    const name = await principalNames.principalName(community.id, params['person'] ?? '');
    if (!name) throw new CommunityError('not-found', 'Teams knows no such person in this team');
    return { body: { link: links.chat(name) } };
  });
}
