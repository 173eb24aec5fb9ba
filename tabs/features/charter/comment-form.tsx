import { useEffect, useState } from 'react';
import { Field, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { z } from 'zod';
import { charterVoicesApi } from '../../../domain/charter/voices-api.ts';
import type { SectionId } from '../../../domain/charter/charter.ts';
import { longestComment } from '../../../domain/charter/voices.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCall } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useVoiceChange, useVoicesText } from './voices.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
});

/** A word on one section. */
export default function CommentForm({
  section,
  title,
  stop,
}: {
  readonly section: SectionId;
  readonly title: string;
  readonly stop: () => void;
}) {
  const call = useCall();
  const t = useVoicesText();
  const styles = useStyles();
  const change = useVoiceChange();
  const { ref, focus } = useFocusTarget();
  // A press that is repeated after a failure sends the same comment, which is then there once.
  const [id] = useState(() => crypto.randomUUID());
  const draft = useDraft({
    thing: `charter/${section}/comment`,
    schema: z.string(),
    stored: { value: '', etag: null },
  });
  useEffect(focus, [focus]);
  const words = draft.value.trim();

  function send(): void {
    if (words === '' || change.isPending) return;
    change.mutate({
      ask: () => call(charterVoicesApi.comment, { params: { section }, body: { id, text: words } }),
      done: t('sent', { section: title }),
      after() {
        draft.forget();
        stop();
      },
    });
  }

  return (
    <form
      className={styles.form}
      aria-label={t('commentNamed', { section: title })}
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      <Field label={t('words')} hint={t('wordsHint')}>
        <Textarea
          ref={ref}
          value={draft.value}
          maxLength={longestComment}
          resize="vertical"
          onChange={(_, data) => draft.change(data.value)}
        />
      </Field>
      {change.isError && <FailureNotice error={change.error} again={send} />}
      <FormButtons words={t('send')} maySend={words !== ''} busy={change.isPending} draft={draft} stop={stop} />
    </form>
  );
}
