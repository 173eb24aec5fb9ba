import { useState, type KeyboardEvent, type ReactNode } from 'react';
import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useDroppable,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { CounterBadge, Subtitle2, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ActionView } from '../../../domain/plan/api.ts';
import { actionStates, type ActionState } from '../../../domain/plan/plan.ts';
import { ActionCard, LiftedCard } from './action-card.tsx';
import { announcementsOf, columnByColumn, columnUnder, stateIn } from './dragging.ts';
import { InlineAdd } from './inline-add.tsx';
import { beside } from './arrows.ts';
import { usePlanText } from './text.ts';

const useStyles = makeStyles({
  // Narrow pages scroll the board instead of the page. The width cuts a column at the edge, which says that there is
  // more.
  board: {
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: 'minmax(min(12.75rem, 82%), 1fr)',
    gap: tokens.spacingHorizontalM,
    overflowX: 'auto',
    scrollSnapType: 'x proximity',
    paddingBottom: tokens.spacingVerticalM,
    alignItems: 'start',
    '@media (min-width: 60rem)': { gridAutoColumns: 'minmax(0, 1fr)', overflowX: 'visible' },
  },
  column: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `2px solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusXLarge,
    scrollSnapAlign: 'start',
    minHeight: '10rem',
    minWidth: 0,
    boxSizing: 'border-box',
  },
  over: { border: `2px dashed ${tokens.colorBrandStroke1}` },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXS}`,
  },
  cards: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
});

/** The plan in four columns, between which actions are dragged. */
export function PlanBoard({
  actions,
  today,
  left,
  fresh,
  older,
  open,
  move,
  added,
}: {
  readonly actions: readonly ActionView[];
  readonly today: string;
  readonly left: readonly string[];
  /** The action that was added last. */
  readonly fresh: string | null;
  /** How many more are done, and what brings them; null for none. */
  readonly older: { readonly count: number; readonly foot: ReactNode } | null;
  readonly open: (action: ActionView) => void;
  readonly move: (action: ActionView, state: ActionState) => void;
  readonly added: (id: string) => void;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const find = (id: unknown): ActionView | undefined => actions.find(action => action.id === id);
  const dragged = find(draggedId);
  const [current, setCurrent] = useState<string | null>(null);
  const board = actionStates.map(state => actions.filter(action => action.state === state).map(({ id }) => id));
  // One stop for Tab, whatever has been filtered or moved.
  const reached = board.flat().includes(current ?? '') ? current : (board.flat()[0] ?? null);

  function onKeyDown(event: KeyboardEvent): void {
    const id = /^action-(.+)$/.exec((event.target as HTMLElement).id)?.[1];
    const next = id === undefined ? null : beside(board, id, event.key);
    if (next === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setCurrent(next);
    document.getElementById(`action-${next}`)?.focus();
  }
  const sensors = useSensors(
    // A click is no drag, and a finger that scrolls is none either.
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: columnByColumn }),
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
      <div
        className={styles.board}
        onKeyDown={onKeyDown}
        onFocus={event => {
          const id = (event.target as HTMLElement).closest('[data-action]')?.getAttribute('data-action');
          if (id) setCurrent(id);
        }}
      >
        {actionStates.map(state => {
          const own = actions.filter(action => action.state === state);
          return (
            <Column key={state} state={state} count={own.length + (state === 'done' ? (older?.count ?? 0) : 0)}>
              <InlineAdd state={state} today={today} added={added} />
              <ul className={styles.cards} aria-labelledby={`plan-column-${state}`}>
                {own.map(action => (
                  <li key={action.id} data-action={action.id}>
                    <ActionCard
                      action={action}
                      today={today}
                      left={left}
                      isCurrent={action.id === reached}
                      isFresh={action.id === fresh}
                      open={open}
                      move={move}
                    />
                  </li>
                ))}
              </ul>
              {state === 'done' && older?.foot}
            </Column>
          );
        })}
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && <LiftedCard action={dragged} today={today} left={left} />}
      </DragOverlay>
    </DndContext>
  );
}

function Column({
  state,
  count,
  children,
}: {
  readonly state: ActionState;
  readonly count: number;
  readonly children: ReactNode;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const { setNodeRef, isOver } = useDroppable({ id: state });
  return (
    <section
      ref={setNodeRef}
      className={mergeClasses(styles.column, isOver && styles.over)}
      aria-labelledby={`plan-column-${state}`}
    >
      <div className={styles.head}>
        <Subtitle2 as="h2" id={`plan-column-${state}`}>
          {t(`state.${state}`)}
        </Subtitle2>
        <CounterBadge count={count} showZero appearance="ghost" color="informative" overflowCount={999} />
      </div>
      {children}
    </section>
  );
}
