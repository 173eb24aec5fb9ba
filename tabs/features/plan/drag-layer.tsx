import { useLayoutEffect, useState } from 'react';
import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import type { ActionView, PlanView } from '../../../domain/plan/api.ts';
import { actionStates, mayChange, type ActionState } from '../../../domain/plan/plan.ts';
import { LiftedCard } from './action-card.tsx';
import type { DragHandles } from './drag-handles.ts';
import { announcementsOf, columnByColumn, columnUnder, stateIn } from './dragging.ts';
import { usePlanText } from './text.ts';

// A click is no drag, and a finger that scrolls is none either.
const byMouse = { activationConstraint: { distance: 6 } };
const byFinger = { activationConstraint: { delay: 250, tolerance: 8 } };
const byKey = { coordinateGetter: columnByColumn };

/** What drags the cards of the board, which stands beside it: it comes later, and the board stays as it is. */
export default function DragLayer({
  actions,
  today,
  left,
  comments,
  handles,
  move,
}: {
  readonly actions: readonly ActionView[];
  readonly today: string;
  readonly left: readonly string[];
  readonly comments: PlanView['comments'];
  readonly handles: DragHandles;
  readonly move: (action: ActionView, state: ActionState) => void;
}) {
  const t = usePlanText();
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const find = (id: unknown): ActionView | undefined => actions.find(action => action.id === id);
  const dragged = find(draggedId);
  const sensors = useSensors(
    useSensor(MouseSensor, byMouse),
    useSensor(TouchSensor, byFinger),
    useSensor(KeyboardSensor, byKey),
  );

  function drop({ active, over }: DragEndEvent): void {
    setDraggedId(null);
    const [action, state] = [find(active.id), stateIn(over?.id)];
    if (action && state) move(action, state);
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={columnUnder}
      onDragStart={({ active }) => setDraggedId(String(active.id))}
      onDragEnd={drop}
      onDragCancel={() => setDraggedId(null)}
      accessibility={{
        announcements: announcementsOf(id => find(id)?.title ?? '', t),
        screenReaderInstructions: { draggable: t('drag.how') },
      }}
    >
      {actionStates.map(state => (
        <ColumnThatTakes key={state} state={state} handles={handles} />
      ))}
      {actions.map(action => (
        <CardThatMoves key={action.id} action={action} handles={handles} />
      ))}
      <DragOverlay dropAnimation={null}>
        {dragged && <LiftedCard action={dragged} today={today} left={left} comments={comments[dragged.id] ?? 0} />}
      </DragOverlay>
    </DndContext>
  );
}

function ColumnThatTakes({
  state,
  handles: { columns },
}: {
  readonly state: ActionState;
  readonly handles: DragHandles;
}) {
  const { setNodeRef: column, isOver } = useDroppable({ id: state });
  useLayoutEffect(() => columns.give(state, { column, isOver }), [columns, state, column, isOver]);
  useLayoutEffect(() => () => columns.give(state, null), [columns, state]);
  return null;
}

function CardThatMoves({
  action: { id, state, reach },
  handles: { cards },
}: {
  readonly action: ActionView;
  readonly handles: DragHandles;
}) {
  const t = usePlanText();
  const {
    attributes,
    listeners,
    setNodeRef: card,
    setActivatorNodeRef: grip,
    isDragging,
  } = useDraggable({
    id,
    data: { state },
    disabled: !mayChange('state', reach),
    attributes: { roleDescription: t('drag.role') },
  });
  useLayoutEffect(() => {
    const { onKeyDown, ...byHand } = listeners ?? {};
    cards.give(id, {
      card,
      grip,
      byHand,
      byKey: {
        onKeyDown,
        'aria-roledescription': attributes['aria-roledescription'],
        'aria-describedby': attributes['aria-describedby'],
      },
      isDragging,
    });
  }, [cards, id, card, grip, listeners, attributes, isDragging]);
  useLayoutEffect(() => () => cards.give(id, null), [cards, id]);
  return null;
}
