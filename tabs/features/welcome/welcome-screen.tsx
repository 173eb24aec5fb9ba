import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Subtitle2,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { welcomeApi, type WelcomeView } from '../../../domain/welcome/api.ts';
import { Avatar } from '../../components/avatar.tsx';
import { WriteButton } from '../../components/write-button.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { showDay, showMoment } from '../../lib/dates.ts';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { useWelcomeText } from './text.ts';

type Newcomer = WelcomeView['newcomers'][number];

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, maxWidth: '48rem' },
  head: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  people: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  person: { ...panelStyle, rowGap: tokens.spacingVerticalS },
  who: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  name: { margin: 0 },
  names: { display: 'flex', flexDirection: 'column', minWidth: 0, flexGrow: 1 },
  answers: {
    margin: 0,
    overflowWrap: 'anywhere',
    '& dt': { fontWeight: tokens.fontWeightSemibold, marginTop: tokens.spacingVerticalS },
    '& dd': { margin: 0 },
    '& ul': { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
  },
  words: { whiteSpace: 'pre-wrap' },
});

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.newcomers, welcomeApi.newcomers);

/** What newcomers said, for those who look after the community. */
export default function WelcomeScreen() {
  const session = useSession();
  const t = useWelcomeText();
  const styles = useStyles();
  const community = useCommunity();
  const mayRead = community.may['welcome.read'];
  const welcome = useQuery({ ...read(session), enabled: mayRead });

  const title = <Title2 as="h1">{t('title')}</Title2>;
  if (!mayRead)
    return (
      <>
        {title}
        <Notice title={t('notYours.title')} hint={t('notYours.hint')} />
      </>
    );
  if (!welcome.data) return <Loading title={title} query={welcome} label={t('loading')} />;
  const newest = welcome.data.newcomers.toSorted((one, other) => other.joinedOn.localeCompare(one.joinedOn));

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {title}
        <Text className={styles.quiet}>{t('intro', { community: community.name })}</Text>
        <Outdated query={welcome} />
        {newest.length > 0 && <Text>{t('count', { count: newest.length })}</Text>}
      </header>
      {newest.length === 0 ? (
        <Notice title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <ul className={styles.people}>
          {newest.map(newcomer => (
            <li key={`${newcomer.person.id} ${newcomer.joinedOn}`} className={styles.person}>
              <Answers newcomer={newcomer} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Answers({
  newcomer: { person, joinedOn, reasons, inOwnWords, contributions, answeredAt, forCoordinators, done },
}: {
  readonly newcomer: Newcomer;
}) {
  const { texts } = useSession();
  const t = useWelcomeText();
  const styles = useStyles();
  return (
    <>
      <div className={styles.who}>
        <Avatar name={person.name} size={40} />
        <div className={styles.names}>
          <Subtitle2 as="h2" className={styles.name}>
            {person.name}
          </Subtitle2>
          <Text size={200} className={styles.quiet}>
            {[
              t('joined', { day: showDay(joinedOn, texts.locale) }),
              ...done.map(({ deed, on }) => t(`done.${deed}`, { day: showDay(on, texts.locale) })),
            ].join(' · ')}
          </Text>
        </div>
        <WriteButton person={person} />
      </div>
      {answeredAt === null ? (
        <Text className={styles.quiet} italic>
          {t(forCoordinators ? 'forCoordinators' : 'waiting')}
        </Text>
      ) : (
        <>
          <dl className={styles.answers}>
            {reasons.length > 0 && (
              <>
                <dt>{t('reasons')}</dt>
                <dd>
                  <ul>
                    {reasons.map(reason => (
                      <li key={reason}>{reason}</li>
                    ))}
                  </ul>
                </dd>
              </>
            )}
            {inOwnWords.trim() !== '' && (
              <>
                <dt>{t('words')}</dt>
                <dd className={styles.words}>{inOwnWords}</dd>
              </>
            )}
            {contributions.length > 0 && (
              <>
                <dt>{t('offers')}</dt>
                <dd>
                  <ul>
                    {contributions.map(offer => (
                      <li key={offer}>{offer}</li>
                    ))}
                  </ul>
                </dd>
              </>
            )}
          </dl>
          <Text size={200} className={styles.quiet}>
            {t('answered', { when: showMoment(answeredAt, texts.locale) })}
          </Text>
        </>
      )}
    </>
  );
}

function Notice({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        <div>{hint}</div>
      </MessageBarBody>
    </MessageBar>
  );
}
