import { Badge, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { AuditEntry } from '../../../domain/api.ts';
import { useSession } from '../../lib/session.tsx';
import { useAuditText } from './text.ts';

/** From here on there is room for columns; below it each line is a card of its own. */
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
    overflowWrap: 'anywhere',
    [wide]: {
      display: 'table-cell',
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
      borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    },
  },
  when: { color: tokens.colorNeutralForeground2, [wide]: { width: '9rem' } },
  outcome: { [wide]: { width: '32%' } },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  said: { display: 'block', marginTop: tokens.spacingVerticalXS },
});

const colours = { done: 'success', refused: 'warning', failed: 'danger' } as const;

/** One row a line; on a phone one card. The roles are written out, because browsers take them from a table that is no longer drawn as one. */
export function AuditTable({
  entries,
  outcomes,
  ofAll,
}: {
  readonly entries: readonly AuditEntry[];
  readonly outcomes: ReadonlyMap<string, string>;
  readonly ofAll: boolean;
}) {
  const t = useAuditText();
  const styles = useStyles();
  const columns = ['when', ...(ofAll ? ['community'] : []), 'who', 'what', 'outcome'];
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
          <AuditRow key={entry.id} entry={entry} outcome={outcomes.get(entry.outcome) ?? entry.outcome} ofAll={ofAll} />
        ))}
      </tbody>
    </table>
  );
}

function AuditRow({
  entry,
  outcome,
  ofAll,
}: {
  readonly entry: AuditEntry;
  readonly outcome: string;
  readonly ofAll: boolean;
}) {
  const { locale } = useSession().texts;
  const t = useAuditText();
  const styles = useStyles();
  const { community, who, what, about, outcome: code, why, count, at, lastAt } = entry;
  const moment = (instant: string): string =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: community?.timeZone ?? 'UTC',
    }).format(new Date(instant));
  return (
    <tr role="row" className={styles.row}>
      <td role="cell" className={mergeClasses(styles.cell, styles.when)}>
        {moment(at)}
      </td>
      {ofAll && (
        <td role="cell" className={styles.cell}>
          {community?.name || t('none')}
        </td>
      )}
      <td role="cell" className={styles.cell}>
        {who.is === 'person' ? (
          <Text weight="semibold">{who.person.name || t('who.unnamed')}</Text>
        ) : (
          <Text>{t(`who.${who.is}`)}</Text>
        )}
      </td>
      <td role="cell" className={styles.cell}>
        <Text>{what}</Text>
        {about !== '' && (
          <Text size={200} className={mergeClasses(styles.said, styles.quiet)}>
            {t('about', { about })}
          </Text>
        )}
      </td>
      <td role="cell" className={mergeClasses(styles.cell, styles.outcome)}>
        <div className={styles.line}>
          <Badge appearance="tint" color={colours[code]}>
            {outcome}
          </Badge>
          {count > 1 && (
            <Text size={200} className={styles.quiet}>
              {t('times', { count, moment: moment(lastAt) })}
            </Text>
          )}
        </div>
        {why !== null && (
          <Text size={200} className={styles.said}>
            {why}
          </Text>
        )}
      </td>
    </tr>
  );
}
