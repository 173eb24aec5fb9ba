import {
  Button,
  Drawer,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  Subtitle1,
  Toast,
  ToastTitle,
  Toaster,
  tokens,
  useId,
  useToastController,
} from '@fluentui/react-components';
import { DismissRegular, NavigationRegular, OptionsRegular, PlayCircleRegular } from '@fluentui/react-icons';
import { useEffect, useState, type ReactNode } from 'react';
import type { DeskState } from '../../views.ts';
import { api, troubleWith } from './api.ts';
import { Centre } from './centre.tsx';
import { Mark } from './mark.tsx';
import { Panel } from './panel.tsx';
import { chatPlace, shownAt, type PlaceId } from './places.ts';
import { Rail } from './rail.tsx';
import { forget, remember, remembered } from './remember.ts';
import { Story, useChapter } from './story.tsx';
import { TabRemoval } from './tab-removal.tsx';
import { TabSetup } from './tab-setup.tsx';
import type { ThemeName } from './teams-host.ts';
import { useDesk } from './use-desk.ts';
import { Waiting } from './waiting.tsx';

const useStyles = makeStyles({
  page: {
    height: '100dvh',
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground4,
    color: tokens.colorNeutralForeground1,
  },
  bar: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    minHeight: '48px',
    boxSizing: 'border-box',
  },
  title: { flexGrow: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  columns: { flexGrow: 1, minHeight: 0, display: 'flex' },
  side: {
    display: 'flex',
    flexDirection: 'column',
    flexShrink: 0,
    minHeight: 0,
    '@media (max-width: 1023px)': { display: 'none' },
  },
  rail: { width: '240px' },
  panel: { width: '300px', '@media (max-width: 1179px)': { display: 'none' } },
  main: {
    flexGrow: 1,
    minWidth: 0,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow4,
    '@media (min-width: 1024px)': { marginBottom: tokens.spacingVerticalM },
    '@media (min-width: 1024px) and (max-width: 1179px)': { marginRight: tokens.spacingVerticalM },
    '@media (max-width: 1023px)': { borderRadius: 0, borderLeftWidth: 0, borderRightWidth: 0, borderBottomWidth: 0 },
  },
  narrowOnly: { '@media (min-width: 1024px)': { display: 'none' } },
  small: { minWidth: 'auto' },
  wideOnly: { '@media (max-width: 640px)': { display: 'none' } },
  withoutPanel: { '@media (min-width: 1180px)': { display: 'none' } },
  drawer: { maxWidth: '92vw' },
  drawerBody: { padding: 0, display: 'flex', flexDirection: 'column' },
  waiting: { margin: 'auto' },
  problem: { margin: tokens.spacingHorizontalL },
});

