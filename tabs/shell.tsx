import { Activity, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Title3,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { api, type CommunityView } from '../domain/api.ts';
import { FailureNotice } from './components/failure-notice.tsx';
import { NoticePage } from './components/notice-page.tsx';
import { TabStrip } from './components/tab-strip.tsx';
import { Waiting } from './components/waiting.tsx';
import { createClient } from './lib/api.ts';
import { removeOldDrafts } from './lib/drafts.ts';
import { readTarget, screenNames, type ScreenName, type Target } from './lib/place.ts';
import { createQueries, keys } from './lib/queries.ts';
import { CommunityContext, SessionContext, useCall, useSession, type Session } from './lib/session.tsx';
import type { Host } from './lib/teams.ts';
import type { Texts } from './lib/text.ts';
import { screens } from './screens.ts';
import { shellText, useShellText } from './lib/shell-text.ts';

const useStyles = makeStyles({
  strip: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingLeft: tokens.spacingHorizontalS,
    paddingRight: tokens.spacingHorizontalS,
  },
  page: {
    maxWidth: '68rem',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXXL}`,
  },
  title: { margin: `0 0 ${tokens.spacingVerticalM}` },
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** The tab: its screens, and everything they share. */
export function Shell({
  host,
  texts,
  community,
}: {
  readonly host: Host;
  readonly texts: Texts;
  readonly community: string | null;
}) {
  const t = shellText(texts);
  const styles = useStyles();
  const [queries] = useState(createQueries);
  const [said, setSaid] = useState({ sentence: '', count: 0 });
  // The count makes a repeated sentence a new one, so that it is said again.
  const announce = useCallback((sentence: string) => setSaid(before => ({ sentence, count: before.count + 1 })), []);
  const session = useMemo<Session | null>(
    () =>
      community === null
        ? null
        : {
            host,
            texts,
            announce,
            communityId: community,
            client: createClient({ token: host.token, locale: texts.locale }),
          },
    [host, texts, announce, community],
  );
  useEffect(() => removeOldDrafts(() => localStorage, new Date()), []);
  if (!session) return <NoticePage title={t('noCommunity.title')} hint={t('noCommunity.hint')} />;

  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries}>
        <Screens first={readTarget(host.context.subPageId)} />
        <div role="status" aria-live="polite" className={styles.hidden}>
          <span key={said.count}>{said.sentence}</span>
        </div>
      </QueryClientProvider>
    </SessionContext>
  );
}

function Screens({ first }: { readonly first: Target }) {
  const { texts, communityId } = useSession();
  const call = useCall();
  const t = shellText(texts);
  const styles = useStyles();
  const [target, setTarget] = useState(first);
  const [visited, setVisited] = useState<ReadonlySet<ScreenName>>(new Set([first.screen]));
  // The screen's code comes while the community is asked for, not after it.
  useState(() => void screens[first.screen].load());
  const community = useQuery({
    queryKey: keys.community(communityId),
    queryFn: ({ signal }) => call(api.community, { signal }),
    staleTime: 60_000,
  });

  function go(screen: ScreenName): void {
    setTarget({ screen, section: null });
    setVisited(before => new Set([...before, screen]));
  }

  if (community.isPending)
    return (
      <main className={styles.page}>
        <Waiting label={t('loading')} />
      </main>
    );
  if (!community.data)
    return (
      <main className={styles.page}>
        <Title3 as="h1" className={styles.title}>
          {t('name')}
        </Title3>
        <FailureNotice error={community.error} again={() => void community.refetch()} />
      </main>
    );
  const { data } = community;
  const offered = screenNames.filter(name => screens[name].offeredIn(data) || name === first.screen);

  return (
    <CommunityContext value={data}>
      <header className={styles.strip}>
        <TabStrip
          label={t('screens.label')}
          tabs={offered.map(name => ({ name, label: t(`screens.${name}`) }))}
          chosen={target.screen}
          choose={go}
        />
      </header>
      <main>
        {offered.map(name => {
          const { Component: Screen, needsSetUp } = screens[name];
          return (
            // A screen that was left keeps what was typed in it.
            <div
              key={name}
              role="tabpanel"
              id={`screen-${name}`}
              aria-labelledby={`tab-${name}`}
              hidden={name !== target.screen}
            >
              {visited.has(name) && (
                <Activity mode={name === target.screen ? 'visible' : 'hidden'}>
                  <div className={styles.page}>
                    <Suspense fallback={<Waiting label={t('loading')} />}>
                      {data.ready || !needsSetUp ? (
                        <Screen section={name === first.screen ? first.section : null} go={go} />
                      ) : (
                        <NotSetUp community={data} go={() => go('settings')} />
                      )}
                    </Suspense>
                  </div>
                </Activity>
              )}
            </div>
          );
        })}
      </main>
    </CommunityContext>
  );
}

function NotSetUp({ community, go }: { readonly community: CommunityView; readonly go: () => void }) {
  const t = useShellText();
  const mine = community.may['settings.edit'];
  const styles = useStyles();
  return (
    <>
      <Title3 as="h1" className={styles.title}>
        {community.name}
      </Title3>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t('notSetUp.title')}</MessageBarTitle>
          <div>
            {t(mine ? 'notSetUp.mine' : community.setUpByAdministrator ? 'notSetUp.administrator' : 'notSetUp.others')}
          </div>
        </MessageBarBody>
        {mine && (
          <MessageBarActions>
            <Button appearance="primary" onClick={go}>
              {t('notSetUp.go')}
            </Button>
          </MessageBarActions>
        )}
      </MessageBar>
    </>
  );
}
