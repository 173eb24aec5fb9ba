import { Body1, Caption1, Link, makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import { DocumentRegular, FolderRegular } from '@fluentui/react-icons';
import type { FileView, TeamView } from '../../views.ts';
import { PlaceHead } from './place-head.tsx';
import { dayOf, timeOf } from './times.ts';

const useStyles = makeStyles({
  words: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: tokens.spacingHorizontalL },
  files: {
    listStyleType: 'none',
    maxWidth: '820px',
    margin: '0 auto',
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  file: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    '& svg': { fontSize: '24px', flexShrink: 0, color: tokens.colorBrandForeground1 },
  },
  name: { overflowWrap: 'anywhere' },
  empty: {
    maxWidth: '420px',
    margin: '15vh auto 0',
    textAlign: 'center',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
});

/** The place with the documents of a channel's team. */
export function filesPlace(channelId: string): string {
  return `${channelId}/files`;
}

/** The documents in the folders of a team's channels: each opens in a window of its own. */
export function FilesPlace({ team, zone }: { readonly team: TeamView; readonly zone: string }) {
  const styles = useStyles();
  return (
    <>
      <PlaceHead
        icon={<FolderRegular fontSize={24} aria-hidden />}
        title="Files"
        about={`Documents of ${team.name}, as SharePoint keeps them`}
      />
      <section className={styles.scroll} aria-label="Files" tabIndex={0}>
        {team.files.length === 0 && (
          <div className={styles.empty}>
            <Subtitle1 as="h3">No files yet</Subtitle1>
            <Body1 className={styles.quiet}>What somebody publishes to Files lands here, such as the charter.</Body1>
          </div>
        )}
        <ul className={styles.files}>
          {team.files.map(file => (
            <li key={file.url} className={styles.file}>
              <DocumentRegular aria-hidden />
              <div className={styles.words}>
                <Link href={file.url} target="_blank" rel="noopener" className={styles.name}>
                  {file.name}
                </Link>
                <Caption1 className={styles.quiet}>{about(file, zone)}</Caption1>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function about({ folder, version, bytes, modified, modifiedBy }: FileView, zone: string): string {
  return `${folder} · version ${version} · ${Math.max(1, Math.round(bytes / 1024))} KB · ${modifiedBy ?? 'CoP Companion'}, ${dayOf(modified, zone)}, ${timeOf(modified, zone)}`;
}
