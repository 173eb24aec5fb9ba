import { openLink, type Opening } from '../../deep-links.ts';
import type { ChannelView, DeskState, PersonalTabView, TabView, TeamView } from '../../views.ts';
import { filesPlace } from './files-place.tsx';
import { listsPlace } from './lists-place.tsx';

/** A place of the desk as the address has it: a conversation, a tab, files, or the list of calls. */
export type PlaceId = string;
export const chatPlace: PlaceId = 'chat';
const callsPlace: PlaceId = 'calls';

/** What is at a place. */
export type Shown =
  | { readonly shows: 'calls' | 'chat' | 'nothing' }
  | { readonly shows: 'personal tab'; readonly tab: PersonalTabView; readonly subPage: string | null }
  | { readonly shows: 'lists'; readonly team: TeamView }
  | { readonly shows: 'channel' | 'files'; readonly team: TeamView; readonly channel: ChannelView }
  | {
      readonly shows: 'channel tab';
      readonly team: TeamView;
      readonly channel: ChannelView;
      readonly tab: TabView;
      readonly subPage: string | null;
    };

export function tabPlace(tab: TabView, subPage: string | null = null): PlaceId {
  return withSubPage(`tab/${tab.id}`, subPage);
}

export function personalTabPlace(tab: PersonalTabView, subPage: string | null = null): PlaceId {
  return withSubPage(`personal/${tab.entityId}`, subPage);
}

function withSubPage(place: string, subPage: string | null): PlaceId {
  return subPage === null ? place : `${place}?${subPage}`;
}

/** What this person sees at a place. */
export function shownAt(place: PlaceId, { app, teams, conversations }: DeskState): Shown {
  if (place === callsPlace) return { shows: 'calls' };
  if (place === chatPlace) return { shows: 'chat' };
  const withLists = teams.find(({ id }) => listsPlace(id) === place);
  if (withLists) return { shows: 'lists', team: withLists };
  const [at = '', ...rest] = place.split('?');
  const subPage = rest.length === 0 ? null : rest.join('?');
  const personal = app.personalTabs.find(tab => personalTabPlace(tab) === at);
  if (personal) return { shows: 'personal tab', tab: personal, subPage };
  for (const team of teams) {
    for (const channel of team.channels.filter(({ id }) => conversations.some(one => one.id === id))) {
      if (channel.id === at) return { shows: 'channel', team, channel };
      if (filesPlace(channel.id) === at) return { shows: 'files', team, channel };
      const tab = team.tabs.find(one => one.channelId === channel.id && tabPlace(one) === at);
      if (tab) return { shows: 'channel tab', team, channel, tab, subPage };
    }
  }
  return { shows: 'nothing' };
}

/** Where a link leads on the desk: a place of it, or what Teams does else. */
export function placeOf(link: string, state: DeskState, viewer: string): PlaceId | Exclude<Opening, { tab: unknown }> {
  const opening = openLink(link, state, viewer);
  switch (opening.opens) {
    case 'personal tab':
      return personalTabPlace(opening.tab, opening.subPage);
    case 'channel tab':
      return tabPlace(opening.tab, opening.subPage);
    default:
      return opening;
  }
}
