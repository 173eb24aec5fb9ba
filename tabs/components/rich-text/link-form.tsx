import { useEffect, useState, type KeyboardEvent } from 'react';
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { safeLink } from '../../lib/links.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { addressOf } from './from-markdown.ts';
import { useRichText } from './text.ts';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  field: { flex: '1 1 14rem', minWidth: 0 },
});

/** Asks where a link goes. Enter sets it; Escape leaves it as it was. */
export function LinkForm({
  address,
  apply,
  leave,
}: {
  /** Where it goes now; empty where there is no link yet. */
  readonly address: string;
  readonly apply: (href: string | null) => void;
  readonly leave: () => void;
}) {
  const t = useRichText();
  const styles = useStyles();
  const { ref, focus } = useFocusTarget();
  const [typed, setTyped] = useState(address);
  const [isTried, setTried] = useState(false);
  const href = hrefOf(typed);
  useEffect(focus, [focus]);

  function set(): void {
    setTried(true);
    if (href !== null) apply(href);
  }

  function onKeyDown(event: KeyboardEvent): void {
    // The form around it must neither save nor close.
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') set();
    else leave();
  }

  return (
    <div className={styles.form}>
      <Field
        label={t('address')}
        className={styles.field}
        {...(isTried && href === null ? { validationMessage: t('addressFault') } : {})}
      >
        <Input
          ref={ref}
          type="url"
          dir="ltr"
          value={typed}
          placeholder={t('addressExample')}
          onChange={(_, { value }) => setTyped(value)}
          onKeyDown={onKeyDown}
        />
      </Field>
      <Button appearance="primary" onClick={set}>
        {t('apply')}
      </Button>
      {address !== '' && <Button onClick={() => apply(null)}>{t('unlink')}</Button>}
      <Button onClick={leave}>{t('leave')}</Button>
    </div>
  );
}

/** What somebody means by an address: `example.org/x` is one of the web. */
function hrefOf(typed: string): string | null {
  const words = typed.trim();
  const whole = addressOf(words) ?? (/^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(words) ? `https://${words}` : words);
  return safeLink(whole);
}
