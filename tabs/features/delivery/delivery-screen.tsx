import type { ComponentProps } from 'react';
import { Text, makeStyles, tokens } from '@fluentui/react-components';
import { deliveryApi, type DeliveryEntry, type DeliveryView } from '../../../domain/delivery/api.ts';
import { LogLines, type ShownLog } from '../../components/log-lines.tsx';
import { LogScreen } from '../../components/log-screen.tsx';
import { Below, Named, State } from '../../components/log-table.tsx';
import { showDay, showMoment } from '../../lib/dates.ts';
import { keys } from '../../lib/queries.ts';
import { useVisit } from '../../lib/session.tsx';
import { useDeliveryText } from './text.ts';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

const colours = {
  waiting: 'informative',
  sending: 'informative',
  sent: null,
  refused: 'danger',
  expired: 'warning',
  'opted-out': 'informative',
} as const;

/** What became of each message: for coordinators of theirs, for administrators of all. */
export default function DeliveryScreen() {
  return <LogScreen log={useDeliveryLog()} />;
}

/** The same of all communities, outside of any. */
export function DeliveryOfAll(asked: Omit<ComponentProps<typeof LogLines<DeliveryView>>, 'log' | 'community'>) {
  return <LogLines log={useDeliveryLog()} community={null} {...asked} />;
}

function useDeliveryLog(): ShownLog<DeliveryView> {
  const t = useDeliveryText();
  return {
    t,
    permission: 'delivery.read',
    endpoints: {
      page: deliveryApi.delivery,
      pageOfAll: deliveryApi.deliveryOfAll,
      file: deliveryApi.exportDelivery,
      fileOfAll: deliveryApi.exportDeliveryOfAll,
    },
    queryKey: keys.delivery,
    refetchInterval: 30_000,
    questions: {
      choices: ({ kinds, states }) => ({ kind: kinds, state: states }),
      person: { name: 'recipient', besides: [{ id: 'channel', words: t('to.channel') }] },
    },
    momentOf: ({ createdAt }) => createdAt,
    columns: ({ states }) => [
      { title: t('column.to'), cell: ({ to }) => <To to={to} /> },
      { title: t('column.what'), cell: entry => <What entry={entry} /> },
      {
        title: t('column.state'),
        cell: entry => (
          <Outcome entry={entry} state={states.find(({ id }) => id === entry.state)?.words ?? entry.state} />
        ),
      },
    ],
  };
}

function To({ to }: Pick<DeliveryEntry, 'to'>) {
  const t = useDeliveryText();
  return (
    <>
      {to.is === 'person' ? <Named name={to.person.name} /> : <Text>{t(`to.${to.is}`)}</Text>}
      {to.is === 'withheld' && <Below quiet>{t('to.withheldWhy')}</Below>}
    </>
  );
}

function What({ entry: { what, period } }: { readonly entry: DeliveryEntry }) {
  const { locale } = useVisit().texts;
  const t = useDeliveryText();
  const styles = useStyles();
  return (
    <>
      <Text>{what}</Text>
      {period !== '' && (
        <Text size={200} className={styles.quiet}>
          {' '}
          {t('for', { day: showDay(period, locale) })}
        </Text>
      )}
    </>
  );
}

/** The state, when, after how many attempts, why not and what to do. */
function Outcome({ entry, state }: { readonly entry: DeliveryEntry; readonly state: string }) {
  const { locale } = useVisit().texts;
  const t = useDeliveryText();
  const styles = useStyles();
  const { community, createdAt, reason, detail, attempts, uncertain, sentAt, updatedAt } = entry;
  const written = showMoment(createdAt, locale, community.timeZone);
  // A moment that the row begins with is not said again.
  const news = (what: 'sent' | 'updated', at: string | null): readonly string[] => {
    const moment = at === null ? written : showMoment(at, locale, community.timeZone);
    return moment === written ? [] : [t(what, { moment })];
  };
  const facts = [
    ...news('sent', sentAt),
    ...news('updated', updatedAt),
    // Updates are attempts too, and no news.
    ...(attempts > 1 && updatedAt === null ? [t('attempts', { count: attempts })] : []),
  ];
  return (
    <>
      <State words={state} colour={colours[entry.state]} facts={facts.join(', ')} />
      {uncertain > 0 && <Below>{sentAt === null ? t('uncertainOpen') : t('uncertain', { count: uncertain })}</Below>}
      {reason && (
        <Below>
          {reason.said} <span className={styles.quiet}>{reason.todo}</span>
        </Below>
      )}
      {detail !== null && <Below quiet>{t('detail', { detail })}</Below>}
    </>
  );
}
