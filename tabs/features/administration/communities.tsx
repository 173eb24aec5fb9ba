import { useEffect, useState } from 'react';
import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Select,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { communityStates, longestSearch, type CommunityState } from '../../../domain/administration/administration.ts';
import { administrationApi, type CommunityReport } from '../../../domain/administration/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { keys } from '../../lib/queries.ts';
import { useVisit } from '../../lib/session.tsx';
import { CommunityCard } from './community-card.tsx';
import { useAdministrationText } from './text.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, maxWidth: '48rem' },
  quiet: { color: tokens.colorNeutralForeground2 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  field: { flex: '1 1 10rem', minWidth: 0, maxWidth: '20rem' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  more: { alignSelf: 'flex-start' },
});

/** What the communities are narrowed to. */
export interface CommunitiesAsked {
  readonly state: CommunityState | '';
  readonly name: string;
}

/** How long somebody may pause while typing a name, in milliseconds. */
const pause = 400;

/** Every community, those that need somebody first. */
export function AdministrationCommunities({
  asked,
  ask,
  showMessages,
}: {
  readonly asked: CommunitiesAsked;
  readonly ask: (asked: CommunitiesAsked) => void;
  readonly showMessages: (community: Pick<CommunityReport, 'id' | 'name'>) => void;
}) {
  const { client } = useVisit();
  const t = useAdministrationText();
  const styles = useStyles();
  const [typed, setTyped] = useState(asked.name);
  useEffect(() => {
    if (typed === asked.name) return;
    const timer = setTimeout(() => ask({ ...asked, name: typed }), pause);
    return () => clearTimeout(timer);
  }, [typed, asked, ask]);
  const pages = useInfiniteQuery({
    queryKey: keys.communityReports(asked),
    queryFn: ({ signal, pageParam }) =>
      client(administrationApi.communityReports, { signal, params: { ...asked, after: pageParam } }),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const entries = pages.data?.pages.flatMap(page => page.entries) ?? [];

  return (
    <div className={styles.page}>
      <div className={styles.words}>
        <Title2 as="h1">{t('list.title')}</Title2>
        <Text className={styles.quiet}>{t('list.intro')}</Text>
      </div>
      <div role="group" aria-label={t('list.filter')} className={styles.filters}>
        <Field className={styles.field} label={t('list.state')}>
          <Select
            value={asked.state}
            onChange={(_, { value }) => ask({ ...asked, state: communityStates.find(state => state === value) ?? '' })}
          >
            <option value="">{t('list.any')}</option>
            {communityStates.map(state => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field className={styles.field} label={t('list.name')}>
          <Input type="search" value={typed} maxLength={longestSearch} onChange={(_, { value }) => setTyped(value)} />
        </Field>
      </div>
      {!pages.data && <Loading query={pages} label={t('list.loading')} blocks={3} />}
      {pages.data && pages.isError && <FailureNotice error={pages.error} again={() => void pages.refetch()} />}
      {pages.data && entries.length === 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('list.none')}</MessageBarTitle>
            <div>{t('list.noneHint')}</div>
          </MessageBarBody>
        </MessageBar>
      )}
      <ul className={styles.list}>
        {entries.map(entry => (
          <li key={entry.id}>
            <CommunityCard entry={entry} asked={asked} showMessages={() => showMessages(entry)} />
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          className={styles.more}
          disabledFocusable={pages.isFetchingNextPage}
          onClick={() => {
            if (!pages.isFetchingNextPage) void pages.fetchNextPage();
          }}
        >
          {t(pages.isFetchingNextPage ? 'list.moreLoading' : 'list.more')}
        </Button>
      )}
    </div>
  );
}
