import { makeStyles, tokens } from '@fluentui/react-components';
import type { WhoIsHere as Others } from '../../domain/live/api.ts';
import { useSession } from '../lib/session.tsx';
import { initialsOf } from '../lib/initials.ts';
import { useShellText } from '../lib/shell-text.ts';

const useStyles = makeStyles({
  people: { display: 'flex', alignItems: 'center', flexShrink: 0, paddingInline: tokens.spacingHorizontalXS },
  one: {
    display: 'grid',
    placeItems: 'center',
    boxSizing: 'border-box',
    width: '28px',
    height: '28px',
    '&:not(:first-child)': { marginLeft: `calc(-1 * ${tokens.spacingHorizontalXS})` },
    borderRadius: tokens.borderRadiusCircular,
    border: `2px solid ${tokens.colorNeutralBackground1}`,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
});

/** As many as fit beside the tabs of a phone. */
const shown = 3;

/** Who else has the community open now, as initials. It names the person who looks, too: the others see them. */
export function WhoIsHere({ others: { here, more } }: { readonly others: Others }) {
  const { texts } = useSession();
  const t = useShellText();
  const styles = useStyles();
  if (here.length === 0) return null;
  const rest = here.length - shown + more;
  const names = [
    t('here.you'),
    ...here.map(({ name }) => name),
    ...(more > 0 ? [t('here.more', { count: more })] : []),
  ];
  const label = t('here.label', { names: new Intl.ListFormat(texts.locale).format(names) });
  return (
    <div className={styles.people} role="img" aria-label={label} title={label}>
      {here.slice(0, shown).map(({ id, name }) => (
        <span key={id} className={styles.one}>
          {initialsOf(name)}
        </span>
      ))}
      {rest > 0 && <span className={styles.one}>{`+${rest}`}</span>}
    </div>
  );
}
