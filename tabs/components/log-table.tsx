import type { ComponentProps, ReactNode } from 'react';
import { Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { showMoment } from '../lib/dates.ts';
import { useVisit } from '../lib/session.tsx';
import { Badge } from './badge.tsx';
import { useLogText } from './log-text.ts';

export interface LogEntry {
  readonly id: string;
  readonly community: { readonly name: string; readonly timeZone: string } | null;
}

export interface LogColumn<Entry> {
  readonly title: string;
  readonly cell: (entry: Entry) => ReactNode;
}

/** From here on there is room for columns; below it each line is a card of its own. */
const wide = '@media (min-width: 44rem)';
const line = `1px solid ${tokens.colorNeutralStroke3}`;

const useStyles = makeStyles({
  table: {
    display: 'block',
    width: '100%',
    // Borders that collapse have no round corners.
    borderCollapse: 'separate',
    borderSpacing: 0,
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
    ':not(:first-child)': { borderTop: line },
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
      borderTop: line,
    },
    // What became of it says most.
    ':last-child': { [wide]: { width: '34%' } },
  },
  when: { color: tokens.colorNeutralForeground2, [wide]: { width: '9rem' } },
  state: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
  },
  said: { display: 'block', marginTop: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** One row a line; on a phone one card. The roles are written out: browsers take them from a table not drawn as one. */
export function LogTable<Entry extends LogEntry>({
  label,
  entries,
  momentOf,
  columns,
  ofAll,
}: {
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly momentOf: (entry: Entry) => string;
  readonly columns: readonly LogColumn<Entry>[];
  /** With the community of each line. */
  readonly ofAll: boolean;
}) {
  const { locale } = useVisit().texts;
  const words = useLogText();
  const styles = useStyles();
  const community: LogColumn<Entry> = {
    title: words('column.community'),
    cell: entry => entry.community?.name || words('noCommunity'),
  };
  const all: readonly LogColumn<Entry>[] = [
    {
      title: words('column.when'),
      cell: entry => showMoment(momentOf(entry), locale, entry.community?.timeZone ?? 'UTC'),
    },
    ...(ofAll ? [community] : []),
    ...columns,
  ];
  return (
    <table role="table" aria-label={label} className={styles.table}>
      <thead role="rowgroup" className={styles.head}>
        <tr role="row">
          {all.map(({ title }) => (
            <th key={title} role="columnheader" scope="col" className={styles.title}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className={styles.body}>
        {entries.map(entry => (
          <tr key={entry.id} role="row" className={styles.row}>
            {all.map(({ title, cell }, at) => (
              <td key={title} role="cell" className={mergeClasses(styles.cell, at === 0 && styles.when)}>
                {cell(entry)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A person of a line. */
export function Named({ name }: { readonly name: string }) {
  const words = useLogText();
  return <Text weight="semibold">{name || words('unnamed')}</Text>;
}

/** What became of something, and smaller beside it when, or how often. */
export function State({
  words,
  colour,
  facts,
}: {
  readonly words: string;
  /** Null for what is as it should be: it asks for no eye. */
  readonly colour: ComponentProps<typeof Badge>['color'] | null;
  readonly facts: string;
}) {
  const styles = useStyles();
  return (
    <div className={styles.state}>
      {colour ? (
        <Badge appearance="tint" color={colour}>
          {words}
        </Badge>
      ) : (
        <Text size={200} className={styles.quiet}>
          {words}
        </Text>
      )}
      {facts !== '' && (
        <Text size={200} className={styles.quiet}>
          {facts}
        </Text>
      )}
    </div>
  );
}

/** Something smaller below what a cell says. */
export function Below({ children, quiet = false }: { readonly children: ReactNode; readonly quiet?: boolean }) {
  const styles = useStyles();
  return (
    <Text size={200} className={mergeClasses(styles.said, quiet && styles.quiet)}>
      {children}
    </Text>
  );
}
