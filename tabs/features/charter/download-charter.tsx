import { MenuItem } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { charterApi } from '../../../domain/charter/api.ts';
import { exportFormats, type ExportFormat } from '../../../domain/charter/export.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useHandOver } from '../../lib/hand-over.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { useDownloadText } from './download-text.ts';
import { HeadMenu, HeadNotice } from './head-menu.tsx';
import { PublishCharter } from './publish-charter.tsx';

/** Takes the charter away as a file, or puts it where the team keeps its files. */
export default function DownloadCharter() {
  const { announce } = useSession();
  const { may } = useCommunity();
  const t = useDownloadText();
  const handOver = useHandOver();

  const download = useMutation({
    mutationFn: (format: ExportFormat) => handOver(charterApi.exportCharter, { format }),
    onSuccess(file) {
      announce(t('done', { name: file.name }));
    },
  });

  return (
    <>
      <HeadMenu
        icon={<ArrowDownloadRegular />}
        name={t('label')}
        word={t(download.isPending ? 'preparing' : 'short')}
        busy={download.isPending}
      >
        {exportFormats.map(format => (
          <MenuItem key={format} onClick={() => download.mutate(format)}>
            {t(`format.${format}`)}
          </MenuItem>
        ))}
      </HeadMenu>
      {may['charter.edit'] && <PublishCharter />}
      {download.isError && (
        <HeadNotice>
          <FailureNotice error={download.error} again={() => download.mutate(download.variables)} />
        </HeadNotice>
      )}
    </>
  );
}
