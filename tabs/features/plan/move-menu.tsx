import { Suspense, useState } from 'react';
import { later } from '../../lib/later.tsx';
import { MoveButton, type MoveMenuProperties } from './move-button.tsx';

/** The menu itself comes once the plan stands; a long plan is not made longer by a closed menu for each action. */
export const OpenMenu = later(() => import('./open-menu.tsx'));

/** Moves an action without dragging. */
export function MoveMenu({ action, move }: MoveMenuProperties) {
  const [pressed, setPressed] = useState(false);
  if (!pressed) return <MoveButton action={action} aria-expanded={false} onClick={() => setPressed(true)} />;
  return (
    <Suspense fallback={<MoveButton action={action} aria-expanded />}>
      <OpenMenu action={action} move={move} />
    </Suspense>
  );
}
