import { Button, makeStyles, tokens, type ButtonProps } from '@fluentui/react-components';
import { ArrowSwapRegular, ChevronDownRegular } from '@fluentui/react-icons';
import type { ActionView } from '../../../domain/plan/api.ts';
import type { ActionState } from '../../../domain/plan/plan.ts';
import { usePlanText } from './text.ts';

export interface MoveMenuProperties {
  readonly action: ActionView;
  readonly move: (action: ActionView, state: ActionState) => void;
  /** Whether Tab reaches it. */
  readonly isReached: boolean;
}

const useStyles = makeStyles({ down: { flexShrink: 0, marginLeft: tokens.spacingHorizontalXS, fontSize: '12px' } });

/** What opens the menu. */
export function MoveButton({ action, ...others }: Pick<MoveMenuProperties, 'action'> & ButtonProps) {
  const t = usePlanText();
  const styles = useStyles();
  return (
    <Button
      size="small"
      data-moves={action.id}
      appearance="subtle"
      icon={<ArrowSwapRegular />}
      aria-label={t('card.move', { title: action.title })}
      aria-haspopup="menu"
      {...others}
    >
      {t('card.moveTo')}
      <ChevronDownRegular className={styles.down} aria-hidden />
    </Button>
  );
}
