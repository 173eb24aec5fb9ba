import { Link, Text, makeStyles, tokens } from '@fluentui/react-components';
import type { QuestionView } from '../../../domain/agenda/api.ts';
import { Badge } from '../../components/badge.tsx';
import { useSession } from '../../lib/session.tsx';
import { factsOf } from './facts.ts';
import { useAgendaText } from './text.ts';
import { VoiceButtons } from './voice-buttons.tsx';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { overflowWrap: 'anywhere', minHeight: '24px', textAlign: 'start' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  answer: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** How much of an answer stands in the list, in characters. */
const longestShown = 240;

/** One question among the others: who asks it, who can help, and whether I join in. */
export function QuestionLine({ question, open }: { readonly question: QuestionView; readonly open: () => void }) {
  const {
    texts: { locale },
  } = useSession();
  const t = useAgendaText();
  const styles = useStyles();
  const facts = [
    question.askedBy === null ? t('fact.askedBySomebody') : t('fact.askedBy', { name: question.askedBy.name }),
    ...factsOf(question, t, locale),
  ];
  const isOpen = question.state !== 'answered' && question.state !== 'let-go';

  return (
    <div className={styles.line} id={`question-${question.id}`} tabIndex={-1}>
      <div className={styles.head}>
        <Link as="button" className={styles.title} dir="auto" onClick={open}>
          {question.title}
        </Link>
        {question.topics.map(topic => (
          <Badge key={topic} appearance="tint" color="informative">
            {topic}
          </Badge>
        ))}
      </div>
      {question.state === 'answered' && question.answer !== '' && (
        <Text className={styles.answer} dir="auto">
          {question.answer.length > longestShown ? `${question.answer.slice(0, longestShown)}…` : question.answer}
        </Text>
      )}
      <Text size={200} className={styles.quiet}>
        {facts.join(' · ')}
      </Text>
      {isOpen && !question.isMine && <VoiceButtons question={question} />}
    </div>
  );
}
