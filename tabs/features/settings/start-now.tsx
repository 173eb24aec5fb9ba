import { Button, Text, makeStyles } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { facilitationApi } from '../../../domain/facilitation/api.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSettingsText } from './text.ts';

const useStyles = makeStyles({ button: { alignSelf: 'flex-start' } });

/** Sends this week's card at once: nobody has to wait for its day. */
export function StartNow() {
  const { announce } = useSession();
  const call = useCall();
  const t = useSettingsText();
  const styles = useStyles();
  const start = useMutation({
    mutationFn: () => call(facilitationApi.startWeek),
    onSuccess: ({ said }) => announce(said),
  });

  return (
    <>
      <Button
        className={styles.button}
        onClick={() => start.mutate()}
        disabledFocusable={start.isPending}
        {...(start.isPending ? { icon: <BusySign /> } : {})}
      >
        {t('start.now')}
      </Button>
      {start.data && <Text>{start.data.said}</Text>}
      {start.isError && <FailureNotice error={start.error} again={() => start.mutate()} />}
    </>
  );
}
