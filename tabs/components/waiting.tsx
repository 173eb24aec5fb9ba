import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  block: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXL} 0`,
  },
  // Fluent's own is of many shapes, and all of them come before the first view.
  line: {
    height: '16px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralStencil1,
    animationName: { '50%': { opacity: 0.4 } },
    animationDuration: '2s',
    animationTimingFunction: 'ease-in-out',
    animationIterationCount: 'infinite',
    '@media (prefers-reduced-motion: reduce)': { animationName: 'none' },
    '@media (forced-colors: active)': { backgroundColor: 'GrayText', forcedColorAdjust: 'none' },
  },
  title: { maxWidth: '14rem', height: '24px' },
  last: { maxWidth: '70%' },
});

/** The shape of a page that is on its way. */
export function Waiting({ label, blocks = 3 }: { readonly label: string; readonly blocks?: number }) {
  const styles = useStyles();
  return (
    <div role="progressbar" aria-busy aria-label={label}>
      {Array.from({ length: blocks }, (_, index) => (
        <div key={index} className={styles.block}>
          <div className={mergeClasses(styles.line, styles.title)} />
          <div className={styles.line} />
          <div className={mergeClasses(styles.line, styles.last)} />
        </div>
      ))}
    </div>
  );
}
