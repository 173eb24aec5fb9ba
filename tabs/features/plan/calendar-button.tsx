import { Suspense, lazy, useState } from 'react';
import { Button } from '@fluentui/react-components';
import { CalendarLtrRegular } from '@fluentui/react-icons';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCalendarText } from './calendar-text.ts';

const CalendarPanel = lazy(() => import('./calendar-panel.tsx'));

/** The way to the plan in one's own calendar. */
export function CalendarButton() {
  const t = useCalendarText();
  const [open, setOpen] = useState(false);
  const { ref, focus } = useFocusTarget();

  function close(): void {
    setOpen(false);
    // The panel is gone, so the focus goes back to where it came from.
    setTimeout(focus);
  }

  return (
    <>
      <Button ref={ref} icon={<CalendarLtrRegular />} onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <CalendarPanel close={close} />
        </Suspense>
      )}
    </>
  );
}
