import type { ReactNode } from 'react';
import { Text, Title3, makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: tokens.spacingVerticalM,
    maxWidth: '32rem',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
  },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** A page with one thing to say. */
export function NoticePage({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint: string;
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <main className={styles.page}>
      <Title3 as="h1">{title}</Title3>
      <Text className={styles.hint}>{hint}</Text>
      {children}
    </main>
  );
}
