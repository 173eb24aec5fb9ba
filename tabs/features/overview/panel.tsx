import { useId, type ReactNode } from 'react';
import { Button, Subtitle1, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { panelStyle } from '../../components/panel-style.ts';

const useStyles = makeStyles({
  panel: { ...panelStyle, boxSizing: 'border-box' },
  accent: { borderInlineStartWidth: '4px', borderInlineStartColor: tokens.colorCompoundBrandStroke },
  title: { margin: 0 },
  go: { alignSelf: 'flex-start', marginTop: 'auto' },
});

/** One part of the overview, with the way to the screen that says more. */
export function Panel({
  title,
  more,
  go,
  call = false,
  accent = false,
  children,
}: {
  readonly title: string;
  /** Text of the button; none without it. */
  readonly more?: string;
  readonly go?: () => void;
  /** Whether the button is what this panel asks for. */
  readonly call?: boolean;
  readonly accent?: boolean;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  return (
    <section className={mergeClasses(styles.panel, accent && styles.accent)} aria-labelledby={id}>
      <Subtitle1 as="h2" id={id} className={styles.title}>
        {title}
      </Subtitle1>
      {children}
      {more && (
        <Button className={styles.go} appearance={call ? 'primary' : 'secondary'} onClick={go}>
          {more}
        </Button>
      )}
    </section>
  );
}
