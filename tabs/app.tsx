import { Suspense, lazy, useEffect, useState, type ReactNode } from 'react';
import { Button, FluentProvider, makeStaticStyles, makeStyles, tokens, type Theme } from '@fluentui/react-components';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { NoticePage } from './components/notice-page.tsx';
import { Waiting } from './components/waiting.tsx';
import { personalSubPage, tabEntity, writeDeepLink } from '../domain/deep-links.ts';
import { firstScreen } from '../domain/tab/screens.ts';
import { directionOf } from '../domain/locale.ts';
import { loadConfig } from './lib/api.ts';
import type { PageConfig } from './lib/config.ts';
import { readTarget, type Place } from './lib/place.ts';
import { OutsideTeams, joinHost, type Host, type ThemeName } from './lib/teams.ts';
import { languageOf, loadLanguage } from './languages/load.ts';
import { createTexts, type Texts, type Translation } from './lib/text.ts';
import { loadTheme } from './components/themes.ts';
import { PersonalTab } from './personal-tab.tsx';
import { Shell } from './shell.tsx';
import { Visit } from './visit.tsx';
import { shellText } from './lib/shell-text.ts';

const ConfigPage = lazy(() => import('./frames/config-page.tsx'));
const RemovePage = lazy(() => import('./frames/remove-page.tsx'));
const ConsentPage = lazy(() => import('./frames/consent-page.tsx'));
const ConsentEndPage = lazy(() => import('./frames/consent-end-page.tsx'));

/** After this time of silence we say that Teams is slow. Teams JS itself waits for a minute. */
const slowAfter = 6_000;

const usePageStyles = makeStaticStyles({ body: { margin: 0 }, 'h1, h2, h3': { margin: 0 } });

const useStyles = makeStyles({
  // Teams paints its own ground behind the frame; ours keeps text readable in every theme.
  ground: {
    minHeight: '100vh',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
  },
  waiting: { padding: tokens.spacingHorizontalL, maxWidth: '48rem', margin: '0 auto' },
});

type Joining =
  | { readonly state: 'waiting' | 'slow' }
  | { readonly state: 'outside'; readonly config: PageConfig }
  | { readonly state: 'failed'; readonly problem: string }
  | { readonly state: 'joined'; readonly host: Host; readonly config: PageConfig };

/** Joins Teams, follows its theme, and shows the page that was asked for. */
export function App({ place }: { readonly place: Place }) {
  const inFrame = place.frame !== 'consent' && place.frame !== 'consent-end';
  const { joining, theme } = useTeams(inFrame);
  const colours = useTheme(theme);
  const locale = joining.state === 'joined' ? joining.host.context.locale : navigator.language;
  const { texts, come } = useTexts(locale);
  const direction = directionOf(texts.locale);
  const t = shellText(texts);
  const styles = useStyles();
  usePageStyles();

  useEffect(() => {
    document.documentElement.lang = texts.locale;
    document.documentElement.dir = direction;
  }, [texts, direction]);
  // For what the browser draws itself: calendars, clocks, scroll bars, also in what lies over the page.
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === 'default' ? 'light' : 'dark';
  }, [theme]);

  const broken = (
    <NoticePage title={t('broken.title')} hint={t('broken.hint')}>
      <Button appearance="primary" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </NoticePage>
  );
  const waiting = (
    <div className={styles.waiting}>
      <Waiting label={t('loading')} />
    </div>
  );

  function frame({ context }: Host): ReactNode {
    const community = place.community ?? context.groupId;
    switch (place.frame) {
      case 'config':
        return <ConfigPage />;
      case 'remove':
        return <RemovePage community={community} />;
      case 'personal':
        return <PersonalTab packageVersion={place.packageVersion} />;
      default:
        return <Shell community={community} first={readTarget(context.subPageId, place.opensOn ?? firstScreen)} />;
    }
  }

  function page(): ReactNode {
    if (!come) return waiting;
    if (place.frame === 'consent') return <ConsentPage texts={texts} />;
    if (place.frame === 'consent-end') return <ConsentEndPage texts={texts} />;
    switch (joining.state) {
      case 'waiting':
        return waiting;
      case 'slow':
        return <NoticePage title={t('slow.title')} hint={t('slow.hint')} />;
      case 'outside':
        return (
          <NoticePage title={t('outside.title')} hint={t('outside.hint')}>
            <Button as="a" appearance="primary" href={linkInto(joining.config, place)}>
              {t('outside.open')}
            </Button>
          </NoticePage>
        );
      case 'failed':
        return (
          <NoticePage title={t('noStart.title')} hint={t('noStart.hint', { problem: joining.problem })}>
            <Button appearance="primary" onClick={() => location.reload()}>
              {t('reload')}
            </Button>
          </NoticePage>
        );
      case 'joined':
        return (
          <Visit host={joining.host} config={joining.config} texts={texts}>
            {frame(joining.host)}
          </Visit>
        );
    }
  }

  return (
    // The ground is not the provider's own class, because that one also goes to everything Fluent lays over the page.
    <FluentProvider dir={direction} {...(colours ? { theme: colours } : {})}>
      <div className={styles.ground}>
        <ErrorBoundary instead={broken}>
          <Suspense fallback={waiting}>{page()}</Suspense>
        </ErrorBoundary>
      </div>
    </FluentProvider>
  );
}

