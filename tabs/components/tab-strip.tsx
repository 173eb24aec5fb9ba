import { useEffect, useRef, type KeyboardEvent } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  // Positioned, so that its tabs know where they are in it.
  strip: { display: 'flex', overflowX: 'auto', position: 'relative' },
  tab: {
    flexShrink: 0,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    border: 'none',
    // Truly transparent: in high contrast the token draws a line under every tab.
    borderBottom: '3px solid transparent',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1Hover },
    ':focus-visible': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
      borderRadius: tokens.borderRadiusMedium,
    },
  },
  chosen: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
    ':hover': { borderBottomColor: tokens.colorCompoundBrandStroke },
  },
});

interface StripTab<Name extends string> {
  readonly name: Name;
  readonly label: string;
}

/**
 * The tabs of a page: Tab enters the strip, arrows, Home and End go along it. Fluent's own strip puts hidden elements
 * that take the focus into the page, which accessibility checks rightly refuse, and 25 KB of code.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function TabStrip<Name extends string>({
  label,
  tabs,
  chosen,
  choose,
  expect,
}: {
  readonly label: string;
  readonly tabs: readonly StripTab<Name>[];
  readonly chosen: Name;
  readonly choose: (name: Name) => void;
  /** A pointer is on one that is not shown: perhaps it is chosen next. */
  readonly expect?: (name: Name) => void;
}) {
  const styles = useStyles();
  const strip = useRef<HTMLDivElement>(null);
  const byKeyboard = useRef(false);
  const suspected = useRef(chosen);

  useEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>('[aria-selected=true]');
    // Centred, so that its neighbours on both sides show that the strip goes on.
    tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
    if (!byKeyboard.current) return;
    byKeyboard.current = false;
    tab?.focus({ preventScroll: true });
  }, [chosen]);

  // When the window becomes narrower or a phone is turned; the page itself stays where it is read.
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const tab = element.querySelector<HTMLElement>('[aria-selected=true]');
      if (tab) element.scrollTo({ left: tab.offsetLeft - (element.clientWidth - tab.offsetWidth) / 2 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  /** A pointer that moves over a tab; when the strip is scrolled under a pointer that rests, nobody means it. */
  function suspect(name: Name): void {
    if (name === suspected.current) return;
    suspected.current = name;
    if (name !== chosen) expect?.(name);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next =
      tabs[
        nextIndex(
          event.key,
          tabs.findIndex(tab => tab.name === chosen),
          tabs.length,
        ) ?? -1
      ];
    if (!next) return;
    event.preventDefault();
    byKeyboard.current = true;
    choose(next.name);
  }

  return (
    <div ref={strip} role="tablist" aria-label={label} className={styles.strip} onKeyDown={onKeyDown}>
      {tabs.map(tab => (
        <button
          key={tab.name}
          type="button"
          role="tab"
          id={`tab-${tab.name}`}
          aria-controls={`screen-${tab.name}`}
          aria-selected={tab.name === chosen}
          tabIndex={tab.name === chosen ? 0 : -1}
          className={mergeClasses(styles.tab, tab.name === chosen && styles.chosen)}
          onClick={() => choose(tab.name)}
          onPointerMove={() => suspect(tab.name)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

function nextIndex(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
