import { Subtitle2, Text, makeStyles, tokens } from '@fluentui/react-components';
import type { SurveyView } from '../../../domain/surveys/api.ts';
import {
  isFeedback,
  ratingLabel,
  type Answer,
  type Question as Asked,
  type QuestionResults,
} from '../../../domain/surveys/survey.ts';
import { useSession } from '../../lib/session.tsx';
import { useSurveysText } from './text.ts';
import { TrendTable } from './trend-table.tsx';

const useStyles = makeStyles({
  results: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  question: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  caption: { textAlign: 'start', fontWeight: tokens.fontWeightSemibold, paddingBottom: tokens.spacingVerticalXS },
  heads: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  label: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    width: '45%',
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXXS} 0`,
    verticalAlign: 'middle',
  },
  cell: { padding: `${tokens.spacingVerticalXXS} 0`, verticalAlign: 'middle' },
  pair: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  track: {
    flexGrow: 1,
    height: '12px',
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground4,
    overflow: 'hidden',
    boxShadow: `inset 0 0 0 1px ${tokens.colorTransparentStroke}`,
  },
  fill: {
    height: '100%',
    backgroundColor: tokens.colorCompoundBrandBackground,
    borderRadius: tokens.borderRadiusSmall,
  },
  number: { minWidth: '2ch', textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  share: {
    minWidth: '5ch',
    textAlign: 'end',
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  said: { margin: 0, '& dd': { margin: 0, whiteSpace: 'pre-wrap' } },
  words: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    '& li': { whiteSpace: 'pre-wrap' },
  },
});

/** What was answered: each question a table whose numbers are drawn as bars, or why nothing is shown. */
export function ResultsView({ survey }: { readonly survey: SurveyView }) {
  const t = useSurveysText();
  const styles = useStyles();
  const { results, phase } = survey;
  if (results.state === 'hidden') return <Text className={styles.quiet}>{t(`results.${results.why}`)}</Text>;
  return (
    <div className={styles.results}>
      <div>
        <Subtitle2 as="h4">{t(phase === 'open' ? 'results.soFar' : 'results.title')}</Subtitle2>{' '}
        <Text className={styles.quiet}>{t('results.answered', { count: results.answered })}</Text>
      </div>
      {results.questions.map(question => (
        <Question key={question.id} question={question} feedback={isFeedback(survey)} />
      ))}
      {survey.trend && <TrendTable trend={survey.trend} />}
      {survey.named.length > 0 && <People survey={survey} />}
    </div>
  );
}

function Question({
  question: { kind, text, answered, hidden, bars, average, texts },
  feedback,
}: {
  readonly question: QuestionResults;
  readonly feedback: boolean;
}) {
  const {
    texts: { locale },
  } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  if (hidden || kind === 'text') {
    return (
      <div className={styles.question}>
        <Text weight="semibold">{text}</Text>
        {hidden && <Text className={styles.quiet}>{t('results.few')}</Text>}
        {!hidden && texts.length === 0 && (
          <Text className={styles.quiet}>
            {t(answered > 0 ? 'results.texts' : feedback ? 'results.noWords' : 'results.nothing', { count: answered })}
          </Text>
        )}
        {texts.length > 0 && (
          <ul className={styles.words}>
            {texts.map((words, index) => (
              <li key={index} dir="auto">
                {words}
              </li>
            ))}
          </ul>
        )}
      </div>
    );
  }
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  return (
    <div className={styles.question}>
      <table className={styles.table}>
        <caption className={styles.caption}>
          {text}
          {average !== null && (
            <Text
              className={styles.quiet}
            >{` · ${t('results.average', { average: new Intl.NumberFormat(locale).format(average) })}`}</Text>
          )}
        </caption>
        <thead className={styles.heads}>
          <tr>
            <th scope="col">{t('results.option')}</th>
            <th scope="col">{t('results.number')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, count }) => (
            <tr key={label}>
              <th scope="row" className={styles.label}>
                {label}
              </th>
              <td className={styles.cell}>
                <div className={styles.pair}>
                  <div className={styles.track} aria-hidden>
                    <div
                      className={styles.fill}
                      style={{ width: `${answered === 0 ? 0 : (count / answered) * 100}%` }}
                    />
                  </div>
                  <Text className={styles.number}>{count}</Text>
                  <Text className={styles.share}>{percent.format(answered === 0 ? 0 : count / answered)}</Text>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** For coordinators: what each person answered, of those who knew that it would be read with their names. */
function People({ survey: { questions, named } }: { readonly survey: SurveyView }) {
  const {
    texts: { locale },
  } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  return (
    <details>
      <summary>{t('results.people')}</summary>
      <ul className={styles.words}>
        {named
          .toSorted((one, other) => one.person.name.localeCompare(other.person.name, locale))
          .map(({ person, sheet }) => (
            <li key={person.id}>
              <Text weight="semibold">{person.name}</Text>
              <dl className={styles.said}>
                {questions.map(question => (
                  <div key={question.id}>
                    <dt className={styles.quiet}>{question.text}</dt>
                    <dd dir="auto">{inWords(question, sheet[question.id]) || t('results.noAnswer')}</dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
      </ul>
    </details>
  );
}

function inWords(question: Asked, answer: Answer | undefined): string {
  if (Array.isArray(answer)) return answer.map(place => question.options[place] ?? '').join(', ');
  return typeof answer === 'number' ? ratingLabel(answer, question) : (answer ?? '');
}
