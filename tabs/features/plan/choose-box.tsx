import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { ActionView } from '../../../domain/plan/api.ts';
import { usePlanText } from './text.ts';

const useStyles = makeStyles({
  // The box brings room of its own around it.
  box: { margin: `calc(-1 * ${tokens.spacingVerticalS})`, marginInlineEnd: 0 },
});

/** Chooses one card of several. It comes once somebody begins to choose. */
export default function ChooseBox({
  action,
  isChosen,
  isReached,
  pick,
}: {
  readonly action: ActionView;
  readonly isChosen: boolean;
  /** Whether Tab reaches it. */
  readonly isReached: boolean;
  readonly pick: (action: ActionView, isChosen: boolean, isRange: boolean) => void;
}) {
  const t = usePlanText();
  const styles = useStyles();
  return (
    <Checkbox
      className={styles.box}
      aria-label={t('several.choose', { title: action.title })}
      checked={isChosen}
      tabIndex={isReached ? 0 : -1}
      onChange={(_, { checked }) => pick(action, checked === true, false)}
    />
  );
}
