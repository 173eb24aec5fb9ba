import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarBody,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular, MoreHorizontalRegular } from '@fluentui/react-icons';
import { useCallback, useRef, useState } from 'react';
import type { DialogResultView, MessageCommandView } from '../../views.ts';
import { api } from './api.ts';
import { Card } from './card.tsx';
import { Waiting } from './waiting.tsx';

const useStyles = makeStyles({
  menu: { marginInlineStart: 'auto' },
  // The width that Teams calls medium.
  surface: { maxWidth: '600px' },
  content: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, minHeight: '120px' },
  waiting: { margin: 'auto' },
});

/** The menu of a message, with what the app adds to it, and the dialog that opens. */
export function MessageMenu({
  message,
  of,
  commands,
  viewer,
  onOpen,
}: {
  readonly message: string;
  /** Who wrote it. */
  readonly of: string;
  readonly commands: readonly MessageCommandView[];
  readonly viewer: string;
  readonly onOpen: (url: string) => void;
}) {
  const styles = useStyles();
  const [command, setCommand] = useState<MessageCommandView | null>(null);
  const [shown, setShown] = useState<DialogResultView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const button = useRef<HTMLElement | null>(null);
  // A callback, because Fluent's types refuse ref objects under `exactOptionalPropertyTypes`.
  const hold = useCallback((element: HTMLElement | null) => {
    button.current = element;
  }, []);

  async function ask(chosen: MessageCommandView, data?: unknown): Promise<void> {
    setWaiting(true);
    setTrouble(null);
    try {
      const result = await api.ask({
        user: viewer,
        message,
        command: chosen.id,
        ...(data === undefined ? {} : { data }),
      });
      if (result.outcome === 'closed') return close();
      // After an error the dialog stays as it was, with what was typed.
      if (result.outcome === 'error') setTrouble(`${result.shown} ${result.detail}`);
      else setShown(result);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      setWaiting(false);
    }
  }
  function close(): void {
    setCommand(null);
    setShown(null);
    setTrouble(null);
    // The dialog is gone, so the keyboard goes on where it came from.
    setTimeout(() => button.current?.focus());
  }
  function link(url: string): void {
    close();
    onOpen(url);
  }

  return (
    <>
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button
            ref={hold}
            className={styles.menu}
            appearance="subtle"
            size="small"
            icon={<MoreHorizontalRegular />}
            aria-label={`More for the message of ${of}`}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {commands.map(one => (
              <MenuItem
                key={one.id}
                onClick={() => {
                  setCommand(one);
                  void ask(one);
                }}
              >
                {one.title}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {command && (
        <Dialog
          open
          onOpenChange={(_, data) => {
            if (!data.open) close();
          }}
        >
          <DialogSurface className={styles.surface}>
            <DialogBody>
              <DialogTitle
                action={<Button appearance="subtle" icon={<DismissRegular />} aria-label="Close" onClick={close} />}
              >
                {shown?.outcome === 'dialog' ? shown.title : command.title}
              </DialogTitle>
              <DialogContent className={styles.content}>
                {trouble !== null && (
                  <MessageBar intent="error" layout="multiline">
                    <MessageBarBody>{trouble}</MessageBarBody>
                  </MessageBar>
                )}
                {shown === null && waiting && <Waiting className={styles.waiting} label="Asking the app" />}
                {shown?.outcome === 'empty' && <Text hidden>{shown.detail}</Text>}
                {shown?.outcome === 'dialog' && (
                  <Card
                    card={shown.card}
                    label={shown.title}
                    waiting={waiting}
                    bare
                    onPress={action => void ask(command, action.data)}
                    onOpen={link}
                  />
                )}
              </DialogContent>
            </DialogBody>
          </DialogSurface>
        </Dialog>
      )}
    </>
  );
}
