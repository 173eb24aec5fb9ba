import {
  pointerWithin,
  rectIntersection,
  type Announcements,
  type CollisionDetection,
  type KeyboardCoordinateGetter,
} from '@dnd-kit/core';
import { actionStates, type ActionState } from '../../../domain/plan/plan.ts';
import type { Translate } from '../../lib/text.ts';

/** A pointer is where it points; the keyboard moves the whole card, which lies over one column. */
export const columnUnder: CollisionDetection = detection =>
  detection.pointerCoordinates ? pointerWithin(detection) : rectIntersection(detection);

/** The left and right arrows move a card from column to column. */
export const columnByColumn: KeyboardCoordinateGetter = (
  event,
  { currentCoordinates, context: { over, active, droppableRects } },
) => {
  const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return undefined;
  event.preventDefault();
  const from = stateIn(over?.id) ?? stateIn(active?.data.current?.['state']);
  const next = from && actionStates[actionStates.indexOf(from) + step];
  const column = next && droppableRects.get(next);
  return column ? { x: column.left, y: column.top } : currentCoordinates;
};

/** What a screen reader says while an action is dragged. */
export function announcementsOf(titleOf: (id: string) => string, t: Translate): Announcements {
  const title = (id: string | number): string => titleOf(String(id));
  const state = (id: unknown): string => t(`state.${stateIn(id) ?? 'to-do'}`);
  return {
    onDragStart: ({ active }) =>
      t('drag.start', { title: title(active.id), state: state(active.data.current?.['state']) }),
    onDragOver: ({ active, over }) =>
      over
        ? t('drag.over', { title: title(active.id), state: state(over.id) })
        : t('drag.nowhere', { title: title(active.id) }),
    onDragEnd: ({ active, over }) =>
      over
        ? t('drag.dropped', { title: title(active.id), state: state(over.id) })
        : t('drag.back', { title: title(active.id) }),
    onDragCancel: ({ active }) => t('drag.back', { title: title(active.id) }),
  };
}

export function stateIn(id: unknown): ActionState | undefined {
  return actionStates.find(state => state === id);
}
