import { Link, MenuItem, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { FolderArrowUpRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { charterApi, type PublishView } from '../../../domain/charter/api.ts';
import { publishFormats, type PublishFormat } from '../../../domain/charter/export.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { safeLink } from '../../lib/links.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDownloadText } from './download-text.ts';
import { HeadMenu, HeadNotice } from './head-menu.tsx';

/** Puts the charter into the Files of the channel, where a new version takes the place of the last one. */
export function PublishCharter() {
  const { announce } = useSession();
  const t = useDownloadText();
  const call = useCall();

  const publish = useMutation({
    mutationFn: (format: PublishFormat) => call(charterApi.publishCharter, { params: { format } }),
    onSuccess: ({ outcome, name }) => announce(t(`publish.${outcome}`, { name })),
  });

  return (
    <>
      <HeadMenu
        icon={<FolderArrowUpRegular />}
        name={t('publish.name')}
        word={t(publish.isPending ? 'publish.publishing' : 'publish.label')}
        busy={publish.isPending}
      >
        {publishFormats.map(format => (
          <MenuItem key={format} onClick={() => publish.mutate(format)}>
            {t(`format.${format}`)}
          </MenuItem>
        ))}
      </HeadMenu>
      {publish.data && !publish.isPending && (
        <HeadNotice>
          <Outcome view={publish.data} />
        </HeadNotice>
      )}
      {publish.isError && (
        <HeadNotice>
          <FailureNotice error={publish.error} again={() => publish.mutate(publish.variables)} />
        </HeadNotice>
      )}
    </>
  );
}

function Outcome({ view }: { readonly view: PublishView }) {
  const { host } = useSession();
  const t = useDownloadText();
  const address = view.outcome === 'published' ? safeLink(view.url) : null;
  return (
    <MessageBar intent={view.outcome === 'published' ? 'success' : 'warning'} layout="multiline">
      <MessageBarBody>
        {t(`publish.${view.outcome}`, { name: view.name })}{' '}
        {address !== null && (
          <Link
            href={address}
            target="_blank"
            rel="noopener noreferrer"
            onClick={event => {
              event.preventDefault();
              host.openLink(address).catch(() => window.open(address, '_blank', 'noopener,noreferrer'));
            }}
          >
            {t('publish.open')}
          </Link>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
