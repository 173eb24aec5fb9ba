import { Button, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ReOrderDotsVerticalRegular } from '@fluentui/react-icons';
import type { ActionView } from '../../../domain/plan/api.ts';
import { isDueToday, isOverdue, mayChange, type ActionState } from '../../../domain/plan/plan.ts';
import { DueFact, OtherFacts, OwnersFact } from './action-facts.tsx';
import { useHandle, type DragHandles } from './drag-handles.ts';
import { MoveMenu } from './move-menu.tsx';
import { usePlanText } from './text.ts';

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
  /** Tab reaches it; the arrows go to the others. */
  readonly isCurrent: boolean;
  /** It was added just now. */
  readonly isFresh: boolean;
  readonly handles: DragHandles;
  readonly open: (action: ActionView) => void;
  readonly move: (action: ActionView, state: ActionState) => void;
}

/** One action on the board. The card is dragged with a mouse or a finger, its handle with the keyboard. */
export function ActionCard({ action, today, left, isCurrent, isFresh, handles, open, move }: Properties) {
  const t = usePlanText();
  const styles = useStyles();
  const movable = mayChange('state', action.reach);
  const handle = useHandle(handles.cards, action.id);

  return (
    <article
      ref={handle?.card}
      {...handle?.byHand}
      className={mergeClasses(
        styles.card,
        isOverdue(action, today) && styles.overdue,
        isDueToday(action, today) && styles.today,
        styles.whole,
        isFresh && styles.fresh,
        handle?.isDragging && styles.dragged,
      )}
      aria-label={action.title}
      onClick={event => {
        // The whole card opens, but for what has a press of its own.
        if (!(event.target as HTMLElement).closest('button, a, [role="menu"]')) open(action);
      }}
    >
      <div className={styles.head}>
        <Link
          as="button"
          id={`action-${action.id}`}
          className={styles.title}
          dir="auto"
          aria-haspopup="dialog"
          tabIndex={isCurrent ? 0 : -1}
          onClick={() => open(action)}
        >
          {action.title}
        </Link>
        {movable && (
          <Button
            ref={handle?.grip ?? null}
            size="small"
            appearance="transparent"
            icon={<ReOrderDotsVerticalRegular />}
            aria-label={t('drag.handle', { title: action.title })}
            tabIndex={isCurrent ? 0 : -1}
            {...handle?.byKey}
          />
        )}
      </div>
      <Facts action={action} today={today} left={left} />
      {movable && (
        <div className={styles.foot}>
          <MoveMenu action={action} move={move} isReached={isCurrent} />
        </div>
      )}
    </article>
  );
}

/** The same card while it is on its way. */
export function LiftedCard({ action, today, left }: Pick<Properties, 'action' | 'today' | 'left'>) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.card, styles.lifted)} aria-hidden>
      <span className={styles.title} dir="auto">
        {action.title}
      </span>
      <Facts action={action} today={today} left={left} />
    </div>
  );
}

function Facts({ action, today, left }: Pick<Properties, 'action' | 'today' | 'left'>) {
  return (
    <>
      <DueFact action={action} today={today} />
      <OwnersFact action={action} left={left} />
      <OtherFacts action={action} />
    </>
  );
}
