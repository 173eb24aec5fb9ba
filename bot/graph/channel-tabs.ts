import { tabEntity, type ChannelTab } from '../../domain/deep-links.ts';
import type { Community } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Config } from '../config.ts';
import type { ChannelTabs } from '../ports.ts';
import type { Graph } from './client.ts';

export interface ChannelTabParts {
  readonly graph: Graph;
  readonly config: Pick<Config, 'publicUrl' | 'appId' | 'teamsAppId' | 'cloud'>;
  /** The channel in which the app was added. */
  readonly channelOf: (community: string) => Promise<string | undefined>;
}

/** A tab as Graph lists it. */
interface Listed {
  readonly configuration?: { readonly entityId?: string | null; readonly contentUrl?: string | null } | null;
}

/**
 * Adds the tab to a channel with the team's own consent, TeamsTab.Create.Group, and looks for it there with
 * TeamsTab.Read.Group. A team that gave none, or a cloud whose
 * Graph cannot do it, is no failure: then a person adds it.
 * @see https://learn.microsoft.com/graph/api/channel-post-tabs
 */
export function createChannelTabs({ graph, config, channelOf }: ChannelTabParts): ChannelTabs {
  return {
    async add(community, name) {
      const channel = await channelOf(community.id);
      if (channel === undefined) return null;
      const tab: ChannelTab = { channel, entity: tabEntity, subPage: null };
      try {
        await graph.post(pathOf(community, channel), tabOf(config, community, name));
        return tab;
      } catch (error) {
        if (!(error instanceof CommunityError)) throw error;
        return null;
      }
    },

    async isGone(community, tab) {
      const isOurs = ({ configuration }: Listed): boolean =>
        configuration?.entityId === tab.entity && (configuration.contentUrl?.startsWith(config.publicUrl) ?? false);
      try {
        let next: string | undefined = pathOf(community, tab.channel);
        while (next) {
          const page: { value: readonly Listed[]; '@odata.nextLink'?: string } = await graph.get(next);
          if (page.value.some(isOurs)) return false;
          next = page['@odata.nextLink'];
        }
        return true;
      } catch (error) {
        // Whoever may not look, or is not answered, knows nothing.
        if (error instanceof CommunityError) return false;
        throw error;
      }
    },
  };
}

function pathOf({ id }: Pick<Community, 'id'>, channel: string): string {
  return `/teams/${encodeURIComponent(id)}/channels/${encodeURIComponent(channel)}/tabs`;
}

/** What the configuration page would have saved. */
function tabOf({ publicUrl, appId, teamsAppId, cloud }: ChannelTabParts['config'], community: Community, name: string) {
  const app = teamsAppId ?? community.teamsApp ?? appId;
  const contentUrl = `${publicUrl}/tabs/?community=${encodeURIComponent(community.id)}`;
  return {
    displayName: name,
    'teamsApp@odata.bind': `${cloud.graph}/v1.0/appCatalogs/teamsApps/${encodeURIComponent(app)}`,
    configuration: {
      entityId: tabEntity,
      contentUrl,
      websiteUrl: contentUrl,
      removeUrl: `${publicUrl}/tabs/?frame=remove&community=${encodeURIComponent(community.id)}`,
    },
  };
}
