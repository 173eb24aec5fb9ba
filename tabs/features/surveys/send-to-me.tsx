import { useState } from 'react';
import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { surveysApi } from '../../../domain/surveys/api.ts';
import type { SurveyDraft } from '../../../domain/surveys/survey.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  trial: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: tokens.spacingVerticalS },
});

/** Sends the card to whoever writes the survey, and to nobody else. */
export function SendToMe({
  id,
  draft,
  check,
}: {
  readonly id: string;
  /** What would be sent; null while it is not finished. */
  readonly draft: SurveyDraft | null;
  /** Shows what is not finished. */
  readonly check: () => void;
}) {
  const { announce } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  const call = useCall();
  const [said, setSaid] = useState<{ readonly of: string; readonly sent: boolean } | null>(null);
  const trial = useMutation({
    mutationFn: (body: SurveyDraft) => call(surveysApi.trySurvey, { params: { survey: id }, body }),
    onSuccess({ sent }, body) {
      setSaid({ of: JSON.stringify(body), sent });
      announce(t(sent ? 'plan.trial.sent' : 'plan.trial.stopped'));
    },
  });

  function press(): void {
    if (draft) trial.mutate(draft);
    else check();
  }

  return (
    <div className={styles.trial}>
      <Button disabledFocusable={trial.isPending} onClick={press}>
        {t('plan.trial.send')}
      </Button>
      {said?.of === JSON.stringify(draft) && (
        <MessageBar intent={said.sent ? 'success' : 'warning'} layout="multiline">
          <MessageBarBody>{t(said.sent ? 'plan.trial.sent' : 'plan.trial.stopped')}</MessageBarBody>
        </MessageBar>
      )}
      {trial.isError && <FailureNotice error={trial.error} again={press} />}
    </div>
  );
}
