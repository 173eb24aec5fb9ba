import { Suspense, useState } from 'react';
import { later } from '../../lib/later.tsx';
import { MoveButton, type MoveMenuProperties } from './move-button.tsx';

/** The menu itself comes once the plan stands; a long plan is not made longer by a closed menu for each action. */
export const OpenMenu = later(() => import('./open-menu.tsx'));

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
