import { Suspense, lazy, memo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Subtitle2, Text, makeStyles, mergeClasses, tokens, useEventCallback } from '@fluentui/react-components';
import type { ActionView, PlanView } from '../../../domain/plan/api.ts';
import { actionStates, type ActionState } from '../../../domain/plan/plan.ts';
import { useWhenIdle } from '../../lib/use-when-idle.ts';
import { ActionCard } from './action-card.tsx';
import { createDragHandles, useHandle, type DragHandles } from './drag-handles.ts';
import { InlineAdd } from './inline-add.tsx';
import { beside } from './arrows.ts';
import { usePlanText } from './text.ts';
import { onPhone } from './tool-style.ts';
import type { Chosen } from './use-chosen.ts';

const loadDragLayer = () => import('./drag-layer.tsx');
const DragLayer = lazy(loadDragLayer);

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
    [onPhone]: { gridAutoColumns: '88%', scrollSnapType: 'x mandatory' },
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
  count: { color: tokens.colorNeutralForeground3 },
  cards: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  // A long plan costs only what is in sight of it; shadows and outlines stand out of a card.
  card: { contentVisibility: 'auto', containIntrinsicBlockSize: 'auto 9rem', overflowClipMargin: '6px' },
});

/** The highest number that a column says; beyond it, that there are more. */
const most = 999;

/** The plan in four columns, between which actions are dragged. */
export const PlanBoard = memo(function PlanBoard({
  actions,
  today,
  left,
  comments,
  fresh,
  chosen,
  isChoosing,
  older,
  open,
  move,
  added,
}: {
  readonly actions: readonly ActionView[];
  readonly today: string;
  readonly left: readonly string[];
  readonly comments: PlanView['comments'];
  /** The action that was added last. */
  readonly fresh: string | null;
  readonly chosen: Chosen;
  readonly isChoosing: boolean;
  /** How many more are done, and what brings them; null for none. */
  readonly older: { readonly count: number; readonly foot: ReactNode } | null;
  readonly open: (action: ActionView) => void;
  readonly move: (action: ActionView, state: ActionState) => void;
  readonly added: (id: string) => void;
}) {
  const styles = useStyles();
  const [handles] = useState(createDragHandles);
  const mayDrag = useDragLayer();
  const [current, setCurrent] = useState<string | null>(null);
  const columns = actionStates.map(state => actions.filter(action => action.state === state));
  const board = columns.map(column => column.map(({ id }) => id));
  // One stop for Tab, whatever has been filtered or moved.
  const reached = board.flat().includes(current ?? '') ? current : (board.flat()[0] ?? null);

  const pick = useEventCallback((action: ActionView, isChosen: boolean, isRange: boolean) =>
    chosen.pick(action, isChosen, isRange ? columns.flat() : []),
  );

  function onKeyDown(event: KeyboardEvent): void {
    const id = /^action-(.+)$/.exec((event.target as HTMLElement).id)?.[1];
    if (id === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const [reachedOne, next] = [actions.find(action => action.id === id), beside(board, id, event.key)];
    if (event.key === 'x' && reachedOne) pick(reachedOne, !chosen.ids.has(id), false);
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
    document.getElementById(`action-${next}`)?.focus();
  }

  return (
    <>
      <div
        className={styles.board}
        onKeyDown={onKeyDown}
        onFocus={event => {
          const id = (event.target as HTMLElement).closest('[data-action]')?.getAttribute('data-action');
          if (id) setCurrent(id);
        }}
      >
        {actionStates.map((state, place) => {
          const own = columns[place] ?? [];
          return (
            <Column
              key={state}
              state={state}
              count={own.length + (state === 'done' ? (older?.count ?? 0) : 0)}
              handles={handles}
            >
              <InlineAdd state={state} today={today} added={added} />
              <ul className={styles.cards} aria-labelledby={`plan-column-${state}`}>
                {own.map(action => (
                  <li key={action.id} className={styles.card} data-action={action.id}>
                    <ActionCard
                      action={action}
                      today={today}
                      left={left}
                      comments={comments[action.id] ?? 0}
                      isCurrent={action.id === reached}
                      isFresh={action.id === fresh}
                      isChosen={chosen.ids.has(action.id)}
                      isChoosing={isChoosing}
                      handles={handles}
                      open={open}
                      move={move}
                      pick={pick}
                    />
                  </li>
                ))}
              </ul>
              {state === 'done' && older?.foot}
            </Column>
          );
        })}
      </div>
      {mayDrag && (
        <Suspense fallback={null}>
          <DragLayer actions={actions} today={today} left={left} comments={comments} handles={handles} move={move} />
        </Suspense>
      )}
    </>
  );
});

/** Whether what drags the cards has come, once the board stands; where it does not, cards are moved by their menus. */
function useDragLayer(): boolean {
  const [here, setHere] = useState(false);
  useWhenIdle(true, () => {
    loadDragLayer().then(
      () => setHere(true),
      () => undefined,
    );
  });
  return here;
}

function Column({
  state,
  count,
  handles,
  children,
}: {
  readonly state: ActionState;
  readonly count: number;
  readonly handles: DragHandles;
  readonly children: ReactNode;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const handle = useHandle(handles.columns, state);
  return (
    <section
      ref={handle?.column}
      className={mergeClasses(styles.column, handle?.isOver && styles.over)}
      aria-labelledby={`plan-column-${state}`}
    >
      <div className={styles.head}>
        <Subtitle2 as="h2" id={`plan-column-${state}`}>
          {t(`state.${state}`)}
        </Subtitle2>
        <Text size={200} weight="semibold" className={styles.count}>
          {count > most ? `${most}+` : count}
        </Text>
      </div>
      {children}
    </section>
  );
}
