import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  surface: { maxWidth: '720px' },
  content: { display: 'flex', flexDirection: 'column', height: '55vh', minHeight: '240px' },
});

/** What Teams shows around a page of the app that is about one tab: its own title above, its own button below. */
export function TabDialog({
  title,
  children,
  action,
  mayAct = true,
  onAct,
  onClose,
}: {
  readonly title: string;
  /** The page; nothing where the app has none. */
  readonly children?: ReactNode;
  readonly action: string;
  readonly mayAct?: boolean;
  readonly onAct: () => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  return (
    <Dialog
      open
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          {children && <DialogContent className={styles.content}>{children}</DialogContent>}
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              appearance="primary"
              disabledFocusable={!mayAct}
              onClick={() => {
                if (mayAct) onAct();
              }}
            >
              {action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
