import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import { useFocusTarget } from '../lib/focus.ts';
import { useDraftText } from './draft-text.ts';

const useStyles = makeStyles({
  // A line of its own among the buttons of a form.
  asks: { flexBasis: '100%' },
});

/** The button that leaves a form. What somebody wrote is thrown away only once they have said so. */
export function CancelWriting({
  changed,
  busy,
  throwAway,
  label,
  size = 'medium',
}: {
  /** Whether there is anything to lose. */
  readonly changed: boolean;
  readonly busy: boolean;
  /** Forgets what was written and leaves. */
  readonly throwAway: () => void;
  /** What the button says; it cancels where nothing else is said. */
  readonly label?: string;
  readonly size?: 'small' | 'medium';
}) {
  const styles = useStyles();
  const t = useDraftText();
  const [asks, setAsks] = useState(false);
  const { ref, focus } = useFocusTarget();
  return (
    <>
      <Button ref={ref} size={size} disabledFocusable={busy} onClick={() => (changed ? setAsks(true) : throwAway())}>
        {label ?? t('cancel')}
      </Button>
      {asks && changed && (
        <MessageBar intent="warning" layout="multiline" className={styles.asks}>
          <MessageBarBody>{t('sure')}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={throwAway}>{t('throwAway')}</Button>
            <Button
              appearance="primary"
              autoFocus
              onClick={() => {
                setAsks(false);
                focus();
              }}
            >
              {t('goOn')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </>
  );
}
