import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { DraftInForm } from '../lib/use-draft.ts';
import { BusySign } from './busy-sign.tsx';
import { CancelWriting } from './cancel-writing.tsx';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** The foot of a form whose draft is kept: sends it, or leaves it. */
export function FormButtons({
  words,
  maySend,
  busy,
  draft,
  stop,
}: {
  /** What the button says that sends it. */
  readonly words: string;
  readonly maySend: boolean;
  /** It is on its way. */
  readonly busy: boolean;
  readonly draft: Pick<DraftInForm<unknown>, 'changed' | 'forget'>;
  /** Leaves the form, once the draft is thrown away. */
  readonly stop: () => void;
}) {
  const styles = useStyles();
  return (
    <div className={styles.buttons}>
      <Button
        type="submit"
        appearance="primary"
        disabledFocusable={!maySend || busy}
        {...(busy ? { icon: <BusySign /> } : {})}
      >
        {words}
      </Button>
      <CancelWriting
        changed={draft.changed}
        busy={busy}
        throwAway={() => {
          draft.forget();
          stop();
        }}
      />
    </div>
  );
}
