import { useEffect } from 'react';
import { Field, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { z } from 'zod';
import { longestNote, type RoleOnBoard } from '../../../domain/roles/roles.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, marginTop: 'auto' },
});

/** Offers to take a role on, with a word to those who decide. */
export default function VolunteerForm({
  role,
  own,
  busy,
  send,
  stop,
}: {
  readonly role: RoleOnBoard;
  /** Whoever gives roles takes one on at once. */
  readonly own: boolean;
  readonly busy: boolean;
  /** `sent` is called once it has arrived. */
  readonly send: (note: string, sent: () => void) => void;
  readonly stop: () => void;
}) {
  const t = useRolesText();
  const styles = useStyles();
  const { ref, focus } = useFocusTarget();
  const draft = useDraft({
    thing: `roles/${role.id}/volunteer`,
    schema: z.string(),
    stored: { value: '', etag: null },
  });
  useEffect(focus, [focus]);
  return (
    <form
      className={styles.form}
      aria-label={t(own ? 'volunteer.takeFor' : 'volunteer.openFor', { role: role.title })}
      onSubmit={event => {
        event.preventDefault();
        if (!busy) send(draft.value, draft.forget);
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      <Field label={t(own ? 'volunteer.noteOwn' : 'volunteer.note')}>
        <Textarea
          ref={ref}
          value={draft.value}
          maxLength={longestNote}
          resize="vertical"
          onChange={(_, data) => draft.change(data.value)}
        />
      </Field>
      <FormButtons
        words={t(own ? 'volunteer.sendOwn' : 'volunteer.send')}
        maySend
        busy={busy}
        draft={draft}
        stop={stop}
      />
    </form>
  );
}
