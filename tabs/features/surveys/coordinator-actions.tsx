import { useState } from 'react';
import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { surveysApi, type SurveyView } from '../../../domain/surveys/api.ts';
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
 * What those who look after surveys may do with one: share and save results, close it, change it or take it back before
 * it opens.
 */
export function CoordinatorActions({
  survey,
  planning,
  edit,
}: {
  readonly survey: SurveyView;
  readonly planning: boolean;
  readonly edit: () => void;
}) {
  const { communityId, announce } = useSession();
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
  const failed = [share, save, close].find(({ isError }) => isError);

  return (
    <>
      {said !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      {failed && <FailureNotice error={failed.error} again={() => failed.mutate()} />}
      {asking ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t(planned ? 'closing.takeBack' : 'closing.question')}</MessageBarBody>
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
