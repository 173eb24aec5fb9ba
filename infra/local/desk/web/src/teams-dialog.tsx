import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  surface: { maxWidth: '720px' },
  content: { display: 'flex', flexDirection: 'column' },
  page: { height: '55vh', minHeight: '240px' },
});

/** A dialog of Teams: its own title above, its own button below, and between them a page of the app, a few words or a choice. */
export function TeamsDialog({
  title,
  children,
  isPage = false,
  action,
  mayAct = true,
  onAct,
  onClose,
}: {
  readonly title: string;
  /** The page; nothing where the app has none. */
  readonly children?: ReactNode;
  readonly isPage?: boolean;
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
          {children && (
            <DialogContent className={mergeClasses(styles.content, isPage && styles.page)}>{children}</DialogContent>
          )}
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
