import { Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { actionStates, type ActionState } from '../../../domain/plan/plan.ts';
import { MoveButton, type MoveMenuProperties } from './move-button.tsx';
import { usePlanText } from './text.ts';

/** The states an action may be moved to, open as soon as it is there. */
export default function OpenMenu({ action, move, isReached }: MoveMenuProperties) {
  const t = usePlanText();
  return (
    <Menu
      defaultOpen
      checkedValues={{ state: [action.state] }}
      onCheckedValueChange={(_, { checkedItems: [state] }) => move(action, state as ActionState)}
    >
      <MenuTrigger disableButtonEnhancement>
        <MoveButton action={action} tabIndex={isReached ? 0 : -1} />
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
