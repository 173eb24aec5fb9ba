import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { PublishView } from '../../domain/charter/api.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Files } from '../ports.ts';
import type { Caller, Graph } from './client.ts';

type Refusal = Exclude<PublishView['outcome'], 'published'>;

/**
 * The folder of a channel, always on behalf of a person: what they may not do, we may not. The permission that saves
 * lists for them is enough for both calls, so nobody has to agree to another one.
 * @param channelOf the channel in which the app was added.
 */
export function createFiles(
  graphAs: (caller: Caller) => Graph,
  channelOf: (community: string) => Promise<string | undefined>,
): Files {
  return {
    async publish({ community, onBehalfOf, file: { name, type, bytes } }) {
      const graph = graphAs({ onBehalfOf });
      const channel = await channelOf(community);
      if (channel === undefined) throw new CommunityError('not-found', `no channel is known of community ${community}`);
      try {
        const folder = await graph.get<DriveItem>(
          `/teams/${encodeURIComponent(community)}/channels/${encodeURIComponent(channel)}/filesFolder`,
        );
        const drive = folder.parentReference?.driveId;
        if (!folder.id || !drive)
          throw new CommunityError('unavailable', `Graph gave no folder of the channel of community ${community}`);
        const path = `/drives/${encodeURIComponent(drive)}/items/${encodeURIComponent(folder.id)}:/${encodeURIComponent(name)}:/content?@microsoft.graph.conflictBehavior=replace`;
        const { webUrl } = await graph.put<DriveItem>(path, bytes, type);
        if (!webUrl)
          throw new CommunityError('unavailable', `Graph kept a file of community ${community} and does not say where`);
        return { outcome: 'published', name, url: webUrl };
      } catch (error) {
        const outcome = error instanceof CommunityError ? refusalOf(error) : undefined;
        if (outcome === undefined) throw error;
        return { outcome, name };
      }
    },
  };
}

/** What a person can do something about. */
function refusalOf({ code }: CommunityError): Refusal | undefined {
  if (code === 'not-found') return 'no-folder';
  if (code === 'not-allowed') return 'not-allowed';
  if (code === 'site-locked') return 'locked';
  return code === 'site-full' ? 'full' : undefined;
}
