import { useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  Spinner,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { api } from '../../../domain/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { keys } from '../../lib/queries.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { everything, FilterBar, type Chosen } from './filter-bar.tsx';
import { MessageTable } from './message-table.tsx';
import { useDeliveryText } from './text.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, maxWidth: '48rem' },
  quiet: { color: tokens.colorNeutralForeground2 },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
});

/** What became of each message: for coordinators of theirs, for administrators of all. */
export default function DeliveryScreen() {
  const t = useDeliveryText();
  const community = useCommunity();
  const mayRead = community.may['delivery.read'] === true;
  const [ofAll, setOfAll] = useState(!mayRead);
  const styles = useStyles();

  if (!mayRead && !community.administrator) {
    return (
      <div className={styles.page}>
        <Title2 as="h1">{t('title')}</Title2>
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('closed.title')}</MessageBarTitle>
            <div>{t('closed.hint')}</div>
          </MessageBarBody>
        </MessageBar>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <div className={styles.words}>
        <Title2 as="h1">{t('title')}</Title2>
        <Text className={styles.quiet}>{ofAll ? t('introOfAll') : t('intro', { community: community.name })}</Text>
      </div>
      {community.administrator && mayRead && (
        <RadioGroup
          layout="horizontal"
          aria-label={t('scope.label')}
          value={ofAll ? 'all' : 'this'}
          onChange={(_, { value }) => setOfAll(value === 'all')}
        >
          <Radio value="this" label={t('scope.this')} />
          <Radio value="all" label={t('scope.all')} />
        </RadioGroup>
      )}
      <Log key={String(ofAll)} ofAll={ofAll} />
    </div>
  );
}

function Log({ ofAll }: { readonly ofAll: boolean }) {
  const { communityId, texts, announce } = useSession();
  const call = useCall();
  const t = useDeliveryText();
  const styles = useStyles();
  const mayExport = !useCommunity().off.includes('exports');
  const [chosen, setChosen] = useState<Chosen>(everything);
  const log = useInfiniteQuery({
    queryKey: keys.delivery(ofAll ? null : communityId, chosen),
    queryFn: ({ signal, pageParam }) =>
      call(ofAll ? api.deliveryOfAll : api.delivery, { signal, params: { ...chosen, before: pageParam } }),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
    // What was there stays while the next answer is on its way.
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const download = useMutation({
    mutationFn: () => call(ofAll ? api.exportDeliveryOfAll : api.exportDelivery, { params: { ...chosen } }),
    onSuccess(file) {
      saveFile(file);
      announce(t('downloaded', { name: file.name }));
    },
  });

  if (log.isPending) return <Waiting label={t('loading')} blocks={4} />;
  const [first] = log.data?.pages ?? [];
  if (!log.data || !first) return <FailureNotice error={log.error} again={() => void log.refetch()} />;
  const entries = log.data.pages.flatMap(page => page.entries);
  const nothingAtAll = entries.length === 0 && first.kinds.length === 0;
  const zones = new Set(entries.map(({ community }) => community.timeZone));
  const [zone] = zones;

  return (
    <>
      {log.isError && <FailureNotice error={log.error} again={() => void log.refetch()} />}
      {nothingAtAll ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('empty.title')}</MessageBarTitle>
            <div>{t('empty.hint')}</div>
          </MessageBarBody>
        </MessageBar>
      ) : (
        <div className={styles.head}>
          <FilterBar choices={first} chosen={chosen} withPeople={!ofAll} choose={setChosen} />
          {mayExport && (
            <Button
              icon={download.isPending ? <Spinner size="tiny" /> : <ArrowDownloadRegular />}
              disabledFocusable={download.isPending}
              onClick={() => {
                if (!download.isPending) download.mutate();
              }}
            >
              {t(download.isPending ? 'preparing' : 'download')}
            </Button>
          )}
        </div>
      )}
      {download.isError && <FailureNotice error={download.error} again={() => download.mutate()} />}
      {entries.length === 0 && !nothingAtAll && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('none.title')}</MessageBarTitle>
            <div>{t('none.hint')}</div>
          </MessageBarBody>
        </MessageBar>
      )}
      {entries.length > 0 && (
        <>
          <MessageTable
            entries={entries}
            states={new Map(first.states.map(({ id, words }) => [id, words]))}
            ofAll={ofAll}
          />
          <div className={styles.foot}>
            <Text size={200} className={styles.quiet}>
              {t('shown', { count: entries.length })}.{' '}
              {zones.size === 1 && zone !== undefined ? t('zone', { zone: zoneName(zone, texts.locale) }) : t('zones')}
            </Text>
            {log.hasNextPage && (
              <Button
                disabledFocusable={log.isFetchingNextPage}
                onClick={() => {
                  if (!log.isFetchingNextPage) void log.fetchNextPage();
                }}
              >
                {t(log.isFetchingNextPage ? 'moreLoading' : 'more')}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

/** "Greenwich Mean Time" for Europe/London; its plain name where the browser knows no better. */
function zoneName(timeZone: string, locale: string): string {
  const part = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts()
    .find(({ type }) => type === 'timeZoneName');
  return part?.value ?? timeZone;
}
