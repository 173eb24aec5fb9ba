import { showRecent } from '../lib/dates.ts';
import { useVisit } from '../lib/session.tsx';
import { useShellText } from '../lib/shell-text.ts';
import { FailureNotice } from './failure-notice.tsx';

/** Nothing, as long as what is shown could be read anew; else why not, and as of when it is. */
export function Outdated({
  query: { isError, error, dataUpdatedAt, refetch },
}: {
  readonly query: {
    readonly isError: boolean;
    readonly error: unknown;
    /** Milliseconds since 1970. */
    readonly dataUpdatedAt: number;
    refetch(): unknown;
  };
}) {
  const { locale } = useVisit().texts;
  const t = useShellText();
  if (!isError) return null;
  return (
    <FailureNotice
      error={error}
      note={t('asOf', { when: showRecent(new Date(dataUpdatedAt), locale) })}
      again={() => void refetch()}
    />
  );
}
