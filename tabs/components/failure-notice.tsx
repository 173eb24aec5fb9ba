import { useState } from 'react';
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { ApiFailure, type FailureCode } from '../lib/api.ts';
import { useVisit } from '../lib/session.tsx';
import type { Translate } from '../lib/text.ts';
import { useShellText } from '../lib/shell-text.ts';

/** What went wrong, what to do, and the button that does it. Asks for consent when that is the cure. */
export function FailureNotice({
  error,
  note,
  again,
}: {
  readonly error: unknown;
  /** What else is to be known about it. */
  readonly note?: string;
  readonly again?: () => void;
}) {
  const { host } = useVisit();
  const t = useShellText();
  const [refused, setRefused] = useState(false);
  const failure = error instanceof ApiFailure ? error : new ApiFailure('unexpected', String(error));
  const consent = failure.code === 'consent-needed';

  async function allow(): Promise<void> {
    setRefused(false);
    const page = new URL('/tabs/?frame=consent', location.origin);
    if (failure.claims !== null) page.searchParams.set('claims', failure.claims);
    try {
      await host.signInWindow(page.href);
    } catch {
      setRefused(true);
      return;
    }
    again?.();
  }

  return (
    <div role="alert">
      <MessageBar intent={consent ? 'warning' : 'error'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t(`failure.${failure.code}.title`)}</MessageBarTitle>
          <div>{hintFor(failure, t)}</div>
          {note !== undefined && <div>{note}</div>}
          {refused && <div>{t('consentFailed')}</div>}
        </MessageBarBody>
        {(consent || again) && (
          <MessageBarActions>
            {consent ? (
              <Button appearance="primary" onClick={() => void allow()}>
                {t('allow')}
              </Button>
            ) : (
              <Button onClick={again}>{t('again')}</Button>
            )}
          </MessageBarActions>
        )}
      </MessageBar>
    </div>
  );
}

const saysMore: readonly FailureCode[] = [
  'invalid',
  'too-complex',
  'throttled',
  'too-many-requests',
  'unavailable',
  'unexpected',
];

function hintFor(failure: ApiFailure, t: Translate): string {
  // The server knows best which value it was, whom to wait for, whose budget is spent, and whether something may have
  // been saved.
  if (failure.said !== null && saysMore.includes(failure.code)) return failure.said;
  return t(`failure.${failure.code}.hint`);
}
