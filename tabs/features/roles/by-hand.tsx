import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { api } from '../../../domain/api.ts';
import type { ByHandDecision, RolesView } from '../../../domain/roles/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall, useSession } from '../../lib/session.tsx';
import { useRoleChange } from './role-change.ts';
import { useRolesText } from './text.ts';

/** Rows that were written into SharePoint: they give nobody a role until a coordinator has looked at them. */
export function RolesByHand({
  view,
  rows,
}: {
  readonly view: RolesView;
  readonly rows: NonNullable<RolesView['byHand']>;
}) {
  const { texts } = useSession();
  const call = useCall();
  const t = useRolesText();
  const change = useRoleChange(() => {});
  const titleOf = (id: string): string => view.roles.find(role => role.id === id)?.title ?? id;
  const named = rows.map(({ person, role, ended }) =>
    t(ended ? 'byHand.rowEnded' : 'byHand.row', { name: person.name, role: titleOf(role) }),
  );

  function decide(decision: ByHandDecision['decision']): void {
    const body: ByHandDecision = { decision, rows: rows.map(({ key, etag }) => ({ key, etag })) };
    change.mutate({
      ask: () => call(api.settleRolesByHand, { body }),
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
