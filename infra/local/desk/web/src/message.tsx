import {
  Avatar,
  Badge,
  Button,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import Markdown from 'react-markdown';
import type { MessageCommandView, MessageView, PersonView, PressResultView } from '../../views.ts';
import { api } from './api.ts';
import { Card, type PressedAction } from './card.tsx';
import { Mark } from './mark.tsx';
import { MessageMenu } from './message-menu.tsx';
import { dayOf, timeOf } from './times.ts';

const useStyles = makeStyles({
  message: { display: 'grid', gridTemplateColumns: '32px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalXS,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  body: { minWidth: 0, display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  text: {
    overflowWrap: 'anywhere',
    '& p': { margin: 0 },
    '& p + p': { marginTop: tokens.spacingVerticalS },
    '& a': { color: tokens.colorBrandForegroundLink },
  },
  gone: { fontStyle: 'italic', color: tokens.colorNeutralForeground2 },
  detail: {
    maxWidth: '560px',
    '& summary': { cursor: 'pointer' },
    '& code': { overflowWrap: 'anywhere', fontSize: tokens.fontSizeBase200 },
  },
  // On a phone a card takes the width of the message, below the picture.
  wide: { '@media (max-width: 480px)': { marginLeft: `calc(-32px - ${tokens.spacingHorizontalM})` } },
  bar: { maxWidth: '560px' },
});

export interface MessageProps {
  readonly message: MessageView;
  readonly author: PersonView | null;
  readonly appName: string;
  readonly commands: readonly MessageCommandView[];
  readonly viewer: string;
  readonly zone: string;
  readonly onOpen: (url: string) => void;
}

/** One message: who, when, and what, with the viewer's own view of its card. */
export function Message({ message, author, appName, commands, viewer, zone, onOpen }: MessageProps) {
  const styles = useStyles();
  const [waiting, setWaiting] = useState(false);
  const [result, setResult] = useState<PressResultView | null>(null);
  const name = author?.name ?? appName;
  const wantsRefresh = message.cards.some(card => card['refresh'] !== undefined);

  // Teams refreshes such a card when somebody looks at it, and again whenever the bot has updated it.
  useEffect(() => {
    if (wantsRefresh && document.visibilityState === 'visible')
      void api.look({ user: viewer, message: message.id }).catch(() => undefined);
  }, [wantsRefresh, viewer, message.id, message.editedAt]);

  async function press(action: PressedAction): Promise<void> {
    setWaiting(true);
    setResult(null);
    try {
      setResult(await api.press({ user: viewer, message: message.id, action }));
    } catch (error) {
      setResult({ outcome: 'error', shown: error instanceof Error ? error.message : String(error) });
    } finally {
      setWaiting(false);
    }
  }

  return (
    <article
      className={styles.message}
      aria-label={`${name}, ${dayOf(message.sentAt, zone)}, ${timeOf(message.sentAt, zone)}`}
    >
      {author ? <Avatar name={name} color="colorful" size={32} aria-hidden /> : <Mark size={32} />}
      <div className={styles.body}>
        <div>
          <div className={styles.head}>
            <Text weight="semibold">{name}</Text>
            {!author && (
              <Badge appearance="outline" size="small" color="informative">
                app
              </Badge>
            )}
            <Text size={200} className={styles.quiet}>
              <time dateTime={message.sentAt}>{timeOf(message.sentAt, zone)}</time>
            </Text>
            {message.editedAt !== null && !message.deleted && (
              <Text size={200} className={styles.quiet}>
                Updated {timeOf(message.editedAt, zone)}
              </Text>
            )}
            {message.personalView && (
              <Badge appearance="tint" size="small" color="brand">
                only you see this version
              </Badge>
            )}
            {message.alert && (
              <Badge appearance="tint" size="small" color="important">
                in the activity feed
              </Badge>
            )}
            {!message.deleted && commands.length > 0 && (
              <MessageMenu message={message.id} of={name} commands={commands} viewer={viewer} onOpen={onOpen} />
            )}
          </div>
          {message.deleted && <Text className={styles.gone}>This message was deleted.</Text>}
          {message.text && (
            <div className={styles.text}>
              <Markdown disallowedElements={['img', 'h1', 'h2', 'table']} unwrapDisallowed>
                {message.text}
              </Markdown>
            </div>
          )}
        </div>
        {result && (result.outcome === 'notice' || result.outcome === 'error') && (
          <MessageBar className={styles.bar} intent={result.outcome === 'error' ? 'error' : 'info'} layout="multiline">
            <MessageBarBody>{result.text ?? result.shown}</MessageBarBody>
            <MessageBarActions
              containerAction={
                <Button
                  appearance="transparent"
                  size="small"
                  aria-label="Dismiss"
                  icon={<DismissRegular />}
                  onClick={() => setResult(null)}
                />
              }
            />
          </MessageBar>
        )}
        {message.cards.map((card, index) => (
          <div key={index} className={styles.wide}>
            <Card
              card={card}
              label={`Card from ${name}${message.summary ? `: ${message.summary}` : ''}`}
              waiting={waiting}
              onPress={action => void press(action)}
              onOpen={onOpen}
            />
          </div>
        ))}
        {result?.detail && (
          <details className={mergeClasses(styles.detail, styles.quiet)}>
            <summary>
              <Text size={200}>What the bot answered</Text>
            </summary>
            <code>{result.detail}</code>
          </details>
        )}
      </div>
    </article>
  );
}
