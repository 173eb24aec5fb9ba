import { Button, makeStyles, shorthands, Textarea, ToggleButton, tokens } from '@fluentui/react-components';
import { MentionFilled, MentionRegular, SendFilled } from '@fluentui/react-icons';
import { useState, type KeyboardEvent } from 'react';

const useStyles = makeStyles({
  composer: {
    display: 'flex',
    flexDirection: 'column',
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow4,
    ':focus-within': { ...shorthands.borderColor(tokens.colorBrandStroke1) },
  },
  text: {
    minHeight: '36px',
    ...shorthands.borderStyle('none'),
    backgroundColor: 'transparent',
    '&::after': { display: 'none' },
  },
  offer: { alignSelf: 'flex-start' },
  words: { minHeight: '36px', maxHeight: '160px', fieldSizing: 'content' },
  tools: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
  },
});

/** Where somebody writes. In a channel the bot hears what mentions it: `@` offers it, as in Teams. */
export function Composer({
  label,
  appName,
  inChannel,
  canWrite,
  onSay,
}: {
  readonly label: string;
  readonly appName: string;
  readonly inChannel: boolean;
  readonly canWrite: boolean;
  readonly onSay: (text: string, mention: boolean) => Promise<boolean>;
}) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const [mention, setMention] = useState(false);
  const [sending, setSending] = useState(false);
  const ready = canWrite && !sending && text.trim() !== '';
  const started = inChannel && !mention ? /(?:^|\s)@(\p{L}*)$/u.exec(text)?.[1] : undefined;
  const offered = started !== undefined && appName.toLowerCase().startsWith(started.toLowerCase());

  async function send(): Promise<void> {
    if (!ready) return;
    setSending(true);
    // What was typed stays until it has been sent, and what was typed meanwhile stays too.
    if (await onSay(text.trim(), mention)) setText(now => (now === text ? '' : now));
    setSending(false);
  }
  function choose(): void {
    setText(text.replace(/@\p{L}*$/u, ''));
    setMention(true);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const chooses = offered && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey;
    const sends = event.key === 'Enter' && !event.shiftKey;
    if (!(chooses || sends) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (chooses) choose();
    else void send();
  }

  return (
    <form
      className={styles.composer}
      onSubmit={event => {
        event.preventDefault();
        void send();
      }}
    >
      {offered && (
        <Button className={styles.offer} size="small" appearance="subtle" icon={<MentionRegular />} onClick={choose}>
          {appName} · Enter
        </Button>
      )}
      <Textarea
        className={styles.text}
        textarea={{ 'aria-label': label, className: styles.words }}
        appearance="outline"
        resize="none"
        rows={1}
        placeholder={label}
        value={text}
        disabled={!canWrite}
        onChange={(_, data) => setText(data.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.tools}>
        {inChannel ? (
          <ToggleButton
            appearance="subtle"
            size="small"
            checked={mention}
            icon={mention ? <MentionFilled /> : <MentionRegular />}
            onClick={() => setMention(!mention)}
          >
            Mention {appName}
          </ToggleButton>
        ) : (
          <span />
        )}
        <Button
          type="submit"
          appearance={ready ? 'primary' : 'subtle'}
          size="small"
          icon={<SendFilled />}
          aria-label="Send"
          disabledFocusable={!ready}
        />
      </div>
    </form>
  );
}
