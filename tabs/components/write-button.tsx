import { Button, Text, tokens } from '@fluentui/react-components';
import { ChatRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import type { Person } from '../../domain/community.ts';
import { tabApi } from '../../domain/tab/api.ts';
import { useCall, useCommunity, useSession } from '../lib/session.tsx';
import { useShellText } from '../lib/shell-text.ts';

/** *Write* beside the name of somebody of the team: a chat with them opens in Teams. None beside one's own. */
export function WriteButton({ person: { id, name } }: { readonly person: Person }) {
  const { host } = useSession();
  const { me } = useCommunity();
  const call = useCall();
  const t = useShellText();
  const writing = useMutation({
    mutationFn: async () => host.openLink((await call(tabApi.chat, { params: { person: id } })).link),
  });
  if (id === me.id) return null;
  return (
    <>
      <Button
        size="small"
        icon={<ChatRegular />}
        aria-label={t('write.to', { name })}
        disabledFocusable={writing.isPending}
        style={{ flexShrink: 0 }}
        onClick={() => {
          if (!writing.isPending) writing.mutate();
        }}
      >
        {t('write.write')}
      </Button>
      {writing.isError && (
        <Text role="alert" size={200} style={{ color: tokens.colorStatusDangerForeground1 }}>
          {t('write.failed', { name })}
        </Text>
      )}
    </>
  );
}
