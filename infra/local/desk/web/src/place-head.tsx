import { Caption1, makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    minHeight: '52px',
    flexShrink: 0,
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '& > svg': { flexShrink: 0 },
  },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  about: { color: tokens.colorNeutralForeground2 },
});

/** What stands above each place: what it is, in a sentence what is there, and who. */
export function PlaceHead({
  icon,
  title,
  about,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly about: string;
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <header className={styles.head}>
      {icon}
      <div className={styles.words}>
        <Subtitle1 as="h2">{title}</Subtitle1>
        <Caption1 className={styles.about}>{about}</Caption1>
      </div>
      {children}
    </header>
  );
}
