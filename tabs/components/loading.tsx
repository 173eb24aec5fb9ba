import type { ReactNode } from 'react';
import { FailureNotice } from './failure-notice.tsx';
import { Waiting } from './waiting.tsx';

/** In the place of a screen without data: their shape while they are on their way, or why they did not come. */
export function Loading({
  title,
  query,
  label,
  blocks,
}: {
  readonly title?: ReactNode;
  readonly query: { readonly isPending: boolean; readonly error: unknown; refetch(): unknown };
  readonly label: string;
  readonly blocks?: number;
}) {
  return (
    <>
      {title}
      {query.isPending ? (
        <Waiting label={label} {...(blocks === undefined ? {} : { blocks })} />
      ) : (
        <FailureNotice error={query.error} again={() => void query.refetch()} />
      )}
    </>
  );
}
