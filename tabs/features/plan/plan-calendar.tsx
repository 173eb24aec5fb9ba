import { useState } from 'react';
import { Button, Link, Subtitle2, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular, ChevronRightRegular, WarningRegular } from '@fluentui/react-icons';
import type { ActionView } from '../../../domain/plan/api.ts';
import { isOverdue } from '../../../domain/plan/plan.ts';
import { shortDay, weekdayName } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { monthLater, weeksOf } from './month.ts';
import { usePlanText } from './text.ts';

const wide = '@media (min-width: 40rem)';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  month: { minWidth: '10rem', textAlign: 'center' },
  // On a phone the days that have something, below each other; where there is room, weeks.
  table: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  week: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    [wide]: { display: 'grid', gridTemplateColumns: 'repeat(7, minmax(0, 1fr))', gap: tokens.spacingHorizontalXS },
  },
  names: { display: 'none', [wide]: { display: 'grid' }, color: tokens.colorNeutralForeground2 },
  day: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXXS,
    padding: tokens.spacingHorizontalXS,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    minWidth: 0,
    [wide]: { minHeight: '5.5rem' },
  },
  empty: { display: 'none', [wide]: { display: 'flex' } },
  emptyWeek: { display: 'none', [wide]: { display: 'grid' } },
  outside: { backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground3 },
  today: { border: `2px solid ${tokens.colorBrandStroke1}` },
  number: { [wide]: { display: 'none' } },
  short: { display: 'none', [wide]: { display: 'inline' } },
  action: { textAlign: 'start', overflowWrap: 'anywhere', fontSize: tokens.fontSizeBase200 },
  done: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The plan month by month. */
export default function PlanCalendar({
  actions,
  today,
  open,
}: {
  readonly actions: readonly ActionView[];
  readonly today: string;
  readonly open: (action: ActionView) => void;
}) {
  const {
    texts: { locale },
  } = useSession();
  const t = usePlanText();
  const styles = useStyles();
  const [month, setMonth] = useState(today.slice(0, 7));
  const title = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
  const weeks = weeksOf(month);
  const dayless = actions.filter(({ due, state }) => due === null && state !== 'done').length;

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <Button
          icon={<ChevronLeftRegular />}
          aria-label={t('month.previous')}
          title={t('month.previous')}
          onClick={() => setMonth(monthLater(month, -1))}
        />
        <Subtitle2 as="h2" id="plan-month" aria-live="polite" className={styles.month}>
          {title}
        </Subtitle2>
        <Button
          icon={<ChevronRightRegular />}
          aria-label={t('month.next')}
          title={t('month.next')}
          onClick={() => setMonth(monthLater(month, 1))}
        />
        {month !== today.slice(0, 7) && <Button onClick={() => setMonth(today.slice(0, 7))}>{t('month.now')}</Button>}
        {dayless > 0 && (
          <Text size={200} className={styles.quiet}>
            {t('month.noDay', { count: dayless })}
          </Text>
        )}
      </div>
      <div role="table" aria-labelledby="plan-month" className={styles.table}>
        <div role="row" className={mergeClasses(styles.week, styles.names)}>
          {[1, 2, 3, 4, 5, 6, 7].map(weekday => (
            <Text key={weekday} role="columnheader" size={200}>
              {weekdayName(weekday, locale)}
            </Text>
          ))}
        </div>
        {weeks.map(days => (
          <div
            key={days[0]}
            role="row"
            className={mergeClasses(
              styles.week,
              actions.every(({ due }) => due === null || !days.includes(due)) && styles.emptyWeek,
            )}
          >
            {days.map(day => {
              const own = actions.filter(({ due }) => due === day);
              return (
                <div
                  key={day}
                  role="cell"
                  className={mergeClasses(
                    styles.day,
                    own.length === 0 && styles.empty,
                    day.slice(0, 7) !== month && styles.outside,
                    day === today && styles.today,
                  )}
                  {...(day === today ? { 'aria-current': 'date' } : {})}
                >
                  <Text size={200} weight={day === today ? 'semibold' : 'regular'}>
                    <span className={styles.number}>{shortDay(day, locale)}</span>
                    <span className={styles.short}>{Number(day.slice(8))}</span>
                  </Text>
                  {own.map(action => (
                    <Link
                      key={action.id}
                      as="button"
                      id={`action-${action.id}`}
                      className={mergeClasses(styles.action, action.state === 'done' && styles.done)}
                      dir="auto"
                      aria-haspopup="dialog"
                      onClick={() => open(action)}
                    >
                      {isOverdue(action, today) && <WarningRegular role="img" aria-label={t('list.days.overdue')} />}
                      {action.title}
                    </Link>
                  ))}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
