import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { Button, Text, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { administrationApi } from '../domain/administration/api.ts';
import { NoticePage } from './components/notice-page.tsx';
import { PageStrip } from './components/page-strip.tsx';
import { Waiting } from './components/waiting.tsx';
import type { CommunitiesAsked } from './features/administration/communities.tsx';
import { useAdministrationText } from './features/administration/text.ts';
import { ApiFailure } from './lib/api.ts';
import { useFocusTarget } from './lib/focus.ts';
import { administrationParts, type AdministrationPart } from './lib/place.ts';
import { keys } from './lib/queries.ts';
import { useVisit } from './lib/session.tsx';
import { useShellText } from './lib/shell-text.ts';

const Overview = lazy(async () => ({
  default: (await import('./features/administration/overview.tsx')).AdministrationOverview,
}));
const Communities = lazy(async () => ({
  default: (await import('./features/administration/communities.tsx')).AdministrationCommunities,
}));
const Messages = lazy(async () => ({
  default: (await import('./features/delivery/delivery-screen.tsx')).DeliveryOfAll,
}));
const Acts = lazy(async () => ({ default: (await import('./features/audit/audit-screen.tsx')).AuditOfAll }));

const useStyles = makeStyles({
  strip: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingLeft: tokens.spacingHorizontalS,
    paddingRight: tokens.spacingHorizontalS,
  },
  back: { marginTop: tokens.spacingVerticalXS, paddingLeft: tokens.spacingHorizontalXS },
  page: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    maxWidth: '68rem',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXXL}`,
  },
  words: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Whose messages are shown: those of one community, or of all. */
type Team = { readonly id: string; readonly name: string } | null;

/** The page of those who look after the app in the whole organisation. */
export function Administration({
  first,
  packageVersion,
  entered,
  back,
}: {
  readonly first: AdministrationPart;
  /** Whether somebody came here from another page of the tab. */
  readonly entered: boolean;
  readonly packageVersion: string | null;
  readonly back: () => void;
}) {
  const { client } = useVisit();
  const t = useAdministrationText();
  const shell = useShellText();
  const styles = useStyles();
  const [part, setPart] = useState(first);
  const [asked, setAsked] = useState<CommunitiesAsked>({ state: '', name: '' });
  const [team, setTeam] = useState<Team>(null);
  const { ref: panel, focus } = useFocusTarget();
  const moved = useRef(entered);
  // Whoever came by a button goes on from what it opened.
  useEffect(() => {
    if (moved.current) focus();
    moved.current = false;
  }, [part, team, focus]);
  function go(to: AdministrationPart): void {
    moved.current = true;
    setPart(to);
  }
  const figures = useQuery({
    queryKey: keys.administration(),
    queryFn: ({ signal }) => client(administrationApi.administration, { params: {}, signal }),
  });
  const toCommunities = (
    <Button className={styles.back} size="small" appearance="transparent" icon={<ChevronLeftRegular />} onClick={back}>
      {shell('mine.back')}
    </Button>
  );
  if (figures.error instanceof ApiFailure && figures.error.code === 'not-allowed')
    return (
      <NoticePage title={t('closed.title')} hint={t('closed.hint')}>
        {toCommunities}
      </NoticePage>
    );
  const exports = figures.data?.switches.some(({ name, on }) => name === 'exports' && on) ?? false;

  function screen() {
    switch (part) {
      case 'overview':
        return (
          <Overview
            packageVersion={packageVersion}
            showCommunities={state => {
              setAsked({ state, name: '' });
              go('communities');
            }}
            showMessages={() => {
              setTeam(null);
              go('messages');
            }}
            showActs={() => go('audit')}
          />
        );
      case 'communities':
        return (
          <Communities
            asked={asked}
            ask={setAsked}
            showMessages={({ id, name }) => {
              setTeam({ id, name });
              go('messages');
            }}
          />
        );
      case 'messages':
        return (
          <>
            <div className={styles.words}>
              <Title2 as="h1">{team ? t('messages.of', { name: team.name }) : t('messages.all')}</Title2>
              <Text className={styles.quiet}>{t('messages.intro')}</Text>
              {team && (
                <Button
                  size="small"
                  onClick={() => {
                    setTeam(null);
                    go('messages');
                  }}
                >
                  {t('messages.showAll')}
                </Button>
              )}
            </div>
            <Messages key={team?.id ?? ''} fixed={team ? { team: team.id } : {}} mayExport={exports} />
          </>
        );
      case 'audit':
        return (
          <>
            <div className={styles.words}>
              <Title2 as="h1">{t('acts.all')}</Title2>
              <Text className={styles.quiet}>{t('acts.introOfAll')}</Text>
            </div>
            <Acts mayExport={exports} />
          </>
        );
    }
  }

  return (
    <>
      <header className={styles.strip}>
        {toCommunities}
        <PageStrip
          label={t('parts.label')}
          pages={administrationParts.map(name => ({ name, label: t(`parts.${name}`) }))}
          chosen={part}
          choose={setPart}
        />
      </header>
      <main>
        <div ref={panel} role="region" tabIndex={-1} aria-label={t(`parts.${part}`)} className={styles.page}>
          <Suspense fallback={<Waiting label={shell('loading')} />}>{screen()}</Suspense>
        </div>
      </main>
    </>
  );
}
