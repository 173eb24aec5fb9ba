import { Button, Field, Input, Select, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { PlanView } from '../../../domain/plan/api.ts';
import {
  actionStates,
  longestNotes,
  longestTitle,
  mayChange,
  mostOwners,
  weights,
  type Action,
  type Reach,
} from '../../../domain/plan/plan.ts';
import { quickDaysFrom } from '../../../domain/plan/due.ts';
import { PeopleField } from '../../components/people-field.tsx';
import { WriteButton } from '../../components/write-button.tsx';
import { RichTextField } from '../../components/rich-text.tsx';
import { useCommunity } from '../../lib/session.tsx';
import { DueWords } from './due-words.tsx';
import { aimValue } from './filters.ts';
import { usePlanText } from './text.ts';

/** From so few characters on it says how many are left. */
const few = 500;

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalM },
  half: { flex: '1 1 10rem', minWidth: 0 },
  narrow: { gridTemplateColumns: 'minmax(0, 1fr)' },
  // As wide as its field, however long an aim is.
  select: { minWidth: 0, '& > select': { width: '100%', textOverflow: 'ellipsis' } },
  quick: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, alignItems: 'flex-start' },
  people: { alignSelf: 'stretch' },
});

/** The fields of an action. What this person may not change can be read. */
export function ActionForm({
  action,
  plan,
  reach,
  busy,
  change,
  submit,
}: {
  readonly action: Action;
  readonly plan: PlanView;
  readonly reach: Reach;
  readonly busy: boolean;
  readonly change: (action: Action) => void;
  readonly submit: () => void;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const { me } = useCommunity();
  const fixed = (field: keyof Action): boolean => busy || !mayChange(field, reach);
  const left = longestNotes - action.notes.length;
  const over = action.title.trim().length - longestTitle;
  const titleFault =
    action.title.trim() === '' ? t('panel.titleMissing') : over > 0 ? t('panel.titleLong', { count: over }) : null;
  const aims = action.aim === null || plan.aims.includes(action.aim) ? plan.aims : [...plan.aims, action.aim];

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t('panel.title')} required {...(titleFault === null ? {} : { validationMessage: titleFault })}>
        <Input
          dir="auto"
          value={action.title}
          readOnly={fixed('title')}
          onChange={(_, { value }) => change({ ...action, title: value })}
        />
      </Field>
      <div className={styles.pair}>
        <Field label={t('panel.state')} className={styles.half}>
          <Select
            className={styles.select}
            value={action.state}
            disabled={fixed('state')}
            onChange={(_, { value }) =>
              change({ ...action, state: actionStates.find(state => state === value) ?? action.state })
            }
          >
            {actionStates.map(state => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </Select>
        </Field>
        <div className={mergeClasses(styles.half, styles.part)}>
          <Field label={t('panel.due')} className={styles.people}>
            <Input
              type="date"
              value={action.due ?? ''}
              readOnly={fixed('due')}
              onChange={(_, { value }) => change({ ...action, due: value === '' ? null : value })}
            />
          </Field>
          {!fixed('due') && (
            <div className={styles.people}>
              <DueWords due={action.due} today={plan.today} change={due => change({ ...action, due })} />
            </div>
          )}
          {!fixed('due') && (
            <div role="group" aria-label={t('quick.label')} className={styles.quick}>
              {quickDaysFrom(plan.today).map(({ name, day }) => (
                <Button
                  key={name}
                  size="small"
                  appearance={action.due === day ? 'primary' : 'secondary'}
                  aria-pressed={action.due === day}
                  onClick={() => change({ ...action, due: day })}
                >
                  {t(`quick.${name}`)}
                </Button>
              ))}
            </div>
          )}
        </div>
      </div>
      <div className={styles.part}>
        <div className={styles.people}>
          <PeopleField
            label={t('panel.owners')}
            hint={t('owners.add')}
            warning={action.owners.some(({ id }) => plan.left.includes(id)) ? t('owners.chooseNew') : null}
            people={action.owners}
            most={mostOwners}
            left={plan.left}
            readOnly={fixed('owners')}
            beside={person => <WriteButton person={person} />}
            change={owners => change({ ...action, owners })}
          />
        </div>
        {!fixed('owners') && action.owners.length < mostOwners && !action.owners.some(({ id }) => id === me.id) && (
          <Button
            size="small"
            onClick={() => change({ ...action, owners: [...action.owners, { id: me.id, name: me.name }] })}
          >
            {t('owners.me')}
          </Button>
        )}
      </div>
      <Field label={t('panel.weight')} hint={t('panel.weightHint')}>
        <Select
          className={styles.select}
          value={action.weight}
          disabled={fixed('weight')}
          onChange={(_, { value }) =>
            change({ ...action, weight: weights.find(weight => weight === value) ?? action.weight })
          }
        >
          {weights.map(weight => (
            <option key={weight} value={weight}>
              {t(`weight.${weight}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('panel.aim')} className={styles.narrow} hint={t('panel.aimHint')}>
        <Select
          className={styles.select}
          value={aimValue(action.aim)}
          disabled={fixed('aim')}
          onChange={(_, { value }) => change({ ...action, aim: aims.find(aim => aimValue(aim) === value) ?? null })}
        >
          <option value={aimValue(null)}>{t('panel.noAim')}</option>
          {aims.map(aim => (
            <option key={aim} value={aimValue(aim)}>
              {plan.aims.includes(aim) ? aim : t('panel.aimGone', { aim })}
            </option>
          ))}
        </Select>
      </Field>
      <RichTextField
        label={t('panel.notes')}
        fault={left < 0 ? t('panel.notesOver', { count: -left }) : null}
        hint={left >= 0 && left < few ? t('panel.notesLeft', { count: left }) : null}
        value={action.notes}
        readOnly={fixed('notes')}
        change={notes => change({ ...action, notes })}
      />
    </form>
  );
}
