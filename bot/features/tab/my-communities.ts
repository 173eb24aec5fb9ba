import { api } from '../../../domain/api.ts';
import { isReady } from '../../../domain/community.ts';
import { everybodyRoute, type EverybodyRoute } from '../../feature.ts';
import type { TabParts } from './parts.ts';

/** The roster decides, so that nobody sees a team they have left. */
export function myCommunities({ communities, roster, administrators }: TabParts): EverybodyRoute {
  return everybodyRoute(api.communities, async ({ person }) => {
    const candidates = await communities.candidatesOf(person);
    const asked = await Promise.allSettled(candidates.map(({ id }) => roster.member(id, person)));
    const failed = asked.find(answer => answer.status === 'rejected');
    const mine = candidates.filter((_, index) => {
      const answer = asked[index];
      return answer?.status === 'fulfilled' && answer.value !== undefined;
    });
    const administrator = administrators.includes(person);
    // An empty list would say that there are none. Whoever looks after the app goes on to what may be the reason.
    if (failed && mine.length === 0 && !administrator) throw failed.reason;
    return {
      body: {
        communities: mine
          .map(community => ({ id: community.id, name: community.name, ready: isReady(community) }))
          .toSorted((one, other) => one.name.localeCompare(other.name)),
        partial: failed !== undefined,
        administrator,
      },
    };
  });
}
