import { useId, type ReactNode } from 'react';
import { Subtitle1, makeStyles } from '@fluentui/react-components';
import { panelStyle } from '../../components/panel-style.ts';

const useStyles = makeStyles({ panel: { ...panelStyle, alignItems: 'stretch' }, title: { margin: 0 } });

/** One part of the page. */
export function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <Subtitle1 as="h2" id={id} className={styles.title}>
        {title}
      </Subtitle1>
      {children}
    </section>
  );
}
