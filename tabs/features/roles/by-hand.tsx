import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { rolesApi, type ByHandDecision, type RolesView } from '../../../domain/roles/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall, useSession } from '../../lib/session.tsx';
import { useRoleChange } from './role-change.ts';
import { useRolesText } from './text.ts';

type Rows = NonNullable<RolesView['byHand']>;

/** Holdings that are older than what their roles let people do: one press lets their holders. */
export function OlderRoles({ view, rows }: { readonly view: RolesView; readonly rows: Rows }) {
  const { texts } = useSession();
  const call = useCall();
  const t = useRolesText();
  const change = useRoleChange(() => {});
  const named = rows.map(({ person, role }) => t('byHand.row', { name: person.name, role: titleIn(view, role) }));

  function confirm(): void {
    const body: ByHandDecision = { decision: 'confirm', rows: rows.map(({ key, etag }) => ({ key, etag })) };
    change.mutate({ ask: () => call(rolesApi.settleRolesByHand, { body }), done: t('older.confirmed') });
  }

  return (
    <>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{t('older.waits', { rows: new Intl.ListFormat(texts.locale).format(named) })}</MessageBarBody>
        <MessageBarActions>
          <Button onClick={confirm} disabledFocusable={change.isPending}>
            {t('older.confirm')}
          </Button>
        </MessageBarActions>
      </MessageBar>
      {change.isError && <FailureNotice error={change.error} />}
    </>
  );
}

function titleIn(view: RolesView, id: string): string {
  return view.roles.find(role => role.id === id)?.title ?? id;
}

/** Rows that were written into SharePoint: they give nobody a role until a coordinator has looked at them. */
export function RolesByHand({ view, rows }: { readonly view: RolesView; readonly rows: Rows }) {
  const { texts } = useSession();
  const call = useCall();
  const t = useRolesText();
  const change = useRoleChange(() => {});
  const named = rows.map(({ person, role, ended }) =>
    t(ended ? 'byHand.rowEnded' : 'byHand.row', { name: person.name, role: titleIn(view, role) }),
  );

  function decide(decision: ByHandDecision['decision']): void {
    const body: ByHandDecision = { decision, rows: rows.map(({ key, etag }) => ({ key, etag })) };
    change.mutate({
      ask: () => call(rolesApi.settleRolesByHand, { body }),
      done: t(decision === 'confirm' ? 'byHand.confirmed' : 'byHand.undone'),
    });
  }

  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('byHand.waits', { rows: new Intl.ListFormat(texts.locale).format(named) })}</MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => decide('confirm')} disabledFocusable={change.isPending}>
            {t('byHand.confirm')}
          </Button>
          <Button onClick={() => decide('put-back')} disabledFocusable={change.isPending}>
            {t('byHand.undo')}
          </Button>
        </MessageBarActions>
      </MessageBar>
      {change.isError && <FailureNotice error={change.error} />}
    </>
  );
}
