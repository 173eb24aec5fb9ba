import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { settingsApi, type SettingsView } from '../../../domain/settings/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSettingsText } from './text.ts';

/** Somebody changed the copy of the settings in SharePoint: who, what, that it has no effect, and the way back. */
export function ChangedByHand({ byHand }: { readonly byHand: NonNullable<SettingsView['byHand']> }) {
  const { communityId, texts, announce } = useSession();
  const call = useCall();
  const t = useSettingsText();
  const queries = useQueryClient();
  const back = useMutation({
    mutationFn: () => call(settingsApi.putSettingsBack),
    onSuccess(view) {
      queries.setQueryData(keys.settings(communityId), view);
      announce(t('byHand.done'));
    },
  });

  const when =
    byHand.at === null ? '' : new Intl.DateTimeFormat(texts.locale, { dateStyle: 'long' }).format(new Date(byHand.at));
  const what = new Intl.ListFormat(texts.locale).format(byHand.differs.map(part => t(`byHand.part.${part}`)));
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          {t(byHand.by === null || when === '' ? 'byHand.somebody' : 'byHand.who', {
            name: byHand.by ?? '',
            when,
            what,
          })}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => back.mutate()} disabledFocusable={back.isPending}>
            {t('byHand.back')}
          </Button>
        </MessageBarActions>
      </MessageBar>
      {back.isError && <FailureNotice error={back.error} again={() => back.mutate()} />}
    </>
  );
}
