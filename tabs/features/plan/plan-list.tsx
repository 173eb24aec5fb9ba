import { memo, useState } from 'react';
import {
  Button,
  Checkbox,
  Field,
  Input,
  Link,
  Select,
  makeStyles,
  mergeClasses,
  tokens,
  useEventCallback,
} from '@fluentui/react-components';
import { ArrowSortDownRegular, ArrowSortUpRegular } from '@fluentui/react-icons';
import type { ActionView, PlanView } from '../../../domain/plan/api.ts';
import { actionStates, isDueToday, isOverdue, mayChange, type Action } from '../../../domain/plan/plan.ts';
import { DueFact, OtherFacts, OwnersFact } from './action-facts.tsx';
import { arranged, columns, groupings, type Arrangement, type ColumnName, type Group } from './arrange.ts';
import AddForm from './add-form.tsx';
import { valuesOf } from './saving.ts';
import { usePlanText } from './text.ts';
import type { Chosen } from './use-chosen.ts';

const wide = '@media (min-width: 40rem)';
const wider = '@media (min-width: 60rem)';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  top: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalM },
  add: { flex: '1 1 18rem', maxWidth: '32rem', minWidth: 0 },
  group: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  name: { margin: 0, fontSize: tokens.fontSizeBase400, overflowWrap: 'anywhere' },
  rows: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  // Below each other on a phone; where there is room, columns.
  row: {
    display: 'grid',
    gridTemplateColumns: '2rem minmax(0, 1fr) minmax(0, 1fr)',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflowWrap: 'anywhere',
    cursor: 'pointer',
    // A long plan costs only what is in sight of it; outlines stand out of a row.
    contentVisibility: 'auto',
    containIntrinsicBlockSize: 'auto 3.5rem',
    overflowClipMargin: '6px',
    [wide]: { gridTemplateColumns: '2rem minmax(0, 3fr) minmax(0, 2fr) 7rem 9.5rem' },
    [wider]: { gridTemplateColumns: '2rem minmax(0, 3fr) minmax(0, 2fr) 7.5rem 10.5rem minmax(0, 2fr)' },
  },
  head: {
    display: 'none',
    [wide]: { display: 'grid' },
    cursor: 'default',
    backgroundColor: tokens.colorTransparentBackground,
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  sort: {
    justifyContent: 'flex-start',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    minWidth: 0,
    fontWeight: tokens.fontWeightSemibold,
  },
  overdue: { borderLeft: `3px solid ${tokens.colorStatusDangerBorder2}` },
  today: { borderLeft: `3px solid ${tokens.colorStatusWarningBorder2}` },
  fresh: { outline: `2px solid ${tokens.colorBrandStroke1}`, outlineOffset: '1px' },
  what: { gridColumn: '2 / -1', minWidth: 0, [wide]: { gridColumn: 'auto' } },
  owner: { gridColumn: '2 / -1', [wide]: { gridColumn: 'auto' } },
  state: { gridColumn: 2, [wide]: { gridColumn: 'auto' } },
  aim: { display: 'none', minWidth: 0, [wider]: { display: 'block' } },
  title: { textAlign: 'start', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  done: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  field: { minWidth: 0, width: '100%', '& > select': { width: '100%' } },
});

/** What has a press of its own in a row. */
const pressed = ['button', 'a', 'input', 'select', 'label'].join();

interface ListProperties {
  readonly actions: readonly ActionView[];
  readonly today: string;
  readonly left: readonly string[];
  readonly comments: PlanView['comments'];
  readonly fresh: string | null;
  readonly chosen: Chosen;
  readonly arrangement: Arrangement;
  readonly arrange: (arrangement: Arrangement) => void;
  readonly open: (action: ActionView) => void;
  /** Saves what was changed in a row. */
  readonly change: (action: ActionView, wanted: Action) => void;
  readonly added: (id: string) => void;
}

