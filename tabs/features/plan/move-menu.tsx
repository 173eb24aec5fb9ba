import { Suspense, useState } from 'react';
import { MenuButton, type MenuButtonProps } from '@fluentui/react-components';
import { ArrowSwapRegular } from '@fluentui/react-icons';
import type { ActionView } from '../../../domain/plan/api.ts';
import type { ActionState } from '../../../domain/plan/plan.ts';
import { later } from '../../lib/later.tsx';
import { usePlanText } from './text.ts';

/** The menu itself comes once the plan stands; a long plan is not made longer by a closed menu for each action. */
export const OpenMenu = later(() => import('./open-menu.tsx'));

export interface MoveMenuProperties {
  readonly action: ActionView;
  readonly move: (action: ActionView, state: ActionState) => void;
  /** Whether Tab reaches it. */
  readonly isReached: boolean;
}

/** Moves an action without dragging. */
export function MoveMenu({ action, move, isReached }: MoveMenuProperties) {
  const [pressed, setPressed] = useState(false);
  const button = { action, tabIndex: isReached ? 0 : -1 };
  if (!pressed) return <MoveButton {...button} aria-expanded={false} onClick={() => setPressed(true)} />;
  return (
    <Suspense fallback={<MoveButton {...button} aria-expanded />}>
      <OpenMenu action={action} move={move} isReached={isReached} />
    </Suspense>
  );
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
