import { Suspense, useEffect } from 'react';
import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Subtitle1,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { digestApi } from '../../../domain/digest/api.ts';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { later } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { SentPanel } from './sent-panel.tsx';
import { useDigestText } from './text.ts';

// Members read; what is needed to write comes for those who write, at the same time as what is written.
const Drafts = later(() => import('./drafts.tsx'));

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXL },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  group: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    maxWidth: '48rem',
  },
});

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.digest, digestApi.digest);

/** What goes out next, for those who write it, and what has gone out. */
export default function DigestScreen({ go }: { readonly go: (screen: ScreenName) => void }) {
  const t = useDigestText();
  const styles = useStyles();
  const community = useCommunity();
  const digests = useQuery(read(useSession()));
  const writes = community.may['digest.edit'] === true;
  useEffect(() => {
    if (writes) Drafts.prepare();
  }, [writes]);

  const title = <Title2 as="h1">{t('title')}</Title2>;
  if (!digests.data) return <Loading title={title} query={digests} label={t('loading')} blocks={3} />;
  const { today, drafts, sent } = digests.data;
  const outside = drafts.flatMap(draft => draft.outside);

  return (
    <div className={styles.page}>
      <header className={styles.words}>
        {title}
        <Text className={styles.quiet}>{t('intro', { community: community.name })}</Text>
      </header>
      <Outdated query={digests} />
      {drafts.length > 0 && (
        <Suspense fallback={<Waiting label={t('loading')} blocks={3} />}>
          <Drafts drafts={drafts} today={today} go={go} />
        </Suspense>
      )}
      {sent.length === 0 ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('empty.title')}</MessageBarTitle>
            <div>{t(drafts.length > 0 ? 'empty.write' : 'empty.read')}</div>
          </MessageBarBody>
        </MessageBar>
      ) : (
        <section className={styles.group} aria-labelledby="digest-sent">
          <Subtitle1 as="h2" id="digest-sent">
            {t('sent.title')}
          </Subtitle1>
          <ul className={styles.list}>
            {sent.map(digest => (
              <li key={`${digest.audience}/${digest.period.key}`}>
                <SentPanel digest={digest} outside={outside} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
