import { MenuButton, type MenuButtonProps } from '@fluentui/react-components';
import { ArrowSwapRegular } from '@fluentui/react-icons';
import type { ActionView } from '../../../domain/plan/api.ts';
import type { ActionState } from '../../../domain/plan/plan.ts';
import { usePlanText } from './text.ts';

export interface MoveMenuProperties {
  readonly action: ActionView;
  readonly move: (action: ActionView, state: ActionState) => void;
  /** Whether Tab reaches it. */
  readonly isReached: boolean;
}

/** What opens the menu. */
export function MoveButton({ action, ...others }: Pick<MoveMenuProperties, 'action'> & MenuButtonProps) {
  const t = usePlanText();
  return (
    <MenuButton
      size="small"
      data-moves={action.id}
      appearance="subtle"
      icon={<ArrowSwapRegular />}
      aria-label={t('card.move', { title: action.title })}
      aria-haspopup="menu"
      {...others}
    >
      {t('card.moveTo')}
    </MenuButton>
  );
}
