import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CalendarAddRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { calendarApi } from '../../../domain/calendar/api.ts';
import type { ActionView } from '../../../domain/plan/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useHandOver } from '../../lib/hand-over.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { useCalendarText } from './calendar-text.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: tokens.spacingVerticalS },
});

/** One action, as it is stored, as a file that any calendar opens. */
export function AddToCalendar({ action }: { readonly action: Pick<ActionView, 'id' | 'due'> }) {
  const { announce } = useSession();
  const handOver = useHandOver();
  const t = useCalendarText();
  const mayTake = !useCommunity().off.includes('exports');
  const styles = useStyles();
  const take = useMutation({
    mutationFn: () => handOver(calendarApi.actionCalendar, { action: action.id }),
    onSuccess(file) {
      announce(t('oneReady', { name: file.name }));
    },
  });
  if (action.due === null || !mayTake) return null;

  return (
    <div className={styles.part}>
      <Button
        size="small"
        icon={<CalendarAddRegular />}
        disabledFocusable={take.isPending}
        onClick={() => {
          if (!take.isPending) take.mutate();
        }}
      >
        {t('one')}
      </Button>
      {take.isError && <FailureNotice error={take.error} again={() => take.mutate()} />}
    </div>
  );
}
