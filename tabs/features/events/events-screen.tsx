import { Suspense, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Subtitle1,
  Subtitle2,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { eventsApi, type EventLine } from '../../../domain/events/api.ts';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { later, usePrepared } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { AnswerButtons } from './answer-buttons.tsx';
import { EventLineItem } from './event-line.tsx';
import { Rhythms } from './rhythms.tsx';
import { useEventsText } from './text.ts';
import { monthOf, showWhen } from './when.ts';

const EventPanel = later(() => import('./event-panel.tsx'));
const NewEvent = later(() => import('./new-event.tsx'));

/** How many of those that are over are shown at first. */
const fewPast = 5;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXL, maxWidth: '48rem' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, flex: '1 1 16rem' },
  quiet: { color: tokens.colorNeutralForeground2 },
  group: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, alignItems: 'stretch' },
  next: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  title: { overflowWrap: 'anywhere' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  start: { alignSelf: 'flex-start' },
});

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.events, eventsApi.events);

/** The meetings of the community: the next one on top, with whether I come. */
export default function EventsScreen({ asked }: { readonly asked: { readonly item: string } | null }) {
  const session = useSession();
  const { announce, texts } = session;
  const community = useCommunity();
  const t = useEventsText();
  const styles = useStyles();
  const [openId, setOpenId] = useState(asked?.item ?? null);
  const [opened, setOpened] = useState(asked);
  // Somebody pressed another one on a card while this page is shown.
  if (asked !== opened) {
    setOpened(asked);
    setOpenId(asked?.item ?? null);
  }
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [showsAll, setShowsAll] = useState(false);
  const [now] = useState(() => Date.now());
  const events = useQuery(read(session));
  usePrepared(events.isSuccess, EventPanel, NewEvent);

  const title = (
    <Title2 as="h1" id="events-title" tabIndex={-1}>
      {t('title')}
    </Title2>
  );
  if (!events.data) return <Loading title={title} query={events} label={t('loading')} blocks={4} />;
  const all = events.data.events;
  const isOver = (event: EventLine): boolean => Date.parse(event.endsAt) <= now;
  const coming = all.filter(event => !isOver(event));
  const past = all.filter(isOver).toReversed();
  const next = coming.find(({ state }) => state === 'announced');
  const months = Map.groupBy(
    coming.filter(event => event !== next),
    event => monthOf(event, texts.locale),
  );

  function close(sentence: string | null): void {
    // The panel is gone: the focus goes to its event, or to the title when it is nowhere.
    setTimeout(() => (document.getElementById(`event-${openId}`) ?? document.getElementById('events-title'))?.focus());
    setOpenId(null);
    setSaid(sentence);
    if (sentence !== null) announce(sentence);
  }

  const listed = (group: readonly EventLine[]) => (
    <ul className={styles.list}>
      {group.map(event => (
        <li key={event.id}>
          <EventLineItem event={event} open={() => setOpenId(event.id)} />
        </li>
      ))}
    </ul>
  );

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.words}>
          {title}
          <Text className={styles.quiet}>{t('intro', { community: community.name })}</Text>
        </div>
        <Button appearance="primary" icon={<AddRegular />} onClick={() => setAdding(true)}>
          {t('new.open')}
        </Button>
      </header>
      <Outdated query={events} />
      {said !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      {next ? (
        <section className={styles.next} aria-labelledby="next-event">
          <Text size={200} className={styles.quiet}>
            {t('next')}
          </Text>
          <Subtitle1 as="h2" id="next-event" className={styles.title} dir="auto">
            {next.title}
          </Subtitle1>
          <Text>{showWhen(next, texts.locale)}</Text>
          <Text className={styles.quiet}>
            {[
              next.place === '' ? t(`mode.${next.mode}`) : next.place,
              ...(next.counts ? [t('coming', { count: next.counts.coming })] : []),
            ].join(' · ')}
          </Text>
          {next.mine?.before === true && <Text>{t('mine.before')}</Text>}
          {next.takesAnswers && <AnswerButtons event={next} />}
          <Button id={`event-${next.id}`} className={styles.start} onClick={() => setOpenId(next.id)}>
            {t('open')}
          </Button>
        </section>
      ) : (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('empty.title')}</MessageBarTitle>
            <div>{t('empty.hint')}</div>
          </MessageBarBody>
        </MessageBar>
      )}
      {[...months].map(([month, group]) => (
        <section key={month} className={styles.group} aria-label={month}>
          <Subtitle2 as="h2">{month}</Subtitle2>
          {listed(group)}
        </section>
      ))}
      <Rhythms view={events.data} />
      {past.length > 0 && (
        <section className={styles.group} aria-labelledby="past-events">
          <Subtitle2 as="h2" id="past-events">
            {t('past')}
          </Subtitle2>
          {listed(showsAll ? past : past.slice(0, fewPast))}
          {!showsAll && past.length > fewPast && (
            <Button className={styles.start} onClick={() => setShowsAll(true)}>
              {t('morePast', { count: past.length - fewPast })}
            </Button>
          )}
        </section>
      )}
      {openId !== null && (
        <Suspense fallback={null}>
          <EventPanel key={openId} id={openId} close={close} />
        </Suspense>
      )}
      {adding && (
        <Suspense fallback={null}>
          <NewEvent
            today={events.data.today}
            close={made => {
              setAdding(false);
              if (made) {
                setSaid(t('new.made', { title: made.title }));
                announce(t('new.made', { title: made.title }));
                setOpenId(made.id);
              }
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