/** The whole page: places on the left, one of them in the middle, the desk on the right. */
export function DeskPage({
  theme,
  onTheme,
  waiting,
}: {
  readonly theme: ThemeName;
  readonly onTheme: (theme: ThemeName) => void;
  readonly waiting: ReactNode;
}) {
  const styles = useStyles();
  const toasterId = useId('toaster');
  const { dispatchToast } = useToastController(toasterId);
  const [viewerId, setViewerId] = useState<string | null>(
    () => new URLSearchParams(location.search).get('user') ?? remembered('person'),
  );
  const [place, setPlace] = useState<PlaceId>(() => decodeURIComponent(location.hash.slice(1)));
  const [drawer, setDrawer] = useState<'places' | 'desk' | null>(null);
  const [chapter, setChapter] = useChapter();
  /** The channel that gets a tab, and the tab that goes. */
  const [addingTo, setAddingTo] = useState<string | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const [anew, setAnew] = useState(false);

  function say(sentence: string, intent: 'info' | 'error' | 'warning' = 'info'): void {
    dispatchToast(
      <Toast>
        <ToastTitle>{sentence}</ToastTitle>
      </Toast>,
      { intent, timeout: intent === 'info' ? 4000 : 10_000 },
    );
  }

  // The conversation is known before the state is: a channel by its own id, the chat by the person's.
  const [chatId, setChatId] = useState<string | null>(null);
  const { state, messages, problem } = useDesk(viewerId, place === chatPlace ? chatId : place, sentence =>
    say(sentence, 'warning'),
  );
  const chat = state?.conversations.find(one => one.kind === 'personal')?.id ?? null;
  useEffect(() => setChatId(chat), [chat]);

  const viewer = state?.people.find(person => person.id === viewerId);
  useEffect(() => {
    const first = state?.people[0];
    if (first && !viewer) setViewerId(first.id);
  }, [state, viewer]);

  useEffect(() => {
    const onHash = () => setPlace(decodeURIComponent(location.hash.slice(1)));
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);

  const shown = placeShown(state, viewerId, place);
  useEffect(() => {
    if (shown === place || !state) return;
    history.replaceState(null, '', `#${encodeURIComponent(shown)}`);
    setPlace(shown);
  }, [shown, place, state]);

  function go(to: PlaceId): void {
    setDrawer(null);
    location.hash = encodeURIComponent(to);
  }
  function be(id: string): void {
    remember('person', id);
    setViewerId(id);
  }
  async function act(path: string, body: object): Promise<void> {
    try {
      const trouble = troubleWith(await api.do(path, body));
      if (trouble) say(trouble, 'error');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'error');
    }
  }

  async function beginAnew(): Promise<void> {
    try {
      await api.do('begin-anew', {});
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'error');
      return;
    }
    forget('story');
    setAnew(true);
    await untilAnew();
    location.assign('/');
  }

  if (anew) {
    return (
      <div className={styles.page}>
        <div className={styles.waiting}>
          <Waiting label="Beginning anew. The sample community takes half a minute." />
        </div>
      </div>
    );
  }
  if (!state || !viewer) {
    return (
      <div className={styles.page}>
        {problem === null ? (
          <div className={styles.waiting}>{waiting}</div>
        ) : (
          <MessageBar className={styles.problem} intent="error">
            <MessageBarBody>{problem}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    );
  }

  const adding = channelsOf(state).find(({ channel }) => channel.id === addingTo);
  const leaving = channelsOf(state).flatMap(({ team, channel }) =>
    team.tabs.filter(tab => tab.id === removing && tab.channelId === channel.id).map(tab => ({ team, channel, tab })),
  )[0];
  const rail = <Rail state={state} place={shown} viewer={viewer.id} onGo={go} act={act} />;
  const panel = (
    <Panel
      state={state}
      viewer={viewer}
      theme={theme}
      onTheme={onTheme}
      act={act}
      onCalls={() => go('calls')}
      clearFaults={async () => void (await api.clearFaults())}
      onViewer={be}
      onBeginAnew={() => void beginAnew()}
    />
  );

  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Button
          className={styles.narrowOnly}
          appearance="subtle"
          icon={<NavigationRegular />}
          aria-label="Places"
          onClick={() => setDrawer('places')}
        />
        <Mark size={28} />
        <Subtitle1 as="h1" className={styles.title}>
          {state.app.name}
        </Subtitle1>
        {chapter === 'put away' && (
          <Button
            className={styles.small}
            appearance="subtle"
            icon={<PlayCircleRegular />}
            aria-label="Five minutes with a community"
            onClick={() => setChapter(0)}
          >
            <span className={styles.wideOnly}>Five minutes</span>
          </Button>
        )}
        <Button
          className={mergeClasses(styles.withoutPanel, styles.small)}
          appearance="subtle"
          icon={<OptionsRegular />}
          onClick={() => setDrawer('desk')}
        >
          Desk
        </Button>
      </header>
      {problem !== null && (
        <MessageBar intent="error">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
      <Story
        chapter={chapter}
        onChapter={setChapter}
        state={state}
        onBe={(person, to) => {
          be(person);
          go(to);
        }}
        act={act}
        say={say}
      />
      <div className={styles.columns}>
        <div className={mergeClasses(styles.side, styles.rail)}>{rail}</div>
        <main className={styles.main}>
          <Centre
            place={shown}
            state={state}
            viewer={viewer}
            messages={shown === place ? messages : null}
            theme={theme}
            onGo={go}
            onAddTab={setAddingTo}
            onRemoveTab={setRemoving}
            act={act}
            say={say}
          />
        </main>
        <div className={mergeClasses(styles.side, styles.panel)}>{panel}</div>
      </div>
      {drawer !== null && (
        <Drawer
          className={styles.drawer}
          open
          position={drawer === 'places' ? 'start' : 'end'}
          onOpenChange={(_, data) => {
            if (!data.open) setDrawer(null);
          }}
        >
          <DrawerHeader>
            <DrawerHeaderTitle
              action={
                <Button
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label="Close"
                  onClick={() => setDrawer(null)}
                />
              }
            >
              {drawer === 'places' ? 'Places' : 'Desk'}
            </DrawerHeaderTitle>
          </DrawerHeader>
          <DrawerBody className={styles.drawerBody}>{drawer === 'places' ? rail : panel}</DrawerBody>
        </Drawer>
      )}
      {adding && (
        <TabSetup
          state={state}
          viewer={viewer}
          team={adding.team}
          channel={adding.channel}
          theme={theme}
          onClose={() => setAddingTo(null)}
          onSaved={config => {
            setAddingTo(null);
            void act('tabs', {
              team: adding.team.id,
              channel: adding.channel.id,
              name: config.suggestedDisplayName || state.app.name,
              contentUrl: config.contentUrl,
              entityId: config.entityId,
              ...(config.websiteUrl ? { websiteUrl: config.websiteUrl } : {}),
              ...(config.removeUrl ? { removeUrl: config.removeUrl } : {}),
            });
          }}
        />
      )}
      {leaving && (
        <TabRemoval
          state={state}
          viewer={viewer}
          {...leaving}
          theme={theme}
          onClose={() => setRemoving(null)}
          onRemoved={() => {
            setRemoving(null);
            go(leaving.channel.id);
            void act('remove-tab', { id: leaving.tab.id });
          }}
        />
      )}
      <Toaster toasterId={toasterId} position="bottom-end" />
    </div>
  );
}

/** Until everything has gone and the sample community is there again. */
async function untilAnew(): Promise<void> {
  for (let gone = false; ; await new Promise(resolve => setTimeout(resolve, 500))) {
    const state = await api.state(null).catch(() => null);
    if (!state || state.filling) gone = true;
    else if (gone) return;
  }
}

/** Where one is: the place in the address if it is there for this person, else the first channel that is. */
function placeShown(state: DeskState | null, viewer: string | null, place: PlaceId): PlaceId {
  if (!state || viewer === null || shownAt(place, state).shows !== 'nothing') return place;
  // The state came before it was known who looks: whoever is in a team sees its channels.
  const isInTeam = state.teams.some(({ members }) => members.includes(viewer));
  if (isInTeam && state.conversations.length === 0) return place;
  const mine = channelsOf(state).find(({ channel }) => state.conversations.some(({ id }) => id === channel.id));
  return mine?.channel.id ?? chatPlace;
}

function channelsOf({ teams }: DeskState) {
  return teams.flatMap(team => team.channels.map(channel => ({ team, channel })));
}
