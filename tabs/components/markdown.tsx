import { Suspense, lazy } from 'react';
import { makeStyles } from '@fluentui/react-components';

const MarkdownBody = lazy(() => import('./markdown-body.tsx'));

const useStyles = makeStyles({ plain: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } });

/** Shows Markdown that a person wrote. Until the reader for it has arrived, the text stands as it was typed. */
export function Markdown({ text }: { readonly text: string }) {
  const styles = useStyles();
  return (
    <Suspense fallback={<div className={styles.plain}>{text}</div>}>
      <MarkdownBody text={text} />
    </Suspense>
  );
}
