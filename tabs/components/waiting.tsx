import { Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  block: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXL} 0`,
    '& *': { '@media (prefers-reduced-motion: reduce)': { animationName: 'none' } },
  },
  title: { maxWidth: '14rem' },
  last: { maxWidth: '70%' },
});

/** The shape of a page that is on its way. */
export function Waiting({ label, blocks = 3 }: { readonly label: string; readonly blocks?: number }) {
  const styles = useStyles();
  return (
    <Skeleton aria-label={label}>
      {Array.from({ length: blocks }, (_, index) => (
        <div key={index} className={styles.block}>
          <SkeletonItem className={styles.title} size={24} />
          <SkeletonItem size={16} />
          <SkeletonItem className={styles.last} size={16} />
        </div>
      ))}
    </Skeleton>
  );
}
