import { useState } from 'react';
import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  Select,
  Spinner,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { api, type AuditView } from '../../../domain/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { keys } from '../../lib/queries.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { AuditTable } from './audit-table.tsx';
import { useAuditText } from './text.ts';

/** What the list is narrowed to; an empty string is all. */
interface Chosen {
  readonly outcome: string;
  readonly person: string;
}
const everything: Chosen = { outcome: '', person: '' };

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, maxWidth: '48rem' },
  quiet: { color: tokens.colorNeutralForeground2 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalM,
    flex: '1 1 20rem',
    minWidth: 0,
  },
  field: { flex: '1 1 8rem', minWidth: 0, maxWidth: '16rem' },
  // Its longest choice must not make it wider than its field.
  select: { minWidth: 0, width: '100%', '& select': { minWidth: 0, width: '100%', textOverflow: 'ellipsis' } },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
});

/** Who did what that matters to others: for coordinators of theirs, for administrators of all. */
export default function AuditScreen() {
  const t = useAuditText();
  const community = useCommunity();
  const mayRead = community.may['audit.read'] === true;
  const [ofAll, setOfAll] = useState(!mayRead);
  const styles = useStyles();

  if (!mayRead && !community.administrator) {
    return (
      <div className={styles.page}>
        <Title2 as="h1">{t('title')}</Title2>
        <Notice title={t('closed.title')} hint={t('closed.hint')} />
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
      <Trail key={String(ofAll)} ofAll={ofAll} />
    </div>
  );
}

function Trail({ ofAll }: { readonly ofAll: boolean }) {
  const { communityId, announce } = useSession();
  const call = useCall();
  const t = useAuditText();
  const styles = useStyles();
  const mayExport = !useCommunity().off.includes('exports');
  const [chosen, setChosen] = useState(everything);
  const trail = useInfiniteQuery({
    queryKey: keys.audit(ofAll ? null : communityId, chosen),
    queryFn: ({ signal, pageParam }) =>
      call(ofAll ? api.auditOfAll : api.audit, { signal, params: { ...chosen, before: pageParam } }),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
    // What was there stays while the next answer is on its way.
    placeholderData: keepPreviousData,
  });
  const download = useMutation({
    mutationFn: () => call(ofAll ? api.exportAuditOfAll : api.exportAudit, { params: { ...chosen } }),
    onSuccess(file) {
      saveFile(file);
      announce(t('downloaded', { name: file.name }));
    },
  });

  if (trail.isPending) return <Waiting label={t('loading')} blocks={4} />;
  const [first] = trail.data?.pages ?? [];
  if (!trail.data || !first) return <FailureNotice error={trail.error} again={() => void trail.refetch()} />;
  const entries = trail.data.pages.flatMap(page => page.entries);

  return (
    <>
      {trail.isError && <FailureNotice error={trail.error} again={() => void trail.refetch()} />}
      <div className={styles.head}>
        <Filters outcomes={first.outcomes} chosen={chosen} withPeople={!ofAll} choose={setChosen} />
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
      {download.isError && <FailureNotice error={download.error} again={() => download.mutate()} />}
      {entries.length === 0 ? (
        <Notice title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <>
          <AuditTable
            entries={entries}
            outcomes={new Map(first.outcomes.map(({ id, words }) => [id, words]))}
            ofAll={ofAll}
          />
          <div className={styles.foot}>
            <Text size={200} className={styles.quiet}>
              {t('shown', { count: entries.length })} {t('zones')}
            </Text>
            {trail.hasNextPage && (
              <Button
                disabledFocusable={trail.isFetchingNextPage}
                onClick={() => {
                  if (!trail.isFetchingNextPage) void trail.fetchNextPage();
                }}
              >
                {t(trail.isFetchingNextPage ? 'moreLoading' : 'more')}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

function Filters({
  outcomes,
  chosen,
  withPeople,
  choose,
}: {
  readonly outcomes: AuditView['outcomes'];
  readonly chosen: Chosen;
  readonly withPeople: boolean;
  readonly choose: (chosen: Chosen) => void;
}) {
  const { communityId } = useSession();
  const call = useCall();
  const t = useAuditText();
  const styles = useStyles();
  const members = useQuery({
    queryKey: keys.members(communityId),
    queryFn: ({ signal }) => call(api.members, { signal }),
    enabled: withPeople,
  });
  const people = members.data?.members.map(({ id, name }) => ({ id, words: name })) ?? [];
  const questions = [
    { name: 'outcome', options: outcomes },
    ...(withPeople ? [{ name: 'person', options: people } as const] : []),
  ] as const;

  return (
    <div role="group" aria-label={t('filter.label')} className={styles.bar}>
      {questions.map(({ name, options }) => (
        <Field key={name} className={styles.field} label={t(`filter.${name}`)}>
          <Select
            className={styles.select}
            value={chosen[name]}
            onChange={(_, { value }) => choose({ ...chosen, [name]: value })}
          >
            <option value="">{t('filter.any')}</option>
            {options.map(({ id, words }) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      {Object.values(chosen).some(value => value !== '') && (
        <Button appearance="subtle" onClick={() => choose(everything)}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
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
