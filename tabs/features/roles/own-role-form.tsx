import { useEffect, useState } from 'react';
import { Field, Input, Textarea, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { z } from 'zod';
import { rolesApi } from '../../../domain/roles/api.ts';
import { longestNote, longestTitle, mostOwnRoles, ownRoleId, RoleOnBoard } from '../../../domain/roles/roles.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { Warning } from '../../components/warning.tsx';
import { ApiFailure } from '../../lib/api.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCall } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useRoleChange } from './role-change.ts';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  apart: { ...panelStyle, maxWidth: '32rem' },
});

const Words = z.object({ title: z.string(), purpose: z.string() });

/** Adds a role that the method does not have, or renames one. What somebody else saved meanwhile is shown, not lost. */
export default function OwnRoleForm({
  roles,
  role = null,
  stop,
}: {
  readonly roles: readonly RoleOnBoard[];
  /** The own role that is being changed; null for a new one. */
  readonly role?: RoleOnBoard | null;
  readonly stop: () => void;
}) {
  const call = useCall();
  const t = useRolesText();
  const styles = useStyles();
  const { ref, focus } = useFocusTarget();
  const draft = useDraft({
    thing: role ? `roles/${role.id}/words` : 'roles/new',
    schema: Words,
    stored: { value: { title: role?.title ?? '', purpose: role?.purpose ?? '' }, etag: role?.etag ?? null },
  });
  const { title, purpose } = draft.value;
  const [meanwhile, setMeanwhile] = useState<string | null>(null);
  const change = useRoleChange(stop);
  useEffect(focus, [focus]);

  const fault = faultIn(title, roles, role);
  const maySave = title.trim() !== '' && fault === null && !change.isPending;
  function save(): void {
    setMeanwhile(null);
    const body = { title: title.trim(), purpose: purpose.trim() };
    const ask = () =>
      role
        ? call(rolesApi.changeRole, { params: { role: role.id }, body, ifMatch: draft.etag })
        : call(rolesApi.addRole, { body });
    const done = t(role ? 'own.changed' : 'own.done', { role: body.title });
    change.mutate({ ask, done, forget: draft.forget }, { onError: showConflict });
  }

  function showConflict(error: unknown): void {
    if (!(error instanceof ApiFailure) || error.code !== 'version-conflict') return;
    const current = RoleOnBoard.safeParse(error.current);
    if (!current.success) return;
    const { title: storedTitle, purpose: storedPurpose } = current.data;
    draft.rebase({ value: draft.value, base: { title: storedTitle, purpose: storedPurpose }, etag: error.etag });
    setMeanwhile(t('own.meanwhile', { role: current.data.title, purpose: current.data.purpose || t('own.noPurpose') }));
  }

  return (
    <form
      className={mergeClasses(styles.form, role === null && styles.apart)}
      noValidate
      aria-label={role ? t('own.changeFor', { role: role.title }) : t('own.open')}
      onSubmit={event => {
        event.preventDefault();
        if (maySave) save();
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      <Field
        label={t('own.title')}
        {...(fault === null ? {} : { validationMessage: t(`own.${fault}`, { count: mostOwnRoles }) })}
      >
        <Input
          ref={ref}
          value={title}
          maxLength={longestTitle}
          onChange={(_, data) => draft.change({ title: data.value, purpose })}
        />
      </Field>
      <Field label={t('own.purpose')}>
        <Textarea
          value={purpose}
          maxLength={longestNote}
          placeholder={t('own.placeholder')}
          resize="vertical"
          onChange={(_, data) => draft.change({ title, purpose: data.value })}
        />
      </Field>
      {meanwhile !== null && <Warning>{meanwhile}</Warning>}
      {change.isError && meanwhile === null && <FailureNotice error={change.error} again={save} />}
      <FormButtons
        words={t(role ? 'own.saveChange' : 'own.save')}
        maySend={maySave}
        busy={change.isPending}
        draft={draft}
        stop={stop}
      />
    </form>
  );
}

function faultIn(
  title: string,
  roles: readonly RoleOnBoard[],
  changed: RoleOnBoard | null,
): 'exists' | 'letters' | 'full' | null {
  if (!changed && roles.filter(({ kind }) => kind === 'own').length >= mostOwnRoles) return 'full';
  if (title.trim() === '') return null;
  const id = ownRoleId(title);
  if (id === undefined) return 'letters';
  return roles.some(role => role.id !== changed?.id && ownRoleId(role.title) === id) ? 'exists' : null;
}
