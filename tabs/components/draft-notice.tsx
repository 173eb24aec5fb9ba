import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { showMoment } from '../lib/dates.ts';
import { useSession } from '../lib/session.tsx';
import { useDraftText } from './draft-text.ts';

/** Says that a form shows a draft of an earlier visit, with a way to be rid of it, or that this browser keeps none. */
export function DraftNotice({
  draft: { restoredAt, lost },
  discard,
}: {
  readonly draft: { readonly restoredAt: string | null; readonly lost: boolean };
  readonly discard: () => void;
}) {
  const { texts } = useSession();
  const t = useDraftText();
  return (
    <>
      {restoredAt !== null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('restored', { when: showMoment(restoredAt, texts.locale) })}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={discard}>{t('discard')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {lost && (
        <div role="alert">
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('lost')}</MessageBarBody>
          </MessageBar>
        </div>
      )}
    </>
  );
}
