import { makeStyles, MessageBar, MessageBarBody, ProgressBar, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { DeskState, PersonView, TeamView } from '../../views.ts';
import { api } from './api.ts';
import {
  createTeamsHost,
  type FrameContext,
  type Place,
  type TabConfig,
  type TeamsHost,
  type ThemeName,
} from './teams-host.ts';

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, position: 'relative' },
  frame: { border: 'none', flexGrow: 1, width: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground2 },
  progress: { position: 'absolute', top: 0, left: 0, right: 0 },
});

export interface FrameProps {
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly team: TeamView;
  readonly theme: ThemeName;
  readonly title: string;
  readonly url: string;
  readonly entityId: string;
  readonly subEntityId: string | null;
  readonly frameContext: FrameContext;
  readonly onNavigate: (place: Place) => void;
  readonly onShare: (link: string) => void;
  readonly onValidity?: (valid: boolean) => void;
  readonly onSaved?: (config: TabConfig | null) => void;
  readonly onSaveFailed?: (reason: string) => void;
  /** Gives the host to whoever has the Save button. */
  readonly onHost?: (host: TeamsHost | null) => void;
}

/** A page of the app in a frame, with Teams around it. */
export function TabFrame(props: FrameProps) {
  const styles = useStyles();
  const frame = useRef<HTMLIFrameElement>(null);
  const host = useRef<TeamsHost | null>(null);
  const latest = useRef(props);
  const [loaded, setLoaded] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const opened = createTeamsHost(element, new URL(props.url).origin, {
      frameContext: props.frameContext,
      context: () => contextFor(latest.current),
      token: () => api.tabToken(latest.current.viewer.id),
      navigate: place => latest.current.onNavigate(place),
      openLink: url => void window.open(url, '_blank', 'noopener'),
      shareLink: ({ subPageId, label }) => latest.current.onShare(deepLink(latest.current, subPageId, label)),
      loaded: () => setLoaded(true),
      failed(reason, message) {
        setLoaded(true);
        setFailure(message ? `${reason}: ${message}` : reason);
      },
      validity: valid => latest.current.onValidity?.(valid),
      saved: config => latest.current.onSaved?.(config),
      saveFailed: reason => latest.current.onSaveFailed?.(reason),
    });
    host.current = opened;
    latest.current.onHost?.(opened);
    // The page begins to load only now that somebody listens.
    element.src = props.url;
    return () => {
      opened.close();
      host.current = null;
      latest.current.onHost?.(null);
    };
    // A frame lives as long as its address; everything else is read when it is asked for.
  }, [props.url, props.frameContext]);

  useEffect(() => {
    host.current?.themeChanged(props.theme);
  }, [props.theme]);

  return (
    <div className={styles.whole}>
      {!loaded && <ProgressBar className={styles.progress} aria-label={`${props.title} is loading`} />}
      {failure !== null && (
        <MessageBar intent="error">
          <MessageBarBody>The tab says that it could not start. {failure}</MessageBarBody>
        </MessageBar>
      )}
      <iframe ref={frame} className={styles.frame} title={props.title} allow="clipboard-write" />
    </div>
  );
}

function contextFor({
  state,
  viewer,
  team,
  theme,
  entityId,
  subEntityId,
  frameContext,
}: FrameProps): Record<string, unknown> {
  const channel = team.channels[0];
  return {
    locale: viewer.locale.toLowerCase(),
    theme,
    entityId,
    ...(subEntityId === null ? {} : { subEntityId }),
    frameContext,
    appId: state.app.id,
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
    groupId: team.id,
    teamId: team.threadId,
    teamName: team.name,
    teamType: 0,
    userTeamRole: team.owners.includes(viewer.id) ? 0 : 1,
    channelId: channel?.id,
    channelName: channel?.name,
    channelRelativeUrl: `${team.sitePath}/Shared Documents/${channel?.name ?? ''}`,
    channelType: 'Regular',
    hostTeamGroupId: team.id,
    hostTeamTenantId: state.tenantId,
    teamSiteUrl: `https://${state.domain}${team.sitePath}`,
    teamSiteDomain: state.domain,
    teamSitePath: team.sitePath,
  };
}

function deepLink({ state, team, entityId }: FrameProps, subPageId: string, label: string): string {
  const context = JSON.stringify({ subEntityId: subPageId, channelId: team.threadId });
  return `https://teams.microsoft.com/l/entity/${state.app.id}/${entityId}?label=${encodeURIComponent(label)}&context=${encodeURIComponent(context)}`;
}
