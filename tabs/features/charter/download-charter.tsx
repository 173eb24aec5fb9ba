import { Button, Text, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { charterApi } from '../../../domain/charter/api.ts';
import { exportFormats, type ExportFormat } from '../../../domain/charter/export.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useHandOver } from '../../lib/hand-over.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { useDownloadText } from './download-text.ts';
import { PublishCharter } from './publish-charter.tsx';

const useStyles = makeStyles({
  download: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** Takes the charter away as a file, or puts it where the team keeps its files. */
export default function DownloadCharter() {
  const { announce } = useSession();
  const { may } = useCommunity();
  const t = useDownloadText();
  const styles = useStyles();
  const handOver = useHandOver();

  const download = useMutation({
    mutationFn: (format: ExportFormat) => handOver(charterApi.exportCharter, { format }),
    onSuccess(file) {
      announce(t('done', { name: file.name }));
    },
  });

  return (
    <div className={styles.download}>
      <div className={styles.row} role="group" aria-label={t('label')}>
        <ArrowDownloadRegular aria-hidden />
        <Text weight="semibold">{t('label')}</Text>
        {exportFormats.map(format => (
          <Button
            key={format}
            size="small"
            aria-label={t('as', { format: t(`format.${format}`) })}
            disabledFocusable={download.isPending}
            onClick={() => {
              if (!download.isPending) download.mutate(format);
            }}
          >
            {t(download.isPending && download.variables === format ? 'preparing' : `format.${format}`)}
          </Button>
        ))}
      </div>
      {download.isError && <FailureNotice error={download.error} again={() => download.mutate(download.variables)} />}
      {may['charter.edit'] && <PublishCharter row={styles.row} />}
    </div>
  );
}