/** The way from a browser into the personal tab. */
function linkInto({ teams, teamsAppId, appId }: PageConfig, { community, opensOn }: Place): string {
  return writeDeepLink(teams, {
    app: teamsAppId ?? appId,
    entity: tabEntity,
    subPage: community === null ? '' : personalSubPage(community, opensOn ?? firstScreen),
  });
}

function useTeams(wanted: boolean): { readonly joining: Joining; readonly theme: ThemeName } {
  const [joining, setJoining] = useState<Joining>({ state: 'waiting' });
  const [theme, setTheme] = useState<ThemeName>(() =>
    matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'default',
  );

  useEffect(() => {
    if (!wanted) return undefined;
    let gone = false;
    const slow = setTimeout(() => setJoining(now => (now.state === 'waiting' ? { state: 'slow' } : now)), slowAfter);

    async function join(): Promise<void> {
      let config: PageConfig | undefined;
      try {
        config = await loadConfig();
        const host = await joinHost(config.hostOrigins);
        if (gone) return;
        setTheme(host.context.theme);
        host.onThemeChange(setTheme);
        setJoining({ state: 'joined', host, config });
        host.ready();
      } catch (error) {
        if (!gone)
          setJoining(
            error instanceof OutsideTeams && config
              ? { state: 'outside', config }
              : { state: 'failed', problem: error instanceof Error ? error.message : String(error) },
          );
      } finally {
        clearTimeout(slow);
      }
    }

    void join();
    return () => {
      gone = true;
      clearTimeout(slow);
    };
  }, [wanted]);

  return { joining, theme };
}

/** The theme; until it has come the one before, and at the very first none, which Teams' own ground shows through. */
function useTheme(name: ThemeName): Theme | null {
  const [theme, setTheme] = useState<Theme | null>(null);
  useEffect(() => {
    let wanted = true;
    loadTheme(name).then(
      loaded => {
        if (wanted) setTheme(loaded);
      },
      // Without it everything is there, in the colours that the browser gives it.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [name]);
  return theme;
}

/** The sentences for a locale: English ones until its language has come, and where it does not come. */
function useTexts(locale: string): { readonly texts: Texts; readonly come: boolean } {
  const language = languageOf(locale);
  const [looked, setLooked] = useState<Readonly<Record<string, Translation | null>>>({});
  useEffect(() => {
    if (language === undefined) return undefined;
    let wanted = true;
    void loadLanguage(language).then(translation => {
      if (wanted) setLooked(before => ({ ...before, [language]: translation }));
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  const translation = language === undefined ? null : looked[language];
  const texts = useOnce(
    () => createTexts(locale, language !== undefined && translation ? { [language]: translation } : {}),
    `${locale} ${Boolean(translation)}`,
  );
  return { texts, come: translation !== undefined };
}

/** One value per key, made when the key is first seen. */
function useOnce<Value>(make: () => Value, key: string): Value {
  const [kept, setKept] = useState(() => ({ key, value: make() }));
  if (kept.key === key) return kept.value;
  const next = { key, value: make() };
  setKept(next);
  return next.value;
}
