import { Menu, MenuButton, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowSwapRegular } from '@fluentui/react-icons';
import type { ActionView } from '../../../domain/plan/api.ts';
import { actionStates, type ActionState } from '../../../domain/plan/plan.ts';
import { usePlanText } from './text.ts';

/** Moves an action without dragging. */
export function MoveMenu({
  action,
  move,
  isReached = true,
}: {
  readonly action: ActionView;
  readonly move: (action: ActionView, state: ActionState) => void;
  /** Whether Tab reaches it. */
  readonly isReached?: boolean;
}) {
  const t = usePlanText();
  return (
    <Menu
      checkedValues={{ state: [action.state] }}
      onCheckedValueChange={(_, { checkedItems: [state] }) => move(action, state as ActionState)}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          size="small"
          tabIndex={isReached ? 0 : -1}
          data-moves={action.id}
          appearance="subtle"
          icon={<ArrowSwapRegular />}
          aria-label={t('card.move', { title: action.title })}
        >
          {t('card.moveTo')}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {actionStates.map(state => (
            <MenuItemRadio key={state} name="state" value={state}>
              {t(`state.${state}`)}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
