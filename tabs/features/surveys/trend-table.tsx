import { Text, makeStyles, tokens } from '@fluentui/react-components';
import type { QuestionTrend, Trend } from '../../../domain/surveys/trend.ts';
import { showDay } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { trendRows } from './trend-rows.ts';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse' },
  caption: { textAlign: 'start', fontWeight: tokens.fontWeightSemibold, paddingBottom: tokens.spacingVerticalXS },
  head: {
    textAlign: 'end',
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
    padding: tokens.spacingHorizontalXS,
    ':first-child': { textAlign: 'start', paddingLeft: 0 },
  },
  question: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    padding: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalXXS}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  label: { textAlign: 'start', fontWeight: tokens.fontWeightRegular, padding: `${tokens.spacingVerticalXXS} 0` },
  number: {
    textAlign: 'end',
    padding: tokens.spacingHorizontalXS,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What has changed since the same questions were asked before, question by question. */
export function TrendTable({ trend: { since, questions } }: { readonly trend: Trend }) {
  const {
    texts: { locale },
  } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  if (questions.length === 0) return <Text className={styles.quiet}>{t('trend.none')}</Text>;
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{t('trend.title', { day: showDay(since, locale) })}</caption>
      <thead>
        <tr>
          {(['what', 'before', 'now', 'change'] as const).map(head => (
            <th key={head} scope="col" className={styles.head}>
              {t(`trend.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      {questions.map(question => (
        <QuestionRows key={question.id} question={question} />
      ))}
    </table>
  );
}

function QuestionRows({ question }: { readonly question: QuestionTrend }) {
  const {
    texts: { locale },
  } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4} className={styles.question} dir="auto">
          {question.text}
        </th>
      </tr>
      {trendRows(question, { t, locale }).map(({ label, before, now, change }) => (
        <tr key={label}>
          <th scope="row" className={styles.label} dir="auto">
            {label}
          </th>
          <td className={styles.number}>{before}</td>
          <td className={styles.number}>{now}</td>
          <td className={styles.number}>{change}</td>
        </tr>
      ))}
    </tbody>
  );
}
