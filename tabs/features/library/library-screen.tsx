import { Suspense, useState } from 'react';
import {
  Button,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Text,
  Title2,
  ToggleButton,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, SearchRegular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { libraryApi } from '../../../domain/library/api.ts';
import { found } from '../../../domain/library/resource.ts';
import { wordsOf } from '../../../domain/topics.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { later, usePrepared } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { ResourceLine } from './resource-line.tsx';
import { starters } from './starters.ts';
import { useLibraryText } from './text.ts';
import { useShowResource } from './use-library.ts';

const ResourcePanel = later(() => import('./resource-panel.tsx'));

/** How many are shown at first: who looks for more searches. */
const fewShown = 30;
const mostTopics = 12;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, maxWidth: '48rem' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, flex: '1 1 16rem' },
  quiet: { color: tokens.colorNeutralForeground2 },
  topics: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
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
export const read = (reader: Reader) => readingOf(reader, keys.library, libraryApi.library);

/** What the community found worth finding again: searched by its words, what is opened most first. */
export default function LibraryScreen({ asked }: { readonly asked: { readonly item: string } | null }) {
  const session = useSession();
  const { announce } = session;
  const community = useCommunity();
  const t = useLibraryText();
  const styles = useStyles();
  const [words, setWords] = useState('');
  const [topic, setTopic] = useState<string | null>(null);
  const [showsAll, setShowsAll] = useState(false);
  /** The id of what is edited, or `new`. */
  const [openId, setOpenId] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const library = useQuery(read(session));
  usePrepared(library.isSuccess, ResourcePanel);

  const title = (
    <Title2 as="h1" id="library-title" tabIndex={-1}>
      {t('title')}
    </Title2>
  );
  if (!library.data) return <Loading title={title} query={library} label={t('loading')} blocks={4} />;
  const { resources, topics } = library.data;
  const about = resources.filter(
    resource => topic === null || resource.topics.some(one => wordsOf(one) === wordsOf(topic)),
  );
  const matching = words.trim() === '' ? about : found(about, words);
  // What a card led to stands first.
  const inOrder = asked === null ? matching : matching.toSorted((one, other) => first(other) - first(one));
  const shown = showsAll || words.trim() !== '' ? inOrder : inOrder.slice(0, fewShown);
  const more = inOrder.length - shown.length;
  const current = resources.find(({ id }) => id === openId) ?? null;

  function first({ id }: { readonly id: string }): number {
    return Number(id === asked?.item);
  }

  function close(sentence: string | null): void {
    setTimeout(() =>
      (document.getElementById(`resource-${openId}`) ?? document.getElementById('library-title'))?.focus(),
    );
    setOpenId(null);
    setSaid(sentence);
    if (sentence !== null) announce(sentence);
  }

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.words}>
          {title}
          <Text className={styles.quiet}>{t('intro', { community: community.name })}</Text>
        </div>
        <Button appearance="primary" icon={<AddRegular />} onClick={() => setOpenId('new')}>
          {t('new.open')}
        </Button>
      </header>
      <Outdated query={library} />
      {said !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      {resources.length > 0 && (
        <Input
          type="search"
          dir="auto"
          aria-label={t('search')}
          placeholder={t('search')}
          contentBefore={<SearchRegular />}
          value={words}
          onChange={(_, { value }) => setWords(value)}
        />
      )}
      {topics.length > 1 && (
        <div role="group" aria-label={t('topics')} className={styles.topics}>
          {topics.slice(0, mostTopics).map(one => (
            <ToggleButton
              key={one.topic}
              size="small"
              shape="circular"
              checked={topic === one.topic}
              onClick={() => setTopic(topic === one.topic ? null : one.topic)}
            >
              {one.topic}
            </ToggleButton>
          ))}
        </div>
      )}
      {resources.length === 0 && <Empty mayFill={library.data.mayEdit} />}
      {resources.length > 0 && matching.length === 0 && <Text>{t('none')}</Text>}
      <ul className={styles.list}>
        {shown.map(resource => (
          <li key={resource.id}>
            <ResourceLine resource={resource} edit={() => setOpenId(resource.id)} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button className={styles.start} onClick={() => setShowsAll(true)}>
          {t('more', { count: more })}
        </Button>
      )}
      {(openId === 'new' || current) && (
        <Suspense fallback={null}>
          <ResourcePanel key={openId} resource={current} close={close} />
        </Suspense>
      )}
    </div>
  );
}

/** An empty library says how to begin; who looks after it can begin with what is read everywhere. */
function Empty({ mayFill }: { readonly mayFill: boolean }) {
  const { announce } = useSession();
  const t = useLibraryText();
  const call = useCall();
  const show = useShowResource();
  const filling = useMutation({
    async mutationFn() {
      for (const { id, url } of starters) {
        const { resource } = await call(libraryApi.addResource, {
          body: { title: t(`starter.${id}.title`), url, when: t(`starter.${id}.when`), topics: [t('starter.topic')] },
        });
        await show(resource.id, resource);
      }
    },
    onSuccess: () => announce(t('starter.done', { count: starters.length })),
  });
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('empty.title')}</MessageBarTitle>
        <div>{t('empty.hint')}</div>
        {filling.isError && <FailureNotice error={filling.error} again={() => filling.mutate()} />}
      </MessageBarBody>
      {mayFill && (
        <MessageBarActions>
          <Button disabledFocusable={filling.isPending} onClick={() => !filling.isPending && filling.mutate()}>
            {t('starter.go', { count: starters.length })}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
