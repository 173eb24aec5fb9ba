import { Activity, Suspense, useMemo, useRef, useState } from 'react';
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
import { ChevronLeftRegular, SettingsRegular } from '@fluentui/react-icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { tabApi, type CommunityView } from '../domain/tab/api.ts';
import {
  firstScreen,
  pagesOf,
  roomNames,
  roomOf,
  screenNames,
  type RoomName,
  type ScreenName,
} from '../domain/tab/screens.ts';
import { personalSubPage } from '../domain/deep-links.ts';
import { FailureNotice } from './components/failure-notice.tsx';
import { KnownSinceBar } from './components/known-since-bar.tsx';
import { NoticePage } from './components/notice-page.tsx';
import { PageStrip } from './components/page-strip.tsx';
import { Waiting } from './components/waiting.tsx';
import { WhoIsHere } from './components/who-is-here.tsx';
import type { Target } from './lib/place.ts';
import { freshFor, keys } from './lib/queries.ts';
import { readingOf } from './lib/reading.ts';
import { CommunityContext, SessionContext, useSession, useVisit, type Session } from './lib/session.tsx';
import { useTellWhere } from './lib/tell-where.ts';
import { CompanyContext, useLive } from './lib/use-live.ts';
import { useWhenIdle } from './lib/use-when-idle.ts';
import { prepare, screens } from './screens.ts';
import { useShellText } from './lib/shell-text.ts';

const useStyles = makeStyles({
  strip: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingLeft: tokens.spacingHorizontalS,
    paddingRight: tokens.spacingHorizontalS,
  },
  rooms: { display: 'flex' },
  panel: { ':focus-visible': { outline: 'none' } },
  page: {
    maxWidth: '68rem',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXXL}`,
  },
  title: { margin: `0 0 ${tokens.spacingVerticalM}` },
  back: { marginTop: tokens.spacingVerticalXS, paddingLeft: tokens.spacingHorizontalXS },
});

/** A community: its screens, and everything they share. */
export function Shell({
  community,
  first,
  inPersonalTab = false,
  back,
}: {
  /** Its group id; null when neither the address nor the host says which. */
  readonly community: string | null;
  readonly first: Target;
  readonly inPersonalTab?: boolean;
  /** Leads to the other communities, where there may be some. */
  readonly back?: () => void;
}) {
  const visit = useVisit();
  const t = useShellText();
  const session = useMemo<Session | null>(
    () =>
      community === null
        ? null
        : {
            ...visit,
            communityId: community,
            share: ({ subPageId, label }) =>
              visit.host.shareLink({
                subPageId: inPersonalTab ? personalSubPage(community, subPageId) : subPageId,
                label,
              }),
          },
    [visit, community, inPersonalTab],
  );
  if (!session) return <NoticePage title={t('noCommunity.title')} hint={t('noCommunity.hint')} />;
  return (
    <SessionContext value={session}>
      <Screens first={first} back={back} />
    </SessionContext>
  );
}

function Screens({ first, back }: { readonly first: Target; readonly back: (() => void) | undefined }) {
  const session = useSession();
  const queries = useQueryClient();
  const t = useShellText();
  const styles = useStyles();
  const [target, setTarget] = useState(first);
  const [visited, setVisited] = useState<ReadonlySet<ScreenName>>(new Set([first.screen]));
  const community = useQuery({ ...readingOf(session, keys.community, tabApi.community), staleTime: freshFor(60_000) });
  const known = community.data ?? null;
  function prepareScreen(name: ScreenName): void {
    void prepare(name, { queries, reader: session, community: known });
  }
  // The screen comes while the community is asked for, not after it.
  useState(() => prepareScreen(first.screen));
  useWhenIdle(known !== null, () => prepareScreen(first.screen === firstScreen ? 'plan' : firstScreen));

  useTellWhere(community.data);
  const company = useLive();

  const panel = useRef<HTMLDivElement>(null);

  const [asked, setAsked] = useState<{ readonly screen: ScreenName; readonly item: string } | null>(() =>
    first.item === undefined ? null : { screen: first.screen, item: first.item },
  );

  function show(screen: ScreenName): void {
    setTarget({ screen, section: null });
    setVisited(before => new Set([...before, screen]));
  }

  /** From one screen to another: whoever pressed goes on from what it opened. */
  function go(screen: ScreenName, item?: string): void {
    show(screen);
    setAsked(item === undefined ? null : { screen, item });
    setTimeout(() => panel.current?.focus());
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
        {back && (
          <Button
            className={styles.back}
            size="small"
            appearance="transparent"
            icon={<ChevronLeftRegular />}
            onClick={back}
          >
            {t('mine.back')}
          </Button>
        )}
      </main>
    );
  const { data } = community;
  const offered = screenNames.filter(name => screens[name].offeredIn(data) || name === first.screen);
  const pagesIn = (room: RoomName): readonly ScreenName[] => pagesOf(room).filter(name => offered.includes(name));
  const here = roomOf(target.screen);
  const pages = pagesIn(here);
  const pageOf = (room: RoomName): ScreenName => pagesIn(room)[0] ?? firstScreen;

  return (
    <CommunityContext value={data}>
      <CompanyContext value={company}>
        <header className={styles.strip}>
          {back && (
            <Button
              className={styles.back}
              size="small"
              appearance="transparent"
              icon={<ChevronLeftRegular />}
              onClick={back}
            >
              {t('mine.back')}
            </Button>
          )}
          <div className={styles.rooms}>
            <PageStrip
              label={t('rooms.label')}
              pages={roomNames
                .filter(room => pagesIn(room).length > 0)
                .map(room => ({
                  name: room,
                  label: t(`rooms.${room}`),
                  ...(room === 'settings' ? { icon: <SettingsRegular aria-hidden /> } : {}),
                }))}
              chosen={here}
              current={pages.length > 1 ? 'true' : 'page'}
              choose={room => show(pageOf(room))}
              expect={room => prepareScreen(pageOf(room))}
            />
            <WhoIsHere others={company.others} />
          </div>
          {pages.length > 1 && (
            <PageStrip
              // Another room's pages begin at their first.
              key={here}
              label={t('screens.label', { room: t(`rooms.${here}`) })}
              pages={pages.map(name => ({ name, label: t(`screens.${name}`) }))}
              chosen={target.screen}
              choose={show}
              expect={prepareScreen}
              small
            />
          )}
        </header>
        <main>
          <KnownSinceBar />
          {offered.map(name => {
            const { Component: Screen, needsSetUp } = screens[name];
            return (
              // A screen that was left keeps what was typed in it.
              <div
                key={name}
                ref={name === target.screen ? panel : undefined}
                tabIndex={-1}
                role="region"
                aria-label={t(`screens.${name}`)}
                className={styles.panel}
                hidden={name !== target.screen}
              >
                {visited.has(name) && (
                  <Activity mode={name === target.screen ? 'visible' : 'hidden'}>
                    <div className={styles.page}>
                      <Suspense fallback={<Waiting label={t('loading')} />}>
                        {data.ready || !needsSetUp ? (
                          <Screen
                            section={name === first.screen ? first.section : null}
                            asked={asked?.screen === name ? asked : null}
                            go={go}
                          />
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
      </CompanyContext>
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
