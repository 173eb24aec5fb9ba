import { Button } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { Person } from '../../../domain/community.ts';
import { mentionedIn, wordsOf, type TypedComment } from '../../../domain/plan/comments.ts';
import type { ActionCommentsView } from '../../../domain/plan/comments-api.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { useDetailStyles } from './detail-style.ts';
import { MentionField, type TypedWords } from './mention-field.tsx';

const Draft = z.object({ id: z.string(), text: z.string(), people: z.array(Person) });
type Draft = z.infer<typeof Draft>;

/** Writes a comment, or changes one. What is typed is kept until it is sent. */
export function CommentWriter({
  thing,
  label,
  hint,
  button,
  stored,
  ask,
  done,
  stop,
}: {
  /** Names the draft. */
  readonly thing: string;
  readonly label: string;
  readonly hint?: string;
  readonly button: string;
  readonly stored: TypedWords;
  /** `id` is that of a new comment. */
  readonly ask: (typed: TypedComment & { readonly id: string }) => Promise<ActionCommentsView>;
  readonly done: (view: ActionCommentsView) => void;
  /** Leaves the field, where it stands only while a comment is changed. */
  readonly stop?: () => void;
}) {
  const styles = useDetailStyles();
  const { ref, focus } = useFocusTarget();
  // It is kept with the draft: what is sent again after a failure, or another visit, is there once.
  const [newId, setNewId] = useState(() => crypto.randomUUID() as string);
  const draft = useDraft<Draft>({
    thing,
    schema: Draft,
    stored: { value: { id: newId, text: stored.text, people: [...stored.people] }, etag: null },
    same: (one, other) => one.text === other.text,
  });
  const { id, text, people } = draft.value;
  const sending = useMutation({
    mutationFn: () =>
      ask({ id, text: text.trim(), mentions: mentionedIn(wordsOf(text, people)).map(person => person.id) }),
    onSuccess(view) {
      draft.reset();
      setNewId(crypto.randomUUID());
      done(view);
    },
  });
  const maySend = text.trim() !== '' && (!stop || draft.changed);
  useLeavingGuard(sending.isPending || draft.lost);
  useEffect(() => {
    if (stop) focus();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when it comes up
  }, []);

  function send(): void {
    if (maySend && !sending.isPending) sending.mutate();
  }

  let buttons: ReactNode = null;
  if (stop)
    buttons = <FormButtons words={button} maySend={maySend} busy={sending.isPending} draft={draft} stop={stop} />;
  else if (text.trim() !== '')
    buttons = (
      <div className={styles.bar}>
        <Button
          type="submit"
          size="small"
          disabledFocusable={sending.isPending}
          {...(sending.isPending ? { icon: <BusySign /> } : {})}
        >
          {button}
        </Button>
      </div>
    );

  return (
    <form
      className={styles.part}
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      <MentionField
        label={label}
        {...(hint === undefined ? {} : { hint })}
        words={draft.value}
        busy={sending.isPending}
        change={words => draft.change({ id, text: words.text, people: [...words.people] })}
        send={send}
        focus={ref}
        {...(stop ? { leave: () => (draft.changed ? undefined : stop()) } : {})}
      />
      {sending.isError && <FailureNotice error={sending.error} again={send} />}
      {buttons}
    </form>
  );
}
