import { useEffect, useEffectEvent, useRef } from 'react';
import {
  Button,
  Toast,
  Toaster,
  ToastFooter,
  ToastTitle,
  useToastController,
  type ToastIntent,
} from '@fluentui/react-components';
import { useVisit, type Undoable } from '../lib/session.tsx';
import { useShellText } from '../lib/shell-text.ts';

const toaster = 'undo';

/** How long a way back is offered, in milliseconds; the time stands still while the pointer is on it. */
const offeredFor = 10_000;

/**
 * Says what was just done, with a way back: by its button, which Tab reaches, or by Ctrl+Z wherever nobody types. The
 * focus stays where it is. Only what was done last can be taken back.
 */
export default function UndoToasts({ last }: { readonly last: Undoable }) {
  const { announce } = useVisit();
  const t = useShellText();
  const { dispatchToast, dismissAllToasts } = useToastController(toaster);
  /** What can be taken back now; what is being taken back cannot be once more. */
  const offered = useRef<Undoable | null>(null);

  function show(
    sentence: string,
    intent: ToastIntent,
    button?: { readonly label: string; readonly go: () => void },
    what: Undoable | null = null,
  ): void {
    dismissAllToasts();
    dispatchToast(
      <Toast>
        <ToastTitle>{sentence}</ToastTitle>
        {button && (
          <ToastFooter>
            <Button size="small" onClick={button.go}>
              {button.label}
            </Button>
          </ToastFooter>
        )}
      </Toast>,
      {
        intent,
        timeout: offeredFor,
        pauseOnHover: true,
        pauseOnWindowBlur: true,
        onStatusChange: (_, { status }) => {
          if (status === 'dismissed' && offered.current === what) offered.current = null;
        },
      },
    );
    announce(button ? t('undo.said', { sentence }) : sentence);
  }

  function offer(what: Undoable): void {
    show(what.sentence, 'success', { label: t('undo.label'), go: () => void takeBack(what) }, what);
    offered.current = what;
  }

  /** Nothing where it is not the last any more: its toast may still be on its way out. */
  async function takeBack(what: Undoable): Promise<void> {
    if (what !== offered.current) return;
    offered.current = null;
    dismissAllToasts();
    try {
      if (await what.undo()) show(t('undo.done'), 'info');
    } catch {
      show(t('undo.failed'), 'error', {
        label: t('again'),
        go: () => {
          offered.current = what;
          void takeBack(what);
        },
      });
    }
  }

  const offerLast = useEffectEvent(offer);
  useEffect(() => offerLast(last), [last]);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    const { target } = event;
    const fields = [HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement];
    const types =
      fields.some(field => target instanceof field) || (target instanceof HTMLElement && target.isContentEditable);
    if (!isUndo || types || !offered.current) return;
    event.preventDefault();
    void takeBack(offered.current);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  // What is said aloud is said by the page's own status, once.
  return <Toaster toasterId={toaster} position="bottom" announce={() => undefined} />;
}
