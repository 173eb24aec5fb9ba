import { Suspense, lazy } from 'react';
import { Text, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { overviewApi, type OverviewView } from '../../../domain/overview/api.ts';
import { Outdated } from '../../components/outdated.tsx';
import { Markdown } from '../../components/markdown.tsx';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { Loading } from '../../components/loading.tsx';
import { freshFor, keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { Panel } from './panel.tsx';
import { MinePanel } from './mine-panel.tsx';
import { ComingPanel, DigestPanel, PlanPanel, SurveyPanel } from './panels.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { useOverviewText } from './text.ts';
import { WaitingPanel } from './waiting-panel.tsx';

// Only those who begin a community need it.
const StartPanel = lazy(() => import('./start-panel.tsx'));

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  head: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  purpose: { maxWidth: '48rem' },
  // Columns, and no grid: beside a long panel no hole is left.
  columns: {
    columnGap: tokens.spacingHorizontalL,
    '@media (min-width: 44rem)': { columnCount: 2 },
    '& > *': { breakInside: 'avoid', marginBottom: tokens.spacingHorizontalL },
  },
});

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => ({
  ...readingOf(reader, keys.overview, overviewApi.overview),
  staleTime: freshFor(60_000),
});

/** Where one comes in: what is one's own and what waits first, then the community. */
export default function OverviewScreen({ go }: { readonly go: (screen: ScreenName, item?: string) => void }) {
  const t = useOverviewText();
  const styles = useStyles();
  const community = useCommunity();
  const overview = useQuery({ ...read(useSession()), refetchInterval: 300_000 });

  const title = <Title2 as="h1">{community.name}</Title2>;
  if (!overview.data) return <Loading title={title} query={overview} label={t('loading')} blocks={4} />;
  const {
    people: { members, newcomers },
    waiting,
    start,
  } = overview.data;
  const coordinates = community.may['roles.manage'];
  const asks = overview.data.survey?.phase === 'open' && !overview.data.survey.answered;

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {title}
        <Text className={styles.quiet}>
          {[t('members', { count: members }), ...(newcomers > 0 ? [t('newcomers', { count: newcomers })] : [])].join(
            ' · ',
          )}
        </Text>
        <Outdated query={overview} />
      </header>
      {start && (
        <Suspense fallback={null}>
          <StartPanel steps={start} go={go} />
        </Suspense>
      )}
      <div className={styles.columns}>
        <MinePanel view={overview.data} go={go} />
        {coordinates && <WaitingPanel waiting={waiting} go={go} />}
        <Purpose view={overview.data} mayWrite={community.may['charter.edit']} go={() => go('charter')} />
        <ComingPanel view={overview.data} go={go} />
        <PeoplePanel view={overview.data} go={go} />
        <PlanPanel view={overview.data} go={() => go('plan')} />
        {!asks && <SurveyPanel view={overview.data} go={() => go('surveys')} />}
        <DigestPanel view={overview.data} go={() => go('digest')} />
      </div>
    </div>
  );
}

/** The first paragraph: the charter has the rest. */
function firstLines(text: string): string {
  return text.trim().split(/\n\s*\n/)[0] ?? '';
}

function Purpose({
  view: { purpose },
  mayWrite,
  go,
}: {
  readonly view: OverviewView;
  readonly mayWrite: boolean;
  readonly go: () => void;
}) {
  const t = useOverviewText();
  const styles = useStyles();
  if (!purpose)
    return (
      <Panel title={t('purpose.title')} more={t(mayWrite ? 'purpose.write' : 'purpose.look')} go={go} call={mayWrite}>
        <Text className={styles.quiet}>{t('purpose.none')}</Text>
      </Panel>
    );
  return (
    <Panel title={t('purpose.title')} more={t('purpose.more')} go={go}>
      <div className={styles.purpose} dir="auto">
        <Markdown text={firstLines(purpose.text)} />
      </div>
    </Panel>
  );
}