/** The plan as a table, in the order and the groups that somebody wants; a phone shows each row as a card. */
export default function PlanList({
  actions,
  today,
  left,
  comments,
  fresh,
  chosen,
  arrangement,
  arrange,
  open,
  change,
  added,
}: ListProperties) {
  const t = usePlanText();
  const styles = useStyles();
  const groups = arranged(actions, arrangement, today);
  const pick = useEventCallback((action: ActionView, isChosen: boolean, isRange: boolean) =>
    chosen.pick(action, isChosen, isRange ? groups.flatMap(group => group.actions) : []),
  );

  function nameOf({ key, name }: Group): string {
    if (arrangement.group === 'state') return t(`state.${name}`);
    if (arrangement.group === 'due') return t(`list.days.${name}`);
    if (key !== '') return name;
    return t(arrangement.group === 'aim' ? 'list.noAim' : 'list.nobody');
  }

  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <div className={styles.add}>
          <AddForm state="to-do" today={today} added={added} fold={null} />
        </div>
        <Field label={t('list.group')}>
          <Select
            value={arrangement.group}
            onChange={(_, { value }) =>
              arrange({ ...arrangement, group: groupings.find(one => one === value) ?? 'none' })
            }
          >
            {groupings.map(one => (
              <option key={one} value={one}>
                {t(`list.groups.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {groups.map((group, place) => (
        <section
          key={group.key}
          className={styles.group}
          {...(arrangement.group === 'none' ? {} : { 'aria-labelledby': `plan-group-${place}` })}
        >
          {arrangement.group !== 'none' && (
            <h2 id={`plan-group-${place}`} className={styles.name} dir="auto">
              {nameOf(group)}
            </h2>
          )}
          <div
            role="table"
            className={styles.rows}
            aria-label={arrangement.group === 'none' ? t('list.label') : nameOf(group)}
          >
            <Head
              group={group}
              chosenIds={chosen.ids}
              choose={chosen.choose}
              arrangement={arrangement}
              arrange={arrange}
            />
            {group.actions.map(action => (
              <Row
                key={action.id}
                action={action}
                today={today}
                left={left}
                isFresh={action.id === fresh}
                // An action with two owners stands in two groups; the focus goes to the first.
                isFirst={groups.slice(0, place).every(before => !before.actions.includes(action))}
                comments={comments[action.id] ?? 0}
                isChosen={chosen.ids.has(action.id)}
                pick={pick}
                open={open}
                change={change}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function Head({
  group,
  chosenIds,
  choose,
  arrangement,
  arrange,
}: {
  readonly group: Group;
  readonly chosenIds: ReadonlySet<string>;
  readonly choose: (actions: readonly ActionView[], isChosen: boolean) => void;
  readonly arrangement: Arrangement;
  readonly arrange: (arrangement: Arrangement) => void;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const count = group.actions.filter(({ id }) => chosenIds.has(id)).length;
  const { sort, isDown } = arrangement;

  function order(column: ColumnName): 'ascending' | 'descending' | 'none' {
    if (column !== sort) return 'none';
    return isDown ? 'descending' : 'ascending';
  }

  return (
    <div role="row" className={mergeClasses(styles.row, styles.head)}>
      <span role="columnheader" aria-label={t('several.all')}>
        <Checkbox
          aria-label={t('several.all')}
          checked={count === 0 ? false : count === group.actions.length ? true : 'mixed'}
          onChange={(_, { checked }) => choose(group.actions, checked === true)}
        />
      </span>
      {columns.map(column => (
        <span
          key={column}
          role="columnheader"
          aria-sort={order(column)}
          {...(column === 'aim' ? { className: styles.aim } : {})}
        >
          <Button
            size="small"
            appearance="transparent"
            className={styles.sort}
            iconPosition="after"
            {...(column === sort ? { icon: isDown ? <ArrowSortDownRegular /> : <ArrowSortUpRegular /> } : {})}
            onClick={() => arrange({ ...arrangement, sort: column, isDown: column === sort && !isDown })}
          >
            {t(`list.columns.${column}`)}
          </Button>
        </span>
      ))}
    </div>
  );
}

/**
 * One action: what is changed mostly is changed in place, the rest where a press on the row leads. It is drawn anew only
 * when something about it has changed: there may be hundreds.
 */
const Row = memo(function Row({
  action,
  today,
  left,
  comments,
  isFresh,
  isFirst,
  isChosen,
  pick,
  open,
  change,
}: Pick<ListProperties, 'today' | 'left' | 'open' | 'change'> & {
  readonly action: ActionView;
  readonly comments: number;
  readonly isFresh: boolean;
  readonly isFirst: boolean;
  readonly isChosen: boolean;
  /** With Shift it is a range, by mouse and by keys. */
  readonly pick: (action: ActionView, isChosen: boolean, isRange: boolean) => void;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const { title, state, due, reach } = action;
  return (
    <div
      role="row"
      className={mergeClasses(
        styles.row,
        isOverdue(action, today) && styles.overdue,
        isDueToday(action, today) && styles.today,
        isFresh && styles.fresh,
      )}
      onClick={event => {
        if (!(event.target as HTMLElement).closest(pressed)) open(action);
      }}
    >
      <span role="cell">
        <Checkbox
          aria-label={t('several.choose', { title })}
          checked={isChosen}
          onChange={({ nativeEvent }, { checked }) =>
            pick(action, checked === true, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
          }
        />
      </span>
      <div role="cell" className={styles.what}>
        <Link
          as="button"
          {...(isFirst ? { id: `action-${action.id}` } : {})}
          className={mergeClasses(styles.title, state === 'done' && styles.done)}
          dir="auto"
          aria-haspopup="dialog"
          onClick={() => open(action)}
        >
          {title}
        </Link>
        <OtherFacts action={{ ...action, aim: null }} comments={comments} />
      </div>
      <div role="cell" className={styles.owner}>
        <OwnersFact action={action} left={left} />
      </div>
      <div role="cell" className={styles.state}>
        {mayChange('state', reach) ? (
          <Select
            size="small"
            className={styles.field}
            aria-label={t('list.stateOf', { title })}
            value={state}
            onChange={(_, { value }) =>
              change(action, { ...valuesOf(action), state: actionStates.find(one => one === value) ?? state })
            }
          >
            {actionStates.map(one => (
              <option key={one} value={one}>
                {t(`state.${one}`)}
              </option>
            ))}
          </Select>
        ) : (
          t(`state.${state}`)
        )}
      </div>
      <div role="cell">
        {mayChange('due', reach) && state !== 'done' ? (
          <>
            <DueInput key={due} action={action} change={change} label={t('list.dueOf', { title })} />
            {(isOverdue(action, today) || isDueToday(action, today)) && <DueFact action={action} today={today} />}
          </>
        ) : (
          <DueFact action={action} today={today} />
        )}
      </div>
      <div role="cell" className={styles.aim} dir="auto">
        {action.aim ?? ''}
      </div>
    </div>
  );
});

/** The day, saved once it is whole: while somebody types its year, there is one of the first century. */
function DueInput({
  action,
  label,
  change,
}: Pick<ListProperties, 'change'> & { readonly action: ActionView; readonly label: string }) {
  const styles = useStyles();
  const [typed, setTyped] = useState(action.due ?? '');

  function save(): void {
    const due = typed === '' ? null : typed;
    if (due !== action.due) change(action, { ...valuesOf(action), due });
  }

  return (
    <Input
      type="date"
      size="small"
      className={styles.field}
      aria-label={label}
      value={typed}
      onChange={(_, { value }) => setTyped(value)}
      onBlur={save}
      onKeyDown={event => {
        if (event.key === 'Enter') save();
        if (event.key === 'Escape') setTyped(action.due ?? '');
      }}
    />
  );
}
