import { Button, Text, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { overviewApi, type OverviewView } from '../../../domain/overview/api.ts';
import type { Waiting as WaitingKind } from '../../../domain/overview/overview.ts';
import { Outdated } from '../../components/outdated.tsx';
import { Markdown } from '../../components/markdown.tsx';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { Loading } from '../../components/loading.tsx';
import { freshFor, keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { Panel } from './panel.tsx';
import { ComingPanel, DigestPanel, PlanPanel, RolesPanel, SurveyPanel } from './panels.tsx';
import { useOverviewText } from './text.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  head: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  purpose: { maxWidth: '48rem' },
  grid: {
    display: 'grid',
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@media (min-width: 44rem)': { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
  },
  waiting: { listStyleType: 'none', margin: `0 calc(-1 * ${tokens.spacingHorizontalS})`, padding: 0 },
  wait: {
    justifyContent: 'space-between',
    textAlign: 'start',
    width: '100%',
    fontWeight: tokens.fontWeightRegular,
    paddingInline: tokens.spacingHorizontalS,
  },
});

/** Where each thing that waits is dealt with. */
const places: Readonly<Record<WaitingKind['kind'], ScreenName>> = {
  aside: 'settings',
  settingsByHand: 'settings',
  rolesByHand: 'roles',
  unwritten: 'charter',
  sections: 'charter',
  replies: 'digest',
  draft: 'digest',
  refused: 'delivery',
  offers: 'roles',
  review: 'charter',
  overdue: 'plan',
  left: 'plan',
  ownerless: 'plan',
  terms: 'roles',
  vacant: 'roles',
};

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => ({
  ...readingOf(reader, keys.overview, overviewApi.overview),
  staleTime: freshFor(60_000),
});

/** The first screen: what the community is for, what comes, and what waits. */
export default function OverviewScreen({ go }: { readonly go: (screen: ScreenName) => void }) {
  const t = useOverviewText();
  const styles = useStyles();
  const community = useCommunity();
  const overview = useQuery({ ...read(useSession()), refetchInterval: 300_000 });

  const title = <Title2 as="h1">{community.name}</Title2>;
  if (!overview.data) return <Loading title={title} query={overview} label={t('loading')} blocks={4} />;
  const {
    people: { members, newcomers },
    waiting,
  } = overview.data;
  const coordinates = community.may['roles.manage'];
  const survey = <SurveyPanel view={overview.data} go={() => go('surveys')} />;
  const asks = overview.data.survey?.phase === 'open' && !overview.data.survey.answered;

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {title}
        <Text className={styles.quiet}>
          {[t('people', { count: members }), ...(newcomers > 0 ? [t('newcomers', { count: newcomers })] : [])].join(
            ' · ',
          )}
        </Text>
        <Outdated query={overview} />
      </header>
      <Purpose view={overview.data} mayWrite={community.may['charter.edit']} go={() => go('charter')} />
      <div className={styles.grid}>
        {coordinates && (
          <Panel title={t('waiting.title')}>
            {waiting.length === 0 && <Text className={styles.quiet}>{t('waiting.nothing')}</Text>}
            <ul className={styles.waiting}>
              {waiting.map(({ kind, count, names = [] }) => (
                <li key={kind}>
                  <Button
                    className={styles.wait}
                    appearance="subtle"
                    icon={<ChevronRightRegular />}
                    iconPosition="after"
                    onClick={() => go(places[kind])}
                  >
                    {t(`waiting.${kind}`, { count, names: names.join('; ') })}
                  </Button>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        {asks && survey}
        <ComingPanel view={overview.data} />
        <PlanPanel view={overview.data} go={() => go('plan')} />
        <RolesPanel view={overview.data} go={() => go('roles')} />
        {!asks && survey}
        <DigestPanel view={overview.data} go={() => go('digest')} />
      </div>
    </div>
  );
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
      <Panel
        title={t('purpose.title')}
        more={t(mayWrite ? 'purpose.write' : 'purpose.look')}
        go={go}
        call={mayWrite}
        accent
      >
        <Text className={styles.quiet}>{t('purpose.none')}</Text>
      </Panel>
    );
  return (
    <Panel title={t('purpose.title')} more={t('purpose.more')} go={go} accent>
      <div className={styles.purpose} dir="auto">
        <Markdown text={purpose.text} />
      </div>
    </Panel>
  );
}
