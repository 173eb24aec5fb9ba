import { Suspense, lazy, useState } from 'react';
import { Button } from '@fluentui/react-components';
import { CalendarLtrRegular } from '@fluentui/react-icons';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCalendarText } from './calendar-text.ts';
import { useToolStyles } from './tool-style.ts';

const CalendarPanel = lazy(() => import('./calendar-panel.tsx'));

/** The way to the plan in one's own calendar. */
export function CalendarButton({ className }: { readonly className: string }) {
  const t = useCalendarText();
  const tools = useToolStyles();
  const [open, setOpen] = useState(false);
  const { ref, focus } = useFocusTarget();

  function close(): void {
    setOpen(false);
    // The panel is gone, so the focus goes back to where it came from.
    setTimeout(focus);
  }

  return (
    <>
      <Button
        ref={ref}
        className={className}
        icon={<CalendarLtrRegular />}
        aria-label={t('open')}
        onClick={() => setOpen(true)}
      >
        <span className={tools.word}>{t('open')}</span>
      </Button>
      {open && (
        <Suspense fallback={null}>
          <CalendarPanel close={close} />
        </Suspense>
      )}
    </>
  );
}
