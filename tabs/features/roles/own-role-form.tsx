import { useEffect, useState } from 'react';
import { Button, Field, Input, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { api } from '../../../domain/api.ts';
import { longestNote, longestTitle, mostOwnRoles, ownRoleId, type RoleOnBoard } from '../../../domain/roles.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCall } from '../../lib/session.tsx';
import { useRoleChange } from './role-change.ts';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    maxWidth: '32rem',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    padding: tokens.spacingHorizontalL,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Adds a role that the method does not have. */
export default function OwnRoleForm({ roles, stop }: { readonly roles: readonly RoleOnBoard[]; readonly stop: () => void }) {
  const call = useCall();
  const t = useRolesText();
  const styles = useStyles();
  const { ref, focus } = useFocusTarget();
  const [title, setTitle] = useState('');
  const [purpose, setPurpose] = useState('');
  const change = useRoleChange(stop);
  useEffect(focus, [focus]);

  const fault = faultIn(title, roles);
  const maySave = title.trim() !== '' && fault === null && !change.isPending;
  function save(): void {
    change.mutate({ ask: () => call(api.addRole, { body: { title: title.trim(), purpose: purpose.trim() } }), done: t('own.done', { role: title.trim() }) });
  }

  return (
    <form className={styles.form} noValidate aria-label={t('own.open')} onSubmit={event => { event.preventDefault(); if (maySave) save(); }}>
      <Field label={t('own.title')} {...(fault === null ? {} : { validationMessage: t(`own.${fault}`, { count: mostOwnRoles }) })}><Input ref={ref} value={title} maxLength={longestTitle} onChange={(_, data) => setTitle(data.value)} /></Field>
      <Field label={t('own.purpose')}><Textarea value={purpose} maxLength={longestNote} placeholder={t('own.placeholder')} resize="vertical" onChange={(_, data) => setPurpose(data.value)} /></Field>
      {change.isError && <FailureNotice error={change.error} again={save} />}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={!maySave}>{t('own.save')}</Button>
        <Button onClick={stop} disabledFocusable={change.isPending}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

function faultIn(title: string, roles: readonly RoleOnBoard[]): 'exists' | 'letters' | 'full' | null {
  if (roles.filter(({ kind }) => kind === 'own').length >= mostOwnRoles) return 'full';
  if (title.trim() === '') return null;
  const id = ownRoleId(title);
  if (id === undefined) return 'letters';
  return roles.some(role => ownRoleId(role.title) === id) ? 'exists' : null;
}
