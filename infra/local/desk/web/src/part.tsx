import { Caption1, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  part: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
  about: { color: tokens.colorNeutralForeground2 },
});

/** A titled part of the panel. */
export function Part({
  title,
  about,
  children,
}: {
  readonly title: string;
  /** In a sentence, what it is for. */
  readonly about?: string;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <section className={styles.part} aria-label={title}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      {about !== undefined && <Caption1 className={styles.about}>{about}</Caption1>}
      {children}
    </section>
  );
}
