import { AdaptiveCard, ExecuteAction, OpenUrlAction, SubmitAction, type Action } from 'adaptivecards';
import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { hostConfig, readMarkdown } from '../../../../../tabs/components/card-host.ts';
import '../../../../../tabs/components/card.css';

export interface PressedAction {
  readonly verb?: string;
  readonly id?: string;
  readonly data: unknown;
}

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    maxWidth: '560px',
    overflow: 'hidden',
    '&:focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  full: { maxWidth: '880px' },
  // In a dialog, whose frame it fills.
  bare: {
    ...shorthands.borderStyle('none'),
    boxShadow: 'none',
    maxWidth: 'none',
    backgroundColor: 'transparent',
    margin: `0 calc(-1 * ${tokens.spacingHorizontalL})`,
  },
  waiting: { opacity: 0.65, pointerEvents: 'none' },
});

/** An Adaptive Card as Microsoft's own renderer draws it. */
export function Card({
  card,
  label,
  waiting,
  bare = false,
  onPress,
  onOpen,
}: {
  readonly card: Readonly<Record<string, unknown>>;
  readonly label: string;
  readonly waiting: boolean;
  readonly bare?: boolean;
  readonly onPress: (action: PressedAction) => void;
  readonly onOpen: (url: string) => void;
}) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const handlers = useRef({ onPress, onOpen });
  useEffect(() => {
    handlers.current = { onPress, onOpen };
  });
  // The state is fetched anew with every event; only a card that says something else is drawn anew.
  const json = JSON.stringify(card);

  useEffect(() => {
    const target = place.current;
    if (!target) return;
    const focused = focusedIn(target);
    readMarkdown();
    const drawing = new AdaptiveCard();
    drawing.hostConfig = hostConfig;
    drawing.onExecuteAction = action => run(action, handlers.current);
    drawing.parse(JSON.parse(json));
    const element = drawing.render();
    target.replaceChildren(...(element ? [element] : []));
    // The group around it carries the name, and is what can be focused.
    element?.removeAttribute('tabindex');
    // Whoever pressed a button stays where they were, so that the keyboard does not start again at the top of the page.
    if (focused) (again(target, focused) ?? target).focus();
  }, [json]);

  const isFull = (card['msteams'] as { width?: string } | undefined)?.width?.toLowerCase() === 'full';
  return (
    <div
      ref={place}
      role="group"
      aria-label={label}
      aria-busy={waiting}
      tabIndex={-1}
      className={mergeClasses(
        'card',
        styles.card,
        isFull && styles.full,
        bare && styles.bare,
        waiting && styles.waiting,
      )}
    />
  );
}

function run(
  action: Action,
  { onPress, onOpen }: { onPress: (action: PressedAction) => void; onOpen: (url: string) => void },
): void {
  if (action instanceof OpenUrlAction) return action.url ? onOpen(action.url) : undefined;
  if (action instanceof ExecuteAction)
    return onPress({
      data: action.data ?? {},
      ...(action.verb ? { verb: action.verb } : {}),
      ...(action.id ? { id: action.id } : {}),
    });
  // For old clients only: the desk is a new one, which prefers Action.Execute.
  if (action instanceof SubmitAction)
    return onPress({ data: action.data ?? {}, ...(action.id ? { id: action.id } : {}) });
}

interface Focused {
  readonly name: string;
  readonly index: number;
}

const focusable = 'button, a[href], input, select, textarea, [role="button"]';

function nameOf(element: Element): string {
  return element.getAttribute('aria-label') ?? element.textContent ?? '';
}

function focusedIn(target: HTMLElement): Focused | null {
  if (!target.contains(document.activeElement) || !document.activeElement) return null;
  return {
    name: nameOf(document.activeElement),
    index: [...target.querySelectorAll(focusable)].indexOf(document.activeElement),
  };
}

function again(target: HTMLElement, { name, index }: Focused): HTMLElement | undefined {
  const all = [...target.querySelectorAll<HTMLElement>(focusable)];
  return all.find(one => name !== '' && nameOf(one) === name) ?? all[Math.min(index, all.length - 1)];
}
