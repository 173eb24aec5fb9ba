import { useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { keepPreviousData, useInfiniteQuery, useMutation, type QueryKey } from '@tanstack/react-query';
import type { Choice, Endpoint, FileAnswer } from '../../domain/endpoint.ts';
import type { Permission } from '../../domain/permissions.ts';
import { useHandOver } from '../lib/hand-over.ts';
import { useVisit } from '../lib/session.tsx';
import type { Translate } from '../lib/text.ts';
import { BusySign } from './busy-sign.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { Loading } from './loading.tsx';
import { Outdated } from './outdated.tsx';
import { LogFilters, type Chosen, type LogQuestions } from './log-filters.tsx';
import { LogTable, type LogColumn, type LogEntry } from './log-table.tsx';
import { useLogText } from './log-text.ts';

export interface LogView {
  readonly entries: readonly LogEntry[];
  readonly next: string | null;
  readonly people: readonly Choice[];
}

/** A log as people see it: its lines, what they can be narrowed to, older ones, and a file. */
export interface ShownLog<View extends LogView> {
  /** Its own sentences: `title`, `intro`, `introOfAll`, `loading`, `shown`, `none` (fits), `empty` and `closed`. */
  readonly t: Translate;
  /** Those who may read that of their community; administrators read that of all. */
  readonly permission: Permission;
  readonly endpoints: {
    readonly page: Endpoint<unknown, View>;
    readonly pageOfAll: Endpoint<unknown, View>;
    readonly file: Endpoint<unknown, FileAnswer>;
    readonly fileOfAll: Endpoint<unknown, FileAnswer>;
  };
  readonly queryKey: (community: string | null, chosen: Chosen) => QueryKey;
  /** How often it is read anew while somebody looks, in milliseconds. */
  readonly refetchInterval: number | false;
  readonly questions: LogQuestions<View>;
  readonly momentOf: (entry: View['entries'][number]) => string;
  /** After the moment and, for administrators, the community. */
  readonly columns: (view: View) => readonly LogColumn<View['entries'][number]>[];
}

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  ends: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
});

const nothing: Chosen = {};

/** The lines of a log: of one community, or of all. */
export function LogLines<View extends LogView>({
  log: { t, endpoints, queryKey, refetchInterval, questions, momentOf, columns },
  community,
  fixed = nothing,
  mayExport,
}: {
  readonly log: ShownLog<View>;
  /** Null for all of them. */
  readonly community: string | null;
  /** What is asked for beside what can be chosen. */
  readonly fixed?: Chosen;
  readonly mayExport: boolean;
}) {
  const { client, texts, announce } = useVisit();
  const handOver = useHandOver();
  const words = useLogText();
  const styles = useStyles();
  const ofAll = community === null;
  const [chosen, setChosen] = useState<Chosen>({});
  const lines = useInfiniteQuery({
    queryKey: queryKey(community, { ...fixed, ...chosen }),
    queryFn: ({ signal, pageParam }) =>
      client(ofAll ? endpoints.pageOfAll : endpoints.page, {
        signal,
        params: { ...(ofAll ? {} : { community }), ...fixed, ...chosen, before: pageParam },
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
    // What was there stays while the next answer is on its way.
    placeholderData: keepPreviousData,
    refetchInterval,
  });
  const download = useMutation({
    mutationFn: () => handOver(ofAll ? endpoints.fileOfAll : endpoints.file, { ...fixed, ...chosen }),
    onSuccess(file) {
      announce(words('downloaded', { name: file.name }));
    },
  });

  const pages = lines.data?.pages ?? [];
  const [first] = pages;
  if (!first) return <Loading query={lines} label={t('loading')} blocks={4} />;
  const entries = pages.flatMap((page): readonly View['entries'][number][] => page.entries);
  // While the answer to "show all" is on its way, nobody knows yet.
  const nothingAtAll = entries.length === 0 && Object.keys(chosen).length === 0 && !lines.isPlaceholderData;
  const zones = new Set(entries.map(({ community }) => community?.timeZone ?? 'UTC'));
  const [zone] = zones;

  return (
    <>
      <Outdated query={lines} />
      {nothingAtAll ? (
        <LogNotice title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <div className={styles.ends}>
          <LogFilters view={first} questions={questions} chosen={chosen} choose={setChosen} t={t} />
          {mayExport && (
            <Button
              icon={download.isPending ? <BusySign /> : <ArrowDownloadRegular />}
              disabledFocusable={download.isPending}
              onClick={() => {
                if (!download.isPending) download.mutate();
              }}
            >
              {words(download.isPending ? 'preparing' : 'download')}
            </Button>
          )}
        </div>
      )}
      {download.isError && <FailureNotice error={download.error} again={() => download.mutate()} />}
      {entries.length === 0 && !nothingAtAll && <LogNotice title={t('none')} hint={words('filter.hint')} />}
      {entries.length > 0 && (
        <>
          <LogTable label={t('title')} entries={entries} momentOf={momentOf} columns={columns(first)} ofAll={ofAll} />
          <div className={styles.ends}>
            <Text size={200} className={styles.quiet}>
              {t('shown', { count: entries.length })}{' '}
              {zones.size === 1 && zone !== undefined
                ? words('zone', { zone: zoneName(zone, texts.locale) })
                : words('zones')}
            </Text>
            {lines.hasNextPage && (
              <Button
                disabledFocusable={lines.isFetchingNextPage}
                onClick={() => {
                  if (!lines.isFetchingNextPage) void lines.fetchNextPage();
                }}
              >
                {words(lines.isFetchingNextPage ? 'moreLoading' : 'more')}
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
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

export function LogNotice({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        <div>{hint}</div>
      </MessageBarBody>
    </MessageBar>
  );
}
