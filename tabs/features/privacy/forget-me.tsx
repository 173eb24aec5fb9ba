import { Suspense, useState } from 'react';
import { Button, MessageBar, MessageBarBody, Subtitle2, Text, makeStyles, tokens } from '@fluentui/react-components';
import type { PrivacyView } from '../../../domain/privacy/api.ts';
import { panelStyle } from '../../components/panel-style.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { later, usePrepared } from '../../lib/later.tsx';
import { useCommunity } from '../../lib/session.tsx';
import { usePrivacyText } from './text.ts';

const ForgetDialog = later(() => import('./forget-dialog.tsx'));

const useStyles = makeStyles({
  panel: { ...panelStyle, rowGap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  title: { margin: 0 },
});

/** The way to have everything erased, after a question. */
export function ForgetMe({ view }: { readonly view: PrivacyView }) {
  const { name } = useCommunity();
  const t = usePrivacyText();
  const styles = useStyles();
  const { ref: button, focus } = useFocusTarget();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  usePrepared(view.first === null, ForgetDialog);

  function close(): void {
    setOpen(false);
    // Once the dialog, which keeps the focus to itself, is gone.
    setTimeout(focus);
  }

  return (
    <section className={styles.panel} aria-label={t('forget.title')}>
      <Subtitle2 as="h2" className={styles.title}>
        {t('forget.title')}
      </Subtitle2>
      <Text>{view.first ?? t('forget.hint')}</Text>
      {done && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{t('forget.done', { community: name })}</MessageBarBody>
        </MessageBar>
      )}
      {view.first === null && (
        <Button ref={button} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {t('forget.open')}
        </Button>
      )}
      {open && (
        <Suspense fallback={null}>
          <ForgetDialog
            view={view}
            close={close}
            erased={() => {
              setDone(true);
              close();
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
