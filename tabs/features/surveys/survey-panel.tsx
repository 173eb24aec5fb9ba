import { Suspense, useState } from 'react';
import { Button, MessageBar, MessageBarBody, Subtitle2, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import type { SurveyView } from '../../../domain/surveys/api.ts';
import { nameOf } from '../../../domain/surveys/survey.ts';
import { Badge } from '../../components/badge.tsx';
import { Markdown } from '../../components/markdown.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { Waiting } from '../../components/waiting.tsx';
import { showDay } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { arrivalOf } from './arrival.ts';
import { CoordinatorActions } from './coordinator-actions.tsx';
import { AnswerForm } from './forms.ts';
import { ResultsView } from './results-view.tsx';
import { useSurveysText } from './text.ts';
import { browserStorage, createAnswerTokens } from './tokens.ts';

const useStyles = makeStyles({
  panel: panelStyle,
  head: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** One survey: what it asks, whether I have answered, what came of it. */
export function SurveyPanel({
  survey,
  today,
  planning,
  edit,
  again,
}: {
  readonly survey: SurveyView;
  readonly today: string;
  /** Whether the form for surveys is open already. */
  readonly planning: boolean;
  /** Opens that form for this one. */
  readonly edit: () => void;
  /** Opens it to ask this one once more. */
  readonly again: () => void;
}) {
  const { texts, communityId, announce } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  const queries = useQueryClient();
  const community = useCommunity();
  const { ref: answerButton, focus } = useFocusTarget();
  const [answering, setAnswering] = useState(false);
  const [sent, setSent] = useState(false);
  const { phase, anonymous } = survey;
  const answerTokens = createAnswerTokens(browserStorage(), communityId, community.me.id);
  const token = anonymous ? answerTokens.of(survey.id) : null;
  const answered = survey.mine.answered || sent;
  const mayAnswer = phase === 'open' && (!answered || !anonymous || token !== null);
  const when =
    phase === 'planned'
      ? t('opens', { day: showDay(survey.opensOn, texts.locale) })
      : t(phase === 'open' ? 'until' : 'closed', { day: showDay(survey.closesOn, texts.locale) });

  const arrival = arrivalOf(survey, t, texts.locale);

  function stop(): void {
    setAnswering(false);
    setTimeout(focus);
  }

  function done(fresh: string | null): void {
    if (fresh !== null) answerTokens.keep(survey.id, fresh);
    setSent(true);
    announce(t('answer.sent'));
    void queries.invalidateQueries({ queryKey: keys.surveys(communityId) });
    stop();
  }

  return (
    <article className={styles.panel} aria-labelledby={`survey-${survey.id}`}>
      <header className={styles.head}>
        <Subtitle2 as="h3" id={`survey-${survey.id}`}>
          {nameOf(survey)}
        </Subtitle2>
        <div className={styles.line}>
          <Badge appearance="outline" color={anonymous ? 'brand' : 'informative'}>
            {t(anonymous ? 'badge.anonymous' : 'badge.named')}
          </Badge>
          <Text size={200} className={styles.quiet}>
            {when}
          </Text>
          {phase === 'open' && (
            <Text size={200} className={styles.quiet}>
              {t(`${anonymous ? 'countByFives' : 'count'}${survey.asked === null ? '' : 'Of'}`, {
                count: survey.answered,
                asked: survey.asked,
              })}
            </Text>
          )}
        </div>
      </header>
      {phase !== 'closed' && survey.intro !== '' && <Markdown text={survey.intro} />}
      {arrival !== '' && (
        <Text size={200} className={styles.quiet}>
          {arrival}
        </Text>
      )}
      {survey.spared.length > 0 && (
        <Text size={200} className={styles.quiet}>
          {t('spared', { names: new Intl.ListFormat(texts.locale).format(survey.spared.map(({ name }) => name)) })}
        </Text>
      )}

      {phase === 'open' && answered && !answering && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{t(mayAnswer ? 'answer.done' : 'answer.doneElsewhere')}</MessageBarBody>
        </MessageBar>
      )}
      {mayAnswer && !answering && (
        <div>
          <Button
            ref={answerButton}
            appearance={answered ? 'secondary' : 'primary'}
            aria-describedby={`survey-${survey.id}`}
            onClick={() => setAnswering(true)}
          >
            {t(answered ? 'answer.again' : 'answer.open')}
          </Button>
        </div>
      )}
      {answering && (
        <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
          <AnswerForm survey={survey} token={token} done={done} stop={stop} />
        </Suspense>
      )}
      {(phase === 'closed' || survey.results.state === 'shown') && <ResultsView survey={survey} />}
      {survey.againOn !== null && (
        <Text weight={survey.againOn <= today ? 'semibold' : 'regular'} className={styles.quiet}>
          {survey.againOn <= today ? t('again.due') : t('again.comes', { day: showDay(survey.againOn, texts.locale) })}
        </Text>
      )}
      {community.may['surveys.plan'] && (
        <CoordinatorActions
          survey={survey}
          isDue={survey.againOn !== null && survey.againOn <= today}
          planning={planning}
          edit={edit}
          again={again}
        />
      )}
    </article>
  );
}
