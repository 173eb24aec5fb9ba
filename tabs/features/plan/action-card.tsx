import { Suspense, memo, type MouseEventHandler } from 'react';
import { Button, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ReOrderDotsVerticalRegular } from '@fluentui/react-icons';
import type { ActionView } from '../../../domain/plan/api.ts';
import { isDueToday, isOverdue, mayChange, type ActionState } from '../../../domain/plan/plan.ts';
import { later } from '../../lib/later.tsx';
import { DueFact, OtherFacts, OwnersFact } from './action-facts.tsx';
import { useHandle, type CardHandle, type DragHandles } from './drag-handles.ts';
import { MoveMenu } from './move-menu.tsx';
import { usePlanText } from './text.ts';

/** What has a press of its own on a card. */
const pressed = ['button', 'a', 'input', 'label', '[role=menu]'].join();

const ChooseBox = later(() => import('./choose-box.tsx'));

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflowWrap: 'anywhere',
    boxShadow: tokens.shadow2,
  },
  overdue: { borderLeft: `3px solid ${tokens.colorStatusDangerBorder2}` },
  whole: { cursor: 'pointer' },
  today: { borderLeft: `3px solid ${tokens.colorStatusWarningBorder2}` },
  chosen: { outline: `2px solid ${tokens.colorBrandStroke1}`, outlineOffset: '-2px' },
  fresh: { outline: `2px solid ${tokens.colorBrandStroke1}`, outlineOffset: '1px' },
  dragged: { opacity: 0.4 },
  lifted: { boxShadow: tokens.shadow16, cursor: 'grabbing' },
  head: { display: 'flex', alignItems: 'flex-start', columnGap: tokens.spacingHorizontalXS },
  title: {
    flexGrow: 1,
    minWidth: 0,
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
  },
  // The button's own padding would set it in.
  foot: { display: 'flex', marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
});

interface Properties {
  readonly action: ActionView;
  readonly today: string;
  readonly left: readonly string[];
  /** How many comments it has. */
  readonly comments: number;
  /** Tab reaches it; the arrows go to the others. */
  readonly isCurrent: boolean;
  /** It was added just now. */
  readonly isFresh: boolean;
  readonly isChosen: boolean;
  /** Several are being chosen: each card has a box for it. */
  readonly isChoosing: boolean;
  readonly handles: DragHandles;
  readonly open: (action: ActionView) => void;
  readonly move: (action: ActionView, state: ActionState) => void;
  /** With `isRange`, all from the one that was chosen before. */
  readonly pick: (action: ActionView, isChosen: boolean, isRange: boolean) => void;
}

/**
 * One action on the board. The card is dragged with a mouse or a finger, its handle with the keyboard. While one is
 * dragged, every card is asked whether it is the one: what stands in it is drawn anew only when it has changed.
 */
export const ActionCard = memo(function ActionCard(properties: Properties) {
  const { action, today, isFresh, isChosen, handles, open, pick } = properties;
  const styles = useStyles();
  const movable = mayChange('state', action.reach);
  const handle = useHandle(handles.cards, action.id);
  const onMouseDown = handle?.byHand['onMouseDown'] as MouseEventHandler | undefined;

  return (
    <article
      ref={handle?.card}
      {...handle?.byHand}
      onMouseDown={event => {
        // The browser would choose the words between, too.
        if (event.shiftKey) event.preventDefault();
        else onMouseDown?.(event);
      }}
      className={mergeClasses(
        styles.card,
        isOverdue(action, today) && styles.overdue,
        isDueToday(action, today) && styles.today,
        styles.whole,
        isChosen && styles.chosen,
        isFresh && styles.fresh,
        handle?.isDragging && styles.dragged,
      )}
      aria-label={action.title}
      onClick={event => {
        // The whole card opens, but for what has a press of its own.
        const isBlank = !(event.target as HTMLElement).closest(pressed);
        if (event.ctrlKey || event.metaKey || event.shiftKey) pick(action, event.shiftKey || !isChosen, event.shiftKey);
        else if (isBlank) open(action);
      }}
    >
      <Inside {...properties} movable={movable} grip={handle?.grip ?? null} byKey={handle?.byKey} />
    </article>
  );
});

const Inside = memo(function Inside({
  action,
  today,
  left,
  comments,
  isCurrent,
  isChosen,
  isChoosing,
  open,
  move,
  pick,
  movable,
  grip,
  byKey,
}: Omit<Properties, 'handles'> & {
  readonly movable: boolean;
  /** What the keyboard lifts the card by; null before what drags has come. */
  readonly grip: CardHandle['grip'] | null;
  readonly byKey: CardHandle['byKey'] | undefined;
}) {
  const t = usePlanText();
  const styles = useStyles();
  return (
    <>
      <div className={styles.head}>
        {isChoosing && (
          <Suspense fallback={null}>
            <ChooseBox action={action} isChosen={isChosen} isReached={isCurrent} pick={pick} />
          </Suspense>
        )}
        <Link
          as="button"
          id={`action-${action.id}`}
          className={styles.title}
          dir="auto"
          aria-haspopup="dialog"
          tabIndex={isCurrent ? 0 : -1}
          onClick={event => {
            if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(action);
          }}
        >
          {action.title}
        </Link>
        {movable && (
          <Button
            ref={grip}
            size="small"
            appearance="transparent"
            icon={<ReOrderDotsVerticalRegular />}
            aria-label={t('drag.handle', { title: action.title })}
            tabIndex={isCurrent ? 0 : -1}
            {...byKey}
          />
        )}
      </div>
      <Facts action={action} today={today} left={left} comments={comments} />
      {movable && (
        <div className={styles.foot}>
          <MoveMenu action={action} move={move} isReached={isCurrent} />
        </div>
      )}
    </>
  );
});

/** The same card while it is on its way. */
export function LiftedCard({ action, ...facts }: Pick<Properties, 'action' | 'today' | 'left' | 'comments'>) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.card, styles.lifted)} aria-hidden>
      <span className={styles.title} dir="auto">
        {action.title}
      </span>
      <Facts action={action} {...facts} />
    </div>
  );
}

function Facts({ action, today, left, comments }: Pick<Properties, 'action' | 'today' | 'left' | 'comments'>) {
  return (
    <>
      <DueFact action={action} today={today} />
      <OwnersFact action={action} left={left} />
      <OtherFacts action={action} comments={comments} />
    </>
  );
}
