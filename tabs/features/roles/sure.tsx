import { useEffect } from 'react';
import { Button, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useFocusTarget } from '../../lib/focus.ts';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, marginTop: 'auto' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Asks once more, in place, before something is given up. */
export function Sure({
  text,
  yes,
  busy,
  go,
  stop,
}: {
  readonly text: string;
  readonly yes: string;
  readonly busy: boolean;
  readonly go: () => void;
  readonly stop: () => void;
}) {
  const t = useRolesText();
  const styles = useStyles();
  const { ref, focus } = useFocusTarget();
  useEffect(focus, [focus]);
  return (
    <div className={styles.page} role="group" aria-label={text}>
      <Text>{text}</Text>
      <div className={styles.buttons}>
        <Button appearance="primary" ref={ref} disabledFocusable={busy} onClick={go}>
          {yes}
        </Button>
        <Button disabledFocusable={busy} onClick={stop}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}
