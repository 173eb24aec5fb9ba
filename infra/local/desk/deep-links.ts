import type { ChannelView, DeskState, PersonalTabView, TabView, TeamView } from './views.ts';

/** What Teams does with a link. */
export type Opening =
  | { readonly opens: 'personal tab'; readonly tab: PersonalTabView; readonly subPage: string | null }
  | {
      readonly opens: 'channel tab';
      readonly team: TeamView;
      readonly channel: ChannelView;
      readonly tab: TabView;
      readonly subPage: string | null;
    }
  | { readonly opens: 'chat'; readonly with: string }
  /** It is no link into a tab: a browser has it. */
  | { readonly opens: 'elsewhere' }
  /** Teams says that there is nothing, or shows something that was not meant. */
  | { readonly opens: 'nothing'; readonly why: string };

/** What Windows leaves of a link that opens Teams. */
const longest = 1900;

/**
 * Where a link leads this person, as published: the app's id of the organisation's catalogue, the entity id with which
 * the tab was made, and for a tab in a channel that channel's id. Nothing is guessed.
 */
export function openLink(link: string, state: DeskState, viewer: string): Opening {
  const url = URL.parse(link);
  const path = url?.protocol === 'https:' && url.hostname === 'teams.microsoft.com' ? url.pathname : '';
  const users = path === '/l/chat/0/0' ? url?.searchParams.get('users') : null;
  if (users) {
    const one = state.people.find(({ mail }) => mail === users);
    return one ? { opens: 'chat', with: one.name } : nothing(`Nobody here is called ${users}.`);
  }
  const [, app, entity] = /^\/l\/entity\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (!url || app === undefined || entity === undefined) return { opens: 'elsewhere' };
  if (link.length > longest)
    return nothing(`The link has ${link.length} characters: Windows cuts it after ${longest}.`);
  if (decodeURIComponent(app) !== state.app.catalogueId)
    return nothing(`There is no app ${app} in this organisation's catalogue.`);

  const context = contextIn(url.searchParams.get('context'));
  if (!context) return nothing('The context of the link is no JSON.');
  const entityId = decodeURIComponent(entity);
  const subPage = typeof context['subEntityId'] === 'string' ? context['subEntityId'] : null;
  const channelId = context['channelId'];
  if (channelId === undefined) {
    const tab = state.app.personalTabs.find(one => one.entityId === entityId);
    return tab ? { opens: 'personal tab', tab, subPage } : nothing(`The app has no personal tab ${entityId}.`);
  }
  return inChannel(String(channelId), { entityId, subPage }, state, viewer);
}

function inChannel(
  channelId: string,
  { entityId, subPage }: { readonly entityId: string; readonly subPage: string | null },
  { teams, conversations }: DeskState,
  viewer: string,
): Opening {
  const team = teams.find(({ channels }) => channels.some(({ id }) => id === channelId));
  const channel = team?.channels.find(({ id }) => id === channelId);
  if (!team || !channel || !conversations.some(({ id }) => id === channelId))
    return nothing(`${viewer} is in no channel ${channelId}.`);
  const tab = team.tabs.find(one => one.channelId === channelId && one.entityId === entityId);
  return tab
    ? { opens: 'channel tab', team, channel, tab, subPage }
    : nothing(`${channel.name} has no tab ${entityId}.`);
}

function nothing(why: string): Opening {
  return { opens: 'nothing', why };
}

function contextIn(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null) return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
