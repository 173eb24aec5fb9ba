import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { AddRegular, DismissRegular } from '@fluentui/react-icons';
import type { PlaceId } from './places.ts';

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    alignItems: 'center',
    overflowX: 'auto',
    flexShrink: 0,
    paddingLeft: tokens.spacingHorizontalM,
    paddingRight: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  tab: {
    flexShrink: 0,
    minHeight: '40px',
    padding: `0 ${tokens.spacingHorizontalM}`,
    border: 'none',
    borderBottom: '2px solid transparent',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
  },
});

export interface TopTab {
  readonly place: PlaceId;
  readonly name: string;
}

/** The tabs on top of a channel, or of the app's own place. */
export function TopTabs({
  label,
  tabs,
  here,
  onGo,
  onAdd,
  onRemove,
}: {
  readonly label: string;
  readonly tabs: readonly TopTab[];
  /** The place of the tab that is open. */
  readonly here: PlaceId;
  readonly onGo: (place: PlaceId) => void;
  readonly onAdd?: (() => void) | undefined;
  /** For a tab that can be taken away. */
  readonly onRemove?: (() => void) | undefined;
}) {
  const styles = useStyles();
  return (
    <nav className={styles.strip} aria-label={label}>
      {tabs.map(({ place, name }) => (
        <button
          key={place}
          type="button"
          className={mergeClasses(styles.tab, place === here && styles.here)}
          aria-current={place === here ? 'page' : undefined}
          onClick={() => onGo(place)}
        >
          {name}
        </button>
      ))}
      {onAdd && (
        <Button appearance="subtle" size="small" icon={<AddRegular />} aria-label="Add a tab" onClick={onAdd} />
      )}
      {onRemove && (
        <Button
          appearance="subtle"
          size="small"
          icon={<DismissRegular />}
          aria-label="Remove this tab"
          onClick={onRemove}
        />
      )}
    </nav>
  );
}
