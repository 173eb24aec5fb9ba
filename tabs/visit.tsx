import { Suspense, lazy, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { createClient } from './lib/api.ts';
import type { PageConfig } from './lib/config.ts';
import { removeOldDrafts } from './lib/drafts.ts';
import { createKeptViews } from './lib/kept-views.ts';
import { createQueries } from './lib/queries.ts';
import { VisitContext, type Undoable, type Visit as VisitParts } from './lib/session.tsx';
import type { Host } from './lib/teams.ts';
import type { Texts } from './lib/text.ts';
import { useWhenIdle } from './lib/use-when-idle.ts';

// Nobody has done anything yet when the tab opens.
const UndoToasts = lazy(() => import('./components/undo-toasts.tsx'));
const FocusKeeper = lazy(() => import('./components/focus-keeper.tsx'));

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** A person in the tab, whatever it shows: their way to the server, what was read, and what is said aloud. */
export function Visit({
  host,
  config,
  texts,
  children,
}: {
  readonly host: Host;
  readonly config: PageConfig;
  readonly texts: Texts;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const [queries] = useState(createQueries);
  const [said, setSaid] = useState({ sentence: '', count: 0 });
  // The count makes a repeated sentence a new one, so that it is said again.
  const announce = useCallback((sentence: string) => setSaid(before => ({ sentence, count: before.count + 1 })), []);
  const [done, setDone] = useState<Undoable | null>(null);
  const [isIdle, setIdle] = useState(false);
  useWhenIdle(true, () => setIdle(true));
  const { locale } = texts;
  const client = useMemo(() => {
    const views = createKeptViews({
      storage: () => localStorage,
      whose: host.context.personId,
      language: locale,
      version: config.version,
    });
    return createClient({ token: host.token, locale, views });
  }, [host, config, locale]);
  const visit = useMemo<VisitParts>(
    () => ({ host, config, texts, announce, offerUndo: setDone, client }),
    [host, config, texts, announce, client],
  );
  useEffect(() => removeOldDrafts(() => localStorage, new Date()), []);

  return (
    <VisitContext value={visit}>
      <QueryClientProvider client={queries}>
        {children}
        {isIdle && (
          <ErrorBoundary instead={null}>
            <Suspense fallback={null}>
              <FocusKeeper />
            </Suspense>
          </ErrorBoundary>
        )}
        {done && (
          <ErrorBoundary instead={null}>
            <Suspense fallback={null}>
              <UndoToasts last={done} />
            </Suspense>
          </ErrorBoundary>
        )}
        <div role="status" aria-live="polite" className={styles.hidden}>
          <span key={said.count}>{said.sentence}</span>
        </div>
      </QueryClientProvider>
    </VisitContext>
  );
}
