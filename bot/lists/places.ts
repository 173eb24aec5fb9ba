import type { Site } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Caller, Graph } from '../graph/client.ts';

/** The SharePoint site of a team. */
export interface TeamSite {
  readonly id: string;
  /** Where people open it. */
  readonly url: string;
}

/** What is known of where a community's lists are. */
export interface Place {
  readonly site: TeamSite;
  /** The ids of its lists, by their names in `model.ts`: a list that was renamed or translated keeps its id. */
  readonly lists: Readonly<Record<string, string>>;
}

/** Where that is kept. */
export interface PlaceStore {
  read(community: string): Promise<Place | undefined>;
  keepSite(community: string, site: TeamSite): Promise<void>;
  keepLists(community: string, lists: Place['lists']): Promise<void>;
  rightness(community: string): Promise<Rightness | null>;
  /** Null when something says that they may not be right. */
  keepRightness(community: string, rightness: Rightness | null): Promise<void>;
}

/** That a community's lists were found as they should be. */
export interface Rightness {
  /** What they were found right for: other lists, or other settings, are another text. */
  readonly as: string;
  readonly at: Date;
}

/** @throws CommunityError `site-unknown` while nobody has shown the app the site */
export type FindPlace = (community: string) => Promise<Place>;

export interface Places {
  readonly find: FindPlace;
  /** Undefined while it is unknown; asks nobody. */
  siteOf(community: string): Promise<TeamSite | undefined>;
  /**
   * Asks Graph for the team's site in the name of a person, and keeps it. What a tab says of its site is not believed:
   * it could name the site of another team.
   */
  learn(community: string, assertion: string): Promise<TeamSite>;
  keepLists: PlaceStore['keepLists'];
  rightness: PlaceStore['rightness'];
  keepRightness: PlaceStore['keepRightness'];
}

export interface PlacesParts {
  readonly store: PlaceStore;
  readonly graphAs: (caller: Caller) => Graph;
  /** Looks at the site before it is kept; what it throws keeps the site from being kept. */
  readonly look?: (community: string, site: TeamSite) => Promise<void>;
}

export function createPlaces({ store, graphAs, look = async () => {} }: PlacesParts): Places {
  async function ask(community: string, caller: Caller): Promise<TeamSite> {
    const path = `/groups/${encodeURIComponent(community)}/sites/root?$select=id,webUrl`;
    const { id, webUrl } = await graphAs(caller).get<Site>(path);
    if (!id || !webUrl) throw new CommunityError('unavailable', `Graph gave no site for team ${community}`);
    const site = { id, url: webUrl };
    await look(community, site);
    await store.keepSite(community, site);
    return site;
  }

  return {
    async find(community) {
      const known = await store.read(community);
      if (known) return known;
      try {
        return { site: await ask(community, 'app'), lists: {} };
      } catch (error) {
        // The call is documented for Sites.Read.All alone. With Sites.Selected it takes a person who may see the site.
        if (error instanceof CommunityError && error.code === 'not-granted') throw unknownSite(community);
        throw error;
      }
    },
    siteOf: async community => (await store.read(community))?.site,
    learn: (community, onBehalfOf) => ask(community, { onBehalfOf }),
    keepLists: (community, lists) => store.keepLists(community, lists),
    rightness: community => store.rightness(community),
    keepRightness: (community, rightness) => store.keepRightness(community, rightness),
  };
}

/** The path of a list: by the id that is kept of it, else by the title it was made with. */
export function listPath({ site, lists }: Place, name: string, title: string): string {
  return `/sites/${site.id}/lists/${lists[name] ?? encodeURIComponent(title)}`;
}

function unknownSite(community: string): CommunityError {
  return new CommunityError(
    'site-unknown',
    `the SharePoint site of team ${community} is not known yet: somebody of the team opens the tab`,
  );
}
