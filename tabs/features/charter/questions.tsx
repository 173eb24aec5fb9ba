import { Text, makeStyles, tokens } from '@fluentui/react-components';
import type { CharterSection } from '../../../domain/charter/method.ts';
import { useCharterText, useSectionTitle } from './text.ts';

const useStyles = makeStyles({
  list: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    paddingLeft: tokens.spacingHorizontalXL,
    color: tokens.colorNeutralForeground2,
    '& li': { marginBottom: tokens.spacingVerticalXXS },
  },
  summary: {
    cursor: 'pointer',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalS} 0`,
  },
  source: { display: 'block', color: tokens.colorNeutralForeground3, marginTop: tokens.spacingVerticalXS },
});

/** The questions that help to write a section. Folded away once it is written. */
export function Questions({
  guide,
  unfolded = false,
}: {
  readonly guide: CharterSection;
  readonly unfolded?: boolean;
}) {
  const t = useCharterText();
  const title = useSectionTitle(guide.id);
  const styles = useStyles();
  const list = (
    <>
      <ul className={styles.list}>
        {guide.questions.map(question => (
          <li key={question}>{t(`method.${guide.id}.question.${question}`)}</li>
        ))}
      </ul>
      <Text size={200} className={styles.source}>
        {t('section.source', { source: guide.sources.join('; ') })}
      </Text>
    </>
  );
  if (unfolded) {
    return (
      <div role="group" aria-label={t('section.questionsFor', { section: title })}>
        <Text size={200} weight="semibold">
          {t('section.questions')}
        </Text>
        {list}
      </div>
    );
  }
  return (
    <details>
      <summary className={styles.summary} aria-label={t('section.questionsFor', { section: title })}>
        {t('section.questions')}
      </summary>
      {list}
    </details>
  );
}
