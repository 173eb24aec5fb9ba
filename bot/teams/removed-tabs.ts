import type { Installations } from '../database/communities.ts';
import { livingCommunities } from '../database/known-people.ts';
import type { Db } from '../database/tables.ts';
import type { ChannelTabs, Log } from '../ports.ts';
import { errorText } from '../shared/error-text.ts';

export interface RemovedTabsParts {
  readonly db: Db;
  readonly communities: Pick<Installations, 'find' | 'forgetTabIn'>;
  readonly channelTabs: Pick<ChannelTabs, 'isGone'>;
  readonly log: Log;
}

/**
 * Forgets the tabs that were taken out of their channels without our removal page: links then lead to the personal tab
 * again. Once a night; where the team does not let us look, they stay.
 */
export function createRemovedTabs({ db, communities, channelTabs, log }: RemovedTabsParts): () => Promise<void> {
  return async () => {
    for (const id of await livingCommunities(db)) {
      try {
        const community = await communities.find(id);
        if (!community?.tab || !(await channelTabs.isGone(community, community.tab))) continue;
        await communities.forgetTabIn(id, community.tab.channel);
        log.info({ community: id }, 'the tab in the channel was removed; links lead to the personal tab');
      } catch (error) {
        log.warn(
          { community: id, error: errorText(error) },
          'whether the tab in the channel is there was not found out',
        );
      }
    }
  };
}
