import { Button, MessageBar, MessageBarBody, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { administrationApi, type ReportView } from '../../../domain/administration/api.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { showMoment } from '../../lib/dates.ts';
import { keys } from '../../lib/queries.ts';
import { useVisit } from '../../lib/session.tsx';
import type { Translate } from '../../lib/text.ts';
import { Findings } from './findings.tsx';
import { Panel } from './panel.tsx';
import { useAdministrationText } from './text.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What the server itself rests on, as the doctor sees it. */
export function ServerPanel() {
  const { client, texts, announce } = useVisit();
  const queries = useQueryClient();
  const t = useAdministrationText();
  const styles = useStyles();
  const report = useQuery({
    queryKey: keys.serverReport(),
    queryFn: ({ signal }) => client(administrationApi.serverReport, { params: {}, signal }),
    // The server keeps it as long.
    staleTime: 60_000,
  });
  const check = useMutation({
    mutationFn: () => client(administrationApi.checkServer, { params: {} }),
    onSuccess(answer) {
      queries.setQueryData(keys.serverReport(), answer);
      announce(summaryOf(answer, t));
    },
  });

  if (!report.data)
    return (
      <Panel title={t('server.title')}>
        <Loading query={report} label={t('server.loading')} blocks={2} />
      </Panel>
    );
  const { lookedAt, found } = report.data;
  const sound = found.every(({ state }) => state !== 'gap' && state !== 'unknown');
  return (
    <Panel title={t('server.title')}>
      <MessageBar intent={sound ? 'success' : 'warning'} layout="multiline">
        <MessageBarBody>{summaryOf(report.data, t)}</MessageBarBody>
      </MessageBar>
      <div className={styles.line}>
        <Button
          disabledFocusable={check.isPending}
          {...(check.isPending ? { icon: <BusySign /> } : {})}
          onClick={() => {
            if (!check.isPending) check.mutate();
          }}
        >
          {t(check.isPending ? 'server.checking' : 'server.again')}
        </Button>
        <Text size={200} className={styles.quiet}>
          {t('server.looked', { moment: showMoment(lookedAt, texts.locale) })}
        </Text>
      </div>
      {check.isError && <FailureNotice error={check.error} again={() => check.mutate()} />}
      <Findings found={found} />
    </Panel>
  );
}

function summaryOf({ found }: ReportView, t: Translate): string {
  const [gaps = 0, unseen = 0] = (['gap', 'unknown'] as const).map(
    wanted => found.filter(({ state }) => state === wanted).length,
  );
  return [
    gaps === 0 ? t(unseen === 0 ? 'server.sound' : 'server.unsure') : t('server.gaps', { count: gaps }),
    ...(unseen > 0 ? [t('server.unseen', { count: unseen })] : []),
  ].join(' ');
}
