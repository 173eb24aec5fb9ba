import { useId, useState } from 'react';
import { Button, Field, Link, Text, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { useDigestText } from './text.ts';
import { mailAddress } from './words.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The digest to paste anywhere, and a mail to each sponsor whom the bot cannot reach. */
export default function AsText({
  text,
  mailTo,
}: {
  readonly text: string;
  readonly mailTo: readonly { readonly name: string; readonly mail: string | null }[];
}) {
  const { announce } = useSession();
  const community = useCommunity();
  const t = useDigestText();
  const styles = useStyles();
  const id = useId();
  const { ref: field, focus } = useFocusTarget();
  const [said, setSaid] = useState<string | null>(null);

  async function copy(): Promise<void> {
    let sentence: string;
    try {
      await navigator.clipboard.writeText(text);
      sentence = t('text.copied');
    } catch {
      focus();
      document.querySelector<HTMLTextAreaElement>(`[id="${id}"]`)?.select();
      sentence = t('text.notCopied');
    }
    setSaid(sentence);
    announce(sentence);
  }

  const mails = mailTo.flatMap(({ name, mail }) =>
    mail === null
      ? []
      : [{ name, ...mailAddress({ to: mail, subject: t('text.subject', { community: community.name }), text }) }],
  );
  return (
    <div className={styles.box}>
      <Field label={t('text.label')}>
        <Textarea ref={field} id={id} value={text} readOnly rows={10} resize="vertical" />
      </Field>
      <div className={styles.bar}>
        <Button onClick={() => void copy()}>{t('text.copy')}</Button>
        {mails.map(({ name, address, whole }) => (
          <span key={name}>
            <Link href={address} target="_blank">
              {t('text.mail', { name })}
            </Link>
            {!whole && (
              <Text size={200} className={styles.quiet}>
                {' '}
                {t('text.paste')}
              </Text>
            )}
          </span>
        ))}
        {said !== null && <Text className={styles.quiet}>{said}</Text>}
      </div>
    </div>
  );
}
