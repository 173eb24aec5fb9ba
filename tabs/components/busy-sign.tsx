import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  ring: {
    boxSizing: 'border-box',
    width: '16px',
    height: '16px',
    borderRadius: tokens.borderRadiusCircular,
    border: `2px solid currentColor`,
    borderTopColor: 'transparent',
    animationName: { to: { transform: 'rotate(1turn)' } },
    animationDuration: '1.2s',
    animationTimingFunction: 'linear',
    animationIterationCount: 'infinite',
    '@media (prefers-reduced-motion: reduce)': { animationDuration: '6s' },
  },
});

/** The sign of a button whose work is on its way; the button's words say so. */
export function BusySign() {
  return <span className={useStyles().ring} />;
}
