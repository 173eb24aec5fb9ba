import { useState } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { rolesApi } from '../../../domain/roles/api.ts';
import { HoldingOnBoard, type RoleOnBoard } from '../../../domain/roles/roles.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { Warning } from '../../components/warning.tsx';
import { ApiFailure } from '../../lib/api.ts';
import { showDay } from '../../lib/dates.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useRoleChange } from './role-change.ts';
import { faultOf, TermDraft, termFrom } from './term-draft.ts';
import { TermFields } from './term-fields.tsx';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, marginTop: 'auto' },
});

/**
 * Changes the days and the note of somebody who holds a role. What somebody else saved meanwhile is shown, not lost.
 */
export default function TermForm({
  role,
  holding,
  today,
  stop,
}: {
  readonly role: RoleOnBoard;
  readonly holding: HoldingOnBoard;
  readonly today: string;
  readonly stop: () => void;
}) {
  const { texts } = useSession();
  const call = useCall();
  const t = useRolesText();
  const styles = useStyles();
  const draft = useDraft({
    thing: `roles/${role.id}/term/${holding.person.id}`,
    schema: TermDraft,
    stored: { value: asDraft(holding, today), etag: holding.etag },
  });
  const [meanwhile, setMeanwhile] = useState<string | null>(null);
  const change = useRoleChange(stop);
  const name = holding.person.name;
  const maySave = faultOf(draft.value) === null && !change.isPending;

  function save(): void {
    setMeanwhile(null);
    const ask = () =>
      call(rolesApi.saveTerm, {
        params: { role: role.id, person: holding.person.id },
        body: termFrom(draft.value),
        ifMatch: draft.etag,
      });
    change.mutate({ ask, done: t('term.saved', { name }), forget: draft.forget }, { onError: showConflict });
  }

  function showConflict(error: unknown): void {
    if (!(error instanceof ApiFailure) || error.code !== 'version-conflict') return;
    const current = HoldingOnBoard.safeParse(error.current);
    if (!current.success) return;
    const { since, until, note } = current.data;
    draft.rebase({ value: draft.value, base: asDraft(current.data, today), etag: error.etag });
    setMeanwhile(
      t('term.meanwhile', {
        since: since === null ? '' : showDay(since, texts.locale),
        until: until === null ? t('term.noDay') : showDay(until, texts.locale),
        note: note === '' ? t('term.noNote') : note,
      }),
    );
  }

  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t('term.openFor', { name, role: role.title })}
      onSubmit={event => {
        event.preventDefault();
        if (maySave) save();
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      <TermFields draft={draft.value} change={draft.change} />
      {meanwhile !== null && <Warning>{meanwhile}</Warning>}
      {change.isError && meanwhile === null && <FailureNotice error={change.error} again={save} />}
      <FormButtons words={t('term.save')} maySend={maySave} busy={change.isPending} draft={draft} stop={stop} />
    </form>
  );
}

function asDraft({ since, until, note }: HoldingOnBoard, today: string): TermDraft {
  return { since: since ?? today, until: until ?? '', note };
}
