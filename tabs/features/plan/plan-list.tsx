import { Badge, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ActionView } from '../../../domain/plan/api.ts';
import { isOverdue, mayChange, type ActionState } from '../../../domain/plan/plan.ts';
import { DueFact, OtherFacts, OwnersFact } from './action-facts.tsx';
import { InlineAdd } from './inline-add.tsx';
import { MoveMenu } from './move-menu.tsx';
import { usePlanText } from './text.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  add: { maxWidth: '32rem' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflowWrap: 'anywhere',
    '@media (min-width: 40rem)': { gridTemplateColumns: 'minmax(0, 1fr) 10rem 9.5rem 7.5rem' },
  },
  overdue: { borderLeft: `3px solid ${tokens.colorStatusDangerBorder2}` },
  what: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: tokens.spacingVerticalXXS,
    minWidth: 0,
  },
  title: { textAlign: 'start', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  done: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  when: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

const colors = { 'to-do': 'informative', doing: 'brand', stuck: 'warning', done: 'success' } as const satisfies Record<
  ActionState,
  string
>;

/** The plan from the soonest day to the last, what is done at the end. */
export function PlanList({
  actions,
  today,
  left,
  open,
  move,
}: {
  readonly actions: readonly ActionView[];
  readonly today: string;
  readonly left: readonly string[];
  readonly open: (action: ActionView) => void;
  readonly move: (action: ActionView, state: ActionState) => void;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const ordered = [
    ...actions.filter(({ state }) => state !== 'done'),
    ...actions.filter(({ state }) => state === 'done'),
  ];
  return (
    <div className={styles.page}>
      <div className={styles.add}>
        <InlineAdd state="to-do" unfolded />
      </div>
      <ul className={styles.list} aria-label={t('list.label')}>
        {ordered.map(action => (
          <li key={action.id} className={mergeClasses(styles.row, isOverdue(action, today) && styles.overdue)}>
            <div className={styles.what}>
              <Link
                as="button"
                id={`action-${action.id}`}
                className={mergeClasses(styles.title, action.state === 'done' && styles.done)}
                dir="auto"
                aria-haspopup="dialog"
                onClick={() => open(action)}
              >
                {action.title}
              </Link>
              <OtherFacts action={action} />
            </div>
            <OwnersFact action={action} left={left} />
            <div className={styles.when}>
              <Badge appearance="tint" color={colors[action.state]}>
                {t(`state.${action.state}`)}
              </Badge>
              <DueFact action={action} today={today} />
            </div>
            <div>{mayChange('state', action.reach) && <MoveMenu action={action} move={move} />}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}
