import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { Body1, Button, MessageBar, MessageBarBody, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { tabApi, type MyCommunitiesView } from '../domain/tab/api.ts';
import { administrationPlace, readPersonalSubPage } from '../domain/deep-links.ts';
import { Loading } from './components/loading.tsx';
import { NoticePage } from './components/notice-page.tsx';
import { Waiting } from './components/waiting.tsx';
import { readAdministrationPart, readTarget, type AdministrationPart, type Target } from './lib/place.ts';
import { keys } from './lib/queries.ts';
import { reading } from './lib/reading.ts';
import { useVisit } from './lib/session.tsx';
import { useShellText } from './lib/shell-text.ts';
import { Shell } from './shell.tsx';

// Of everybody who opens this tab, few look after the app.
const Administration = lazy(async () => ({ default: (await import('./administration.tsx')).Administration }));

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    maxWidth: '48rem',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXXL}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  one: {
    width: '100%',
    minHeight: '64px',
    justifyContent: 'space-between',
    textAlign: 'start',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  state: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

interface Shown {
  readonly community: string;
  readonly target: Target;
  /** There may be others to go back to. */
  readonly isOneOfMany: boolean;
}

interface Looking {
  readonly first: AdministrationPart;
  readonly entered: boolean;
}

/**
 * The personal tab: the community that a link asked for, the only one there is, or all of mine to choose from; and the
 * page of those who look after the app.
 */
export function PersonalTab({ packageVersion }: { readonly packageVersion: string | null }) {
  const { host } = useVisit();
  const t = useShellText();
  const { community, subPage } = readPersonalSubPage(host.context.subPageId ?? '');
  const [shown, setShown] = useState<Shown | Looking | 'list' | null>(() => {
    if (community === administrationPlace) return { first: readAdministrationPart(subPage), entered: false };
    return community === '' ? null : { community, target: readTarget(subPage), isOneOfMany: true };
  });
  if (shown !== null && shown !== 'list' && 'first' in shown)
    return (
      <Suspense fallback={<Waiting label={t('loading')} />}>
        <Administration {...shown} packageVersion={packageVersion} back={() => setShown('list')} />
      </Suspense>
    );
  if (shown !== null && shown !== 'list')
    return (
      <Shell
        key={shown.community}
        community={shown.community}
        first={shown.target}
        inPersonalTab
        {...(shown.isOneOfMany ? { back: () => setShown('list') } : {})}
      />
    );
  return (
    <MyCommunities
      opensTheOnlyOne={shown === null}
      open={(id, isOneOfMany) => setShown({ community: id, target: readTarget(undefined), isOneOfMany })}
      administrate={() => setShown({ first: 'overview', entered: true })}
    />
  );
}

function MyCommunities({
  opensTheOnlyOne,
  open,
  administrate,
}: {
  /** Not for somebody who came back to see the list. */
  readonly opensTheOnlyOne: boolean;
  readonly open: (community: string, isOneOfMany: boolean) => void;
  readonly administrate: () => void;
}) {
  const { client } = useVisit();
  const t = useShellText();
  const styles = useStyles();
  const heading = useRef<HTMLSpanElement>(null);
  const mine = useQuery(reading(client, keys.communities(), tabApi.communities));
  const only = opensTheOnlyOne && mine.data && !mine.data.partial ? onlyOne(mine.data) : null;
  useEffect(() => {
    if (only !== null) open(only, false);
  }, [only, open]);
  // Whoever came back by the keyboard goes on from here.
  useEffect(() => {
    if (!opensTheOnlyOne) heading.current?.focus();
  }, [opensTheOnlyOne]);

  if (mine.data && mine.data.communities.length === 0 && !mine.data.administrator)
    return <NoticePage title={t('mine.none.title')} hint={t('mine.none.hint')} />;
  return (
    <main className={styles.page}>
      <Title2 as="h1">
        <span ref={heading} tabIndex={-1}>
          {t('mine.title')}
        </span>
      </Title2>
      {!mine.data || only !== null ? (
        <Loading query={{ ...mine, isPending: mine.isPending || only !== null }} label={t('mine.loading')} blocks={3} />
      ) : (
        <>
          <Body1 className={styles.quiet}>
            {t(mine.data.communities.length > 0 ? 'mine.choose' : 'mine.noneForAdministrator')}
          </Body1>
          {mine.data.partial && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t('mine.partial')}</MessageBarBody>
            </MessageBar>
          )}
          <ul className={styles.list}>
            {mine.data.communities.map(({ id, name, ready }) => (
              <li key={id}>
                <Button
                  className={styles.one}
                  icon={<ChevronRightRegular aria-hidden />}
                  iconPosition="after"
                  onClick={() => open(id, true)}
                >
                  <span className={styles.words}>
                    <span>{name}</span>
                    {!ready && <span className={styles.state}>{t('mine.notSetUp')}</span>}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
          {mine.data.administrator && (
            <Button
              className={styles.one}
              appearance="outline"
              icon={<ChevronRightRegular aria-hidden />}
              iconPosition="after"
              onClick={administrate}
            >
              <span className={styles.words}>
                <span>{t('mine.administration')}</span>
                <span className={styles.state}>{t('mine.administrationHint')}</span>
              </span>
            </Button>
          )}
        </>
      )}
    </main>
  );
}

/** Whoever looks after the app has two ways to go from here. */
function onlyOne({ communities, administrator }: MyCommunitiesView): string | null {
  if (administrator) return null;
  const [first, another] = communities;
  return first && !another ? first.id : null;
}
