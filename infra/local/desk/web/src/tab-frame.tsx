import { makeStyles, MessageBar, MessageBarBody, ProgressBar, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { tabContext, type TabSurroundings } from '../../tab-context.ts';
import { api } from './api.ts';
import { createTeamsHost, type TabConfig, type TeamsHost, type ThemeName } from './teams-host.ts';

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, position: 'relative' },
  frame: { border: 'none', flexGrow: 1, width: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground2 },
  progress: { position: 'absolute', top: 0, left: 0, right: 0 },
});

export interface FrameProps extends TabSurroundings {
  readonly theme: ThemeName;
  readonly title: string;
  readonly url: string;
  readonly onNavigate?: (subPage: string | null) => void;
  readonly onOpen?: (url: string) => void;
  readonly onShare?: (link: string) => void;
  readonly onValidity?: (valid: boolean) => void;
  readonly onSaved?: (config: TabConfig | null) => void;
  readonly onSaveFailed?: (reason: string) => void;
  readonly onRemoved?: () => void;
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
      context: () => tabContext(latest.current),
      token: () => api.tabToken(latest.current.viewer.id),
      navigate: subPage => latest.current.onNavigate?.(subPage),
      openLink: url => latest.current.onOpen?.(url),
      shareLink: ({ subPageId, label }) => latest.current.onShare?.(deepLink(latest.current, subPageId, label)),
      loaded: () => setLoaded(true),
      failed(reason, message) {
        setLoaded(true);
        setFailure(message ? `${reason}: ${message}` : reason);
      },
      validity: valid => latest.current.onValidity?.(valid),
      saved: config => latest.current.onSaved?.(config),
      saveFailed: reason => latest.current.onSaveFailed?.(reason),
      removed: () => latest.current.onRemoved?.(),
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
    // A frame lives as long as its address and the language of Teams; everything else is read when it is asked for.
  }, [props.url, props.frameContext, props.viewer.locale]);

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

/** The link that Teams makes of a place in a tab. */
function deepLink({ state, place, entityId }: FrameProps, subPageId: string, label: string): string {
  const context = JSON.stringify({ subEntityId: subPageId, ...(place ? { channelId: place.channel.id } : {}) });
  return `https://teams.microsoft.com/l/entity/${state.app.catalogueId}/${encodeURIComponent(entityId)}?label=${encodeURIComponent(label)}&context=${encodeURIComponent(context)}`;
}
