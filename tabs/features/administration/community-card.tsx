import { useId } from 'react';
import { Button, Subtitle2, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { countedDays } from '../../../domain/administration/administration.ts';
import {
  administrationApi,
  type AdministrationView,
  type CommunitiesView,
  type CommunityReport,
} from '../../../domain/administration/api.ts';
import { Badge } from '../../components/badge.tsx';
import { BusySign } from '../../components/busy-sign.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { showMoment } from '../../lib/dates.ts';
import { keys } from '../../lib/queries.ts';
import { useVisit } from '../../lib/session.tsx';
import { Findings } from './findings.tsx';
import { stateColours } from './state-colours.ts';
import { useAdministrationText } from './text.ts';

const useStyles = makeStyles({
  card: { ...panelStyle, rowGap: tokens.spacingVerticalS },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
  },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** One community: how it is, what it waits for, and the buttons that look again and lead to its messages. */
export function CommunityCard({
  entry,
  asked,
  showMessages,
}: {
  readonly entry: CommunityReport;
  /** What the list is narrowed to. */
  readonly asked: object;
  readonly showMessages: () => void;
}) {
  const { client, texts, announce } = useVisit();
  const queries = useQueryClient();
  const t = useAdministrationText();
  const styles = useStyles();
  const titleId = useId();
  const { id, name, state, lookedAt, found, messages, aside } = entry;
  const check = useMutation({
    mutationFn: () => client(administrationApi.checkCommunity, { params: { id } }),
    onSuccess(answer) {
      // It stays where it is read, also when it belongs elsewhere now.
      queries.setQueryData<InfiniteData<CommunitiesView>>(keys.communityReports(asked), data =>
        withEntry(data, answer),
      );
      void queries.invalidateQueries({ queryKey: keys.administration() });
      announce(t('list.checked', { name, state: t(`state.${answer.state}`) }));
    },
  });
  const facts = [
    ...(messages.waiting > 0 ? [t('list.waiting', { count: messages.waiting })] : []),
    ...(messages.refused > 0 ? [t('list.refused', { count: messages.refused, days: countedDays })] : []),
    ...(aside > 0 ? [t('list.aside', { count: aside })] : []),
  ];

  return (
    <article className={styles.card} aria-labelledby={titleId}>
      <div className={styles.line}>
        <Subtitle2 as="h2" id={titleId} className={styles.title}>
          {name}
        </Subtitle2>
        <Badge appearance="tint" color={stateColours[state]}>
          {t(`state.${state}`)}
        </Badge>
      </div>
      <About state={state} />
      {state !== 'archived' && <Findings found={found.filter(one => one.state !== 'good')} />}
      {facts.map(fact => (
        <Text key={fact}>{fact}</Text>
      ))}
      <div className={styles.line}>
        {state !== 'archived' && (
          <Button
            size="small"
            aria-label={t('list.checkOf', { name })}
            disabledFocusable={check.isPending}
            {...(check.isPending ? { icon: <BusySign /> } : {})}
            onClick={() => {
              if (!check.isPending) check.mutate();
            }}
          >
            {t(check.isPending ? 'list.checking' : 'list.check')}
          </Button>
        )}
        <Button size="small" aria-label={t('list.messagesOf', { name })} onClick={showMessages}>
          {t('list.messages')}
        </Button>
        <Text size={200} className={styles.quiet}>
          {lookedAt === null ? t('list.never') : t('list.looked', { moment: showMoment(lookedAt, texts.locale) })}
        </Text>
      </div>
      {check.isError && <FailureNotice error={check.error} again={() => check.mutate()} />}
    </article>
  );
}

/** What a state means, and who does what about it; what needs mending is said by what was found. */
function About({ state }: Pick<CommunityReport, 'state'>) {
  const t = useAdministrationText();
  const styles = useStyles();
  const { client } = useVisit();
  const { data } = useQuery<AdministrationView>({
    queryKey: keys.administration(),
    queryFn: ({ signal }) => client(administrationApi.administration, { params: {}, signal }),
  });
  if (state === 'needs-mending' || (state === 'not-set-up' && !data)) return null;
  const words = state === 'not-set-up' ? t(`about.not-set-up.${data?.setUpBy ?? 'members'}`) : t(`about.${state}`);
  return <Text className={styles.quiet}>{words}</Text>;
}

function withEntry(
  data: InfiniteData<CommunitiesView> | undefined,
  entry: CommunityReport,
): InfiniteData<CommunitiesView> | undefined {
  return (
    data && {
      ...data,
      pages: data.pages.map(page => ({
        ...page,
        entries: page.entries.map(one => (one.id === entry.id ? entry : one)),
      })),
    }
  );
}
