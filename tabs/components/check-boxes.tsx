import { Checkbox, makeStyles } from '@fluentui/react-components';
import type { CheckListProperties } from './check-list.tsx';

const useStyles = makeStyles({ list: { display: 'flex', flexDirection: 'column' } });

/** The boxes of a {@link CheckListProperties list}. */
export default function CheckBoxes({ label, items, change }: CheckListProperties) {
  const styles = useStyles();
  return (
    <div className={styles.list} {...(label === undefined ? {} : { role: 'group', 'aria-label': label })}>
      {items.map(({ key, label: words, checked, disabled = false }) => (
        <Checkbox
          key={key}
          label={words}
          checked={checked}
          disabled={disabled}
          onChange={(_, data) => change(key, data.checked === true)}
        />
      ))}
    </div>
  );
}
