import { Suspense, lazy } from 'react';
import { Text, makeStyles, tokens } from '@fluentui/react-components';
import { tooComplex } from '../../domain/markdown-complexity.ts';
import { useShellText } from '../lib/shell-text.ts';
import { ErrorBoundary } from './error-boundary.tsx';

const MarkdownBody = lazy(() => import('./markdown-body.tsx'));

const useStyles = makeStyles({
  plain: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  bounded: { maxHeight: '20rem', overflowY: 'auto' },
  note: { color: tokens.colorNeutralForeground2 },
});

/**
 * Shows Markdown that a person wrote. Until the reader for it has arrived, the text stands as it was typed; so does
 * what would take it too long, or break it: the rest of the screen goes on.
 */
export function Markdown({ text }: { readonly text: string }) {
  const styles = useStyles();
  if (tooComplex(text)) return <AsTyped text={text} />;
  return (
    // A new text is a new try.
    <ErrorBoundary key={text} instead={<AsTyped text={text} />}>
      <Suspense fallback={<div className={styles.plain}>{text}</div>}>
        <MarkdownBody text={text} />
      </Suspense>
    </ErrorBoundary>
  );
}

function AsTyped({ text }: { readonly text: string }) {
  const styles = useStyles();
  const t = useShellText();
  return (
    <>
      <Text size={200} className={styles.note}>
        {t('asTyped.note')}
      </Text>
      <div className={`${styles.plain} ${styles.bounded}`} tabIndex={0} role="group" aria-label={t('asTyped.label')}>
        {text}
      </div>
    </>
  );
}
