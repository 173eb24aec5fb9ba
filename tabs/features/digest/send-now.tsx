import { useId, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { digestApi, type DigestDraftView } from '../../../domain/digest/api.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Warning } from '../../components/warning.tsx';
import { ApiFailure } from '../../lib/api.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDigestText } from './text.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Sends what is saved, after a question: it cannot be taken back. */
export function SendNow({ draft, changed }: { readonly draft: DigestDraftView; readonly changed: boolean }) {
  const { texts, communityId, announce } = useSession();
  const t = useDigestText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const { ref: button, focus } = useFocusTarget();
  const reason = useId();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const { audience, reached, mayNotSend } = draft;
  const byHand = audience === 'sponsor' && reached.length === 0;
  const blocked = changed || mayNotSend !== null;

  const send = useMutation({
    mutationFn: () => call(digestApi.sendDigest, { params: { audience } }),
    onSuccess(view) {
      queries.setQueryData(keys.digest(communityId), view);
      const sentence = t(byHand ? 'send.doneHand' : 'send.done');
      setSaid(sentence);
      announce(sentence);
      stop();
    },
  });
  const today = send.error instanceof ApiFailure && send.error.code === 'version-conflict';

  function stop(): void {
    setAsking(false);
    setTimeout(focus);
  }

  if (mayNotSend === 'for-nobody') return null;
  return (
    <div className={styles.box}>
      {said !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      {today && <Warning>{t('send.today')}</Warning>}
      {send.isError && !today && <FailureNotice error={send.error} again={() => send.mutate()} />}
      {asking ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {t(
              audience === 'members'
                ? 'send.question_members'
                : byHand
                  ? 'send.question_hand'
                  : 'send.question_sponsor',
              { names: new Intl.ListFormat(texts.locale).format(reached.map(({ name }) => name)) },
            )}
          </MessageBarBody>
          <MessageBarActions>
            <Button autoFocus onClick={stop}>
              {t('send.no')}
            </Button>
            <Button
              appearance="primary"
              disabledFocusable={send.isPending}
              {...(send.isPending ? { icon: <BusySign /> } : {})}
              onClick={() => {
                if (!send.isPending) send.mutate();
              }}
            >
              {t(send.isPending ? 'send.sending' : 'send.yes')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      ) : (
        <div>
          <Button
            ref={button}
            disabledFocusable={blocked}
            aria-describedby={blocked ? reason : undefined}
            onClick={() => {
              if (blocked) return;
              setSaid(null);
              send.reset();
              setAsking(true);
            }}
          >
            {t('send.now')}
          </Button>
          {blocked && (
            <Text size={200} className={styles.quiet} id={reason}>
              {' '}
              {t(mayNotSend === null ? 'send.saveFirst' : 'send.today')}
            </Text>
          )}
        </div>
      )}
    </div>
  );
}
