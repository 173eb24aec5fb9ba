import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { usePlanText } from './text.ts';

const useStyles = makeStyles({
  keys: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    margin: 0,
  },
  key: { margin: 0 },
  kbd: {
    fontFamily: tokens.fontFamilyMonospace,
    padding: `0 ${tokens.spacingHorizontalXS}`,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
  },
});

/** What the keys do on the plan. */
export default function KeysSheet({ close }: { readonly close: () => void }) {
  const t = usePlanText();
  const styles = useStyles();
  const keys: readonly (readonly [string, string])[] = [
    [t('keys.arrow-keys'), 'arrows'],
    ['Enter', 'enter'],
    ['M', 'move'],
    [t('keys.space-key'), 'space'],
    ['X', 'choose'],
    ['N', 'new'],
    ['/', 'search'],
    ['Ctrl+Z', 'undo'],
    ['?', 'help'],
  ];
  return (
    <Dialog open onOpenChange={close}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('keys.title')}</DialogTitle>
          <DialogContent>
            <dl className={styles.keys}>
              {keys.map(([key, what]) => (
                <div key={what} style={{ display: 'contents' }}>
                  <dt>
                    <kbd className={styles.kbd}>{key}</kbd>
                  </dt>
                  <dd className={styles.key}>{t(`keys.${what}`)}</dd>
                </div>
              ))}
            </dl>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              {t('keys.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
