import { Badge, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { DeliveryEntry } from '../../../domain/api.ts';
import { useSession } from '../../lib/session.tsx';
import { showDay } from '../../lib/dates.ts';
import { momentIn } from './moment.ts';
import { useDeliveryText } from './text.ts';

/** From here on there is room for columns; below it each message is a card of its own. */
const wide = '@media (min-width: 44rem)';

const useStyles = makeStyles({
  table: {
    display: 'block',
    width: '100%',
    borderCollapse: 'collapse',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    [wide]: { display: 'table' },
  },
  head: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    [wide]: { position: 'static', width: 'auto', height: 'auto', clipPath: 'none', display: 'table-header-group' },
  },
  title: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
  },
  body: { display: 'block', [wide]: { display: 'table-row-group' } },
  row: {
    display: 'block',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    [wide]: { display: 'table-row', padding: 0 },
  },
  cell: {
    display: 'block',
    padding: `${tokens.spacingVerticalXXS} 0`,
    verticalAlign: 'top',
    overflowWrap: 'break-word',
    [wide]: {
      display: 'table-cell',
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
      borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    },
  },
  when: { color: tokens.colorNeutralForeground2, [wide]: { width: '9rem' } },
  outcome: { [wide]: { width: '36%' } },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  said: { display: 'block', marginTop: tokens.spacingVerticalXS },
});

const colours = {
  waiting: 'informative',
  sending: 'informative',
  sent: 'success',
  refused: 'danger',
  expired: 'warning',
  'opted-out': 'informative',
} as const;

/** One row a message; on a phone one card. The roles are written out, because browsers take them from a table that is no longer drawn as one. */
export function MessageTable({
  entries,
  states,
  ofAll,
}: {
  readonly entries: readonly DeliveryEntry[];
  readonly states: ReadonlyMap<string, string>;
  readonly ofAll: boolean;
}) {
  const t = useDeliveryText();
  const styles = useStyles();
  const columns = ['when', ...(ofAll ? ['community'] : []), 'to', 'what', 'state'];
  return (
    <table role="table" aria-label={t('title')} className={styles.table}>
      <thead role="rowgroup" className={styles.head}>
        <tr role="row">
          {columns.map(column => (
            <th key={column} role="columnheader" scope="col" className={styles.title}>
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className={styles.body}>
        {entries.map(entry => (
          <MessageRow key={entry.id} entry={entry} state={states.get(entry.state) ?? entry.state} ofAll={ofAll} />
        ))}
      </tbody>
    </table>
  );
}

function MessageRow({
  entry,
  state,
  ofAll,
}: {
  readonly entry: DeliveryEntry;
  readonly state: string;
  readonly ofAll: boolean;
}) {
  const { locale } = useSession().texts;
  const t = useDeliveryText();
  const styles = useStyles();
  const { community, to, what, period, createdAt } = entry;
  return (
    <tr role="row" className={styles.row}>
      <td role="cell" className={mergeClasses(styles.cell, styles.when)}>
        {momentIn(community.timeZone, createdAt, locale)}
      </td>
      {ofAll && (
        <td role="cell" className={styles.cell}>
          {community.name}
        </td>
      )}
      <td role="cell" className={styles.cell}>
        {to.is === 'person' ? (
          <Text weight="semibold">{to.person.name || t('to.unnamed')}</Text>
        ) : (
          <Text>{t(`to.${to.is}`)}</Text>
        )}
        {to.is === 'withheld' && (
          <Text size={200} className={mergeClasses(styles.said, styles.quiet)}>
            {t('to.withheldWhy')}
          </Text>
        )}
      </td>
      <td role="cell" className={styles.cell}>
        <Text>{what}</Text>
        {period !== '' && (
          <Text size={200} className={styles.quiet}>
            {' '}
            {t('for', { day: showDay(period, locale) })}
          </Text>
        )}
      </td>
      <td role="cell" className={mergeClasses(styles.cell, styles.outcome)}>
        <Outcome entry={entry} state={state} />
      </td>
    </tr>
  );
}

/** The state, when, after how many attempts, why not and what to do. */
function Outcome({
  entry: {
    community: { timeZone },
    createdAt,
    state: code,
    reason,
    detail,
    attempts,
    uncertain,
    sentAt,
    updatedAt,
  },
  state,
}: {
  readonly entry: DeliveryEntry;
  readonly state: string;
}) {
  const { locale } = useSession().texts;
  const t = useDeliveryText();
  const styles = useStyles();
  const written = momentIn(timeZone, createdAt, locale);
  // A moment that the row begins with is not said again.
  const news = (what: 'sent' | 'updated', at: string | null): readonly string[] => {
    const moment = at === null ? written : momentIn(timeZone, at, locale);
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
      <div className={styles.line}>
        <Badge appearance="tint" color={colours[code]}>
          {state}
        </Badge>
        {facts.length > 0 && (
          <Text size={200} className={styles.quiet}>
            {facts.join(', ')}
          </Text>
        )}
      </div>
      {uncertain > 0 && (
        <Text size={200} className={styles.said}>
          {sentAt === null ? t('uncertainOpen') : t('uncertain', { count: uncertain })}
        </Text>
      )}
      {reason && (
        <Text size={200} className={styles.said}>
          {reason.said} <span className={styles.quiet}>{reason.todo}</span>
        </Text>
      )}
      {detail !== null && (
        <Text size={200} className={mergeClasses(styles.said, styles.quiet)}>
          {t('detail', { detail })}
        </Text>
      )}
    </>
  );
}
