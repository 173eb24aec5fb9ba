import { useState } from 'react';
import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { surveysApi, type SurveyView } from '../../../domain/surveys/api.ts';
import { isFeedback, nameOf } from '../../../domain/surveys/survey.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useHandOver } from '../../lib/hand-over.ts';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/**
 * What those who look after surveys may do with one: share and save results, ask it again, close it, change it or take it
 * back before it opens.
 */
export function CoordinatorActions({
  survey,
  isDue,
  planning,
  edit,
  again,
}: {
  readonly survey: SurveyView;
  /** Whether it is time to ask it again. */
  readonly isDue: boolean;
  readonly planning: boolean;
  readonly edit: () => void;
  readonly again: () => void;
}) {
  const { communityId, announce, offerUndo } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  const call = useCall();
  const handOver = useHandOver();
  const queries = useQueryClient();
  const { ref: closeButton, focus } = useFocusTarget();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const params = { survey: survey.id };
  const { may, off } = useCommunity();
  const mayExport = !off.includes('exports') && may[survey.anonymous ? 'surveys.results' : 'surveys.answers'];
  const shown = survey.results.state === 'shown';
  const planned = survey.phase === 'planned';

  function tell(sentence: string): void {
    setSaid(sentence);
    announce(sentence);
  }

  const share = useMutation({
    mutationFn: () => call(surveysApi.shareSurvey, { params }),
    onSuccess: () => tell(t('shared')),
  });
  const save = useMutation({
    mutationFn: () => handOver(surveysApi.exportSurvey, params),
    onSuccess(file) {
      tell(t('exported', { name: file.name }));
    },
  });
  const close = useMutation({
    mutationFn: () => call(surveysApi.closeSurvey, { params }),
    onSuccess(view) {
      announce(t(planned ? 'closing.doneBack' : 'closing.done'));
      setAsking(false);
      queries.setQueryData(keys.surveys(communityId), view);
    },
  });
  const repeat = useMutation({
    mutationFn: (everyQuarter: boolean) => call(surveysApi.repeatSurvey, { params, body: { everyQuarter } }),
    onSuccess: view => queries.setQueryData(keys.surveys(communityId), view),
  });
  function stopRepeating(): void {
    repeat.mutate(false, {
      onSuccess: () =>
        offerUndo({
          sentence: t('again.stopped', { title: survey.title }),
          undo: async () => {
            await repeat.mutateAsync(true);
            return true;
          },
        }),
    });
  }
  const failed = [share, save, close].find(({ isError }) => isError);

  return (
    <>
      {said !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      {failed && <FailureNotice error={failed.error} again={() => failed.mutate()} />}
      {repeat.isError && <FailureNotice error={repeat.error} again={() => repeat.mutate(repeat.variables)} />}
      {asking ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {t(planned ? 'closing.takeBack' : `closing.question.${kindOf(survey)}`, { title: nameOf(survey) })}
          </MessageBarBody>
          <MessageBarActions>
            <Button
              autoFocus
              onClick={() => {
                setAsking(false);
                setTimeout(focus);
              }}
            >
              {t('closing.no')}
            </Button>
            <Button appearance="primary" disabledFocusable={close.isPending} onClick={() => close.mutate()}>
              {t(planned ? 'closing.yesBack' : 'closing.yes')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      ) : (
        <div className={styles.actions}>
          {survey.phase === 'closed' && (
            <Button
              appearance={isDue ? 'primary' : 'secondary'}
              disabledFocusable={planning}
              aria-describedby={`survey-${survey.id}`}
              onClick={again}
            >
              {t('again.open')}
            </Button>
          )}
          {survey.againOn !== null && (
            <Button
              disabledFocusable={repeat.isPending}
              aria-describedby={`survey-${survey.id}`}
              onClick={stopRepeating}
            >
              {t('again.stop')}
            </Button>
          )}
          {shown && survey.phase === 'closed' && (
            <Button disabledFocusable={share.isPending} onClick={() => share.mutate()}>
              {t('share')}
            </Button>
          )}
          {shown && mayExport && (
            <Button disabledFocusable={save.isPending} onClick={() => save.mutate()}>
              {t('export')}
            </Button>
          )}
          {planned && (
            <Button disabledFocusable={planning} aria-describedby={`survey-${survey.id}`} onClick={edit}>
              {t('change.open')}
            </Button>
          )}
          {survey.phase !== 'closed' && (
            <Button ref={closeButton} onClick={() => setAsking(true)}>
              {t(planned ? 'takeBack' : 'close')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** What becomes of the answers at the close depends on it. */
function kindOf(survey: SurveyView): 'feedback' | 'anonymous' | 'named' {
  if (isFeedback(survey)) return 'feedback';
  return survey.anonymous ? 'anonymous' : 'named';
}
