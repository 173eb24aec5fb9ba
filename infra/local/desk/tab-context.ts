import type { ChannelView, DeskState, PersonView, TeamView } from './views.ts';

/** Where a page of the app is shown, and to whom. */
export interface TabSurroundings {
  readonly state: DeskState;
  readonly viewer: PersonView;
  /** Null for the personal tab. */
  readonly place: { readonly team: TeamView; readonly channel: ChannelView } | null;
  readonly theme: string;
  readonly entityId: string;
  readonly subEntityId: string | null;
  readonly frameContext: 'content' | 'settings' | 'remove';
}

/** The flat context of Teams' protocol with its pages, from which Teams JS makes `app.Context`. */
export function tabContext(around: TabSurroundings): Record<string, unknown> {
  const { state, viewer, place, theme, entityId, subEntityId, frameContext } = around;
  return {
    locale: viewer.locale.toLowerCase(),
    theme,
    entityId,
    ...(subEntityId === null ? {} : { subEntityId }),
    frameContext,
    appId: state.app.catalogueId,
    hostName: 'Teams',
    hostClientType: 'web',
    ringId: 'general',
    sessionId: `desk-${viewer.id}`,
    appSessionId: `desk-${viewer.id}`,
    userObjectId: viewer.id,
    userDisplayName: viewer.name,
    userPrincipalName: viewer.mail,
    loginHint: viewer.mail,
    userLicenseType: 'Unknown',
    tid: state.tenantId,
    ...(place ? channelContext(state, viewer, place) : {}),
  };
}

/**
 * In a private channel Teams hides the team: it names no group, and the channel in the place of the team. In a shared
 * one it names no group either. Both name the team that owns the channel.
 */
function channelContext(
  { tenantId, domain }: DeskState,
  viewer: PersonView,
  { team, channel }: NonNullable<TabSurroundings['place']>,
): Record<string, unknown> {
  const sitePath = channel.type === 'standard' ? team.sitePath : `${team.sitePath}-${channel.name.replaceAll(' ', '')}`;
  const common = {
    teamType: 0,
    userTeamRole: team.owners.includes(viewer.id) ? 0 : 1,
    channelId: channel.id,
    channelName: channel.name,
    channelRelativeUrl: `${sitePath}/Shared Documents/${channel.name}`,
    hostTeamGroupId: team.id,
    hostTeamTenantId: tenantId,
    teamSiteUrl: `https://${domain}${sitePath}`,
    teamSiteDomain: domain,
    teamSitePath: sitePath,
  };
  switch (channel.type) {
    case 'standard':
      return { ...common, channelType: 'Regular', groupId: team.id, teamId: team.threadId, teamName: team.name };
    case 'private':
      return { ...common, channelType: 'Private', teamId: channel.id, teamName: channel.name };
    case 'shared':
      return { ...common, channelType: 'Shared', groupId: null, teamId: team.threadId, teamName: team.name };
  }
}
