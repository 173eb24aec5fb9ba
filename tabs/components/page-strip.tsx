import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  // Positioned, so that its pages know where they are in it.
  strip: { display: 'flex', overflowX: 'auto', position: 'relative', minWidth: 0 },
  whole: { flexGrow: 1 },
  page: {
    flexShrink: 0,
    minHeight: '44px',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    '@media (max-width: 30rem)': { paddingInline: tokens.spacingHorizontalS },
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
  // What is always wanted stays in sight at the end, however narrow the strip is.
  atEnd: {
    display: 'grid',
    placeItems: 'center',
    marginInlineStart: 'auto',
    position: 'sticky',
    insetInlineEnd: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    fontSize: tokens.fontSizeBase500,
  },
  small: { minHeight: '36px', paddingBlock: tokens.spacingVerticalXS },
  chosen: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
    ':hover': { borderBottomColor: tokens.colorCompoundBrandStroke },
  },
});

interface StripPage<Name extends string> {
  readonly name: Name;
  readonly label: string;
  /** Drawn at the end of the strip in place of its label. */
  readonly icon?: ReactElement;
}

/**
 * The way to the pages of something: Tab enters the strip, arrows, Home and End go along it, Enter opens. Fluent's own
 * strip puts hidden elements that take the focus into the page, which accessibility checks rightly refuse, and 25 KB of
 * code.
 */
export function PageStrip<Name extends string>({
  label,
  pages,
  chosen,
  choose,
  expect,
  current = 'page',
  small = false,
}: {
  /** What a screen reader calls the strip. */
  readonly label: string;
  readonly pages: readonly StripPage<Name>[];
  readonly chosen: Name;
  readonly choose: (name: Name) => void;
  /** A pointer is on one that is not shown: perhaps it is chosen next. */
  readonly expect?: (name: Name) => void;
  /** What the chosen one is: the page that is shown, or only where that is. */
  readonly current?: 'page' | 'true';
  /** For the second of two strips. */
  readonly small?: boolean;
}) {
  const styles = useStyles();
  const strip = useRef<HTMLElement>(null);
  const suspected = useRef(chosen);

  useEffect(() => {
    const page = strip.current?.querySelector<HTMLElement>('[aria-current]');
    // Centred, so that its neighbours on both sides show that the strip goes on.
    page?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [chosen]);

  // When the window becomes narrower or a phone is turned; the page itself stays where it is read.
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const page = element.querySelector<HTMLElement>('[aria-current]');
      if (page) element.scrollTo({ left: page.offsetLeft - (element.clientWidth - page.offsetWidth) / 2 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  /** A pointer that moves over a page; when the strip is scrolled under a pointer that rests, nobody means it. */
  function suspect(name: Name): void {
    if (name === suspected.current) return;
    suspected.current = name;
    if (name !== chosen) expect?.(name);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(strip.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex(button => button === document.activeElement);
    const next = buttons[nextIndex(event.key, at, buttons.length) ?? -1];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <nav
      ref={strip}
      aria-label={label}
      className={mergeClasses(styles.strip, !small && styles.whole)}
      onKeyDown={onKeyDown}
    >
      {pages.map(({ name, label: word, icon }) => (
        <button
          key={name}
          type="button"
          aria-current={name === chosen ? current : undefined}
          tabIndex={name === chosen ? 0 : -1}
          className={mergeClasses(
            styles.page,
            small && styles.small,
            icon && styles.atEnd,
            name === chosen && styles.chosen,
          )}
          {...(icon ? { 'aria-label': word, title: word } : {})}
          onClick={() => choose(name)}
          onPointerMove={() => suspect(name)}
        >
          {icon ?? word}
        </button>
      ))}
    </nav>
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
