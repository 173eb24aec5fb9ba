import { Button, Text, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { communityStates, countedDays, type CommunityState } from '../../../domain/administration/administration.ts';
import { administrationApi, type AdministrationView, type ReasonCount } from '../../../domain/administration/api.ts';
import { auditOutcomes } from '../../../domain/audit/audit.ts';
import { Badge } from '../../components/badge.tsx';
import { Loading } from '../../components/loading.tsx';
import { keys } from '../../lib/queries.ts';
import { useVisit } from '../../lib/session.tsx';
import { Panel } from './panel.tsx';
import { ServerPanel } from './server-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { stateColours } from './state-colours.ts';
import { useAdministrationText } from './text.ts';
import { VersionsPanel } from './versions-panel.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, maxWidth: '48rem' },
  quiet: { color: tokens.colorNeutralForeground2 },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22rem), 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
  },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  state: {
    width: '100%',
    minHeight: '44px',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
    fontWeight: tokens.fontWeightRegular,
  },
  reason: { display: 'flex', flexDirection: 'column' },
  title: { margin: 0 },
  button: { alignSelf: 'flex-start' },
});

export interface Ways {
  readonly showCommunities: (state: CommunityState) => void;
  readonly showMessages: () => void;
  readonly showActs: () => void;
}

/** How the app is in the whole organisation. */
export function AdministrationOverview({ packageVersion, ...ways }: Ways & { readonly packageVersion: string | null }) {
  const { client } = useVisit();
  const t = useAdministrationText();
  const styles = useStyles();
  const figures = useQuery({
    queryKey: keys.administration(),
    queryFn: ({ signal }) => client(administrationApi.administration, { params: {}, signal }),
  });
  return (
    <div className={styles.page}>
      <div className={styles.words}>
        <Title2 as="h1">{t('title')}</Title2>
        <Text className={styles.quiet}>{t('intro')}</Text>
      </div>
      <ServerPanel />
      {figures.data ? (
        <div className={styles.grid}>
          <Communities view={figures.data} show={ways.showCommunities} />
          <Messages view={figures.data} open={ways.showMessages} />
          <Acts view={figures.data} open={ways.showActs} />
          <SettingsPanel view={figures.data} />
          <VersionsPanel view={figures.data} packageVersion={packageVersion} />
        </div>
      ) : (
        <Loading query={figures} label={t('loading')} blocks={4} />
      )}
    </div>
  );
}

interface Shown {
  readonly view: AdministrationView;
}

function Communities({ view, show }: Shown & { readonly show: Ways['showCommunities'] }) {
  const t = useAdministrationText();
  const styles = useStyles();
  const there = communityStates.filter(state => view.communities[state] > 0);
  return (
    <Panel title={t('communities.title')}>
      {there.length === 0 ? (
        <Text>{t('communities.none')}</Text>
      ) : (
        <ul className={styles.list}>
          {there.map(state => (
            <li key={state}>
              <Button className={styles.state} onClick={() => show(state)}>
                <Badge appearance="tint" color={stateColours[state]}>
                  {t(`state.${state}`)}
                </Badge>
                <span>{t('communities.count', { count: view.communities[state] })}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Text size={200} className={styles.quiet}>
        {t('communities.nightly')}
      </Text>
    </Panel>
  );
}

function Messages({ view: { messages }, open }: Shown & { readonly open: () => void }) {
  const t = useAdministrationText();
  const styles = useStyles();
  return (
    <Panel title={t('messages.title')}>
      <Reasons title={t('messages.waiting')} none={t('messages.nothingWaits')} reasons={messages.waiting} />
      <Reasons
        title={t('messages.notDelivered', { days: countedDays })}
        none={t('messages.allDelivered')}
        reasons={messages.notDelivered}
      />
      <Button className={styles.button} onClick={open}>
        {t('messages.open')}
      </Button>
    </Panel>
  );
}

function Reasons({
  title,
  none,
  reasons,
}: {
  readonly title: string;
  readonly none: string;
  readonly reasons: readonly ReasonCount[];
}) {
  const t = useAdministrationText();
  const styles = useStyles();
  return (
    <>
      <Text as="h3" weight="semibold" className={styles.title}>
        {title}
      </Text>
      {reasons.length === 0 ? (
        <Text>{none}</Text>
      ) : (
        <ul className={styles.list}>
          {reasons.map(({ code, said, todo, messages, communities }) => (
            <li key={code} className={styles.reason}>
              <Text weight="semibold">
                {t('messages.within', {
                  messages: t('messages.messages', { count: messages }),
                  count: communities,
                })}
              </Text>
              <Text>{said}</Text>
              <Text size={200} className={styles.quiet}>
                {todo}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Acts({ view: { acts }, open }: Shown & { readonly open: () => void }) {
  const t = useAdministrationText();
  const styles = useStyles();
  return (
    <Panel title={t('acts.title')}>
      <Text>{t('acts.intro', { days: countedDays })}</Text>
      <ul className={styles.list}>
        {auditOutcomes.map(outcome => (
          <li key={outcome}>
            <Text>{t(`acts.${outcome}`, { count: acts[outcome] })}</Text>
          </li>
        ))}
      </ul>
      <Button className={styles.button} onClick={open}>
        {t('acts.open')}
      </Button>
    </Panel>
  );
}
