import type { ReactElement } from 'react';
import {
  Button,
  Checkbox,
  Field,
  Input,
  Select,
  Textarea,
  Tooltip,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular, CopyRegular, DeleteRegular } from '@fluentui/react-icons';
import {
  longestEnd,
  longestOption,
  longestQuestion,
  mostOptions,
  offersOptions,
  questionKinds,
  type QuestionKind,
} from '../../../domain/surveys/survey.ts';
import type { QuestionInput } from './draft.ts';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  question: {
    margin: 0,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: tokens.spacingHorizontalM,
  },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  // A finger finds it.
  act: { '@media (pointer: coarse)': { minWidth: '44px', minHeight: '44px' } },
  legend: { fontWeight: tokens.fontWeightSemibold, padding: `0 ${tokens.spacingHorizontalXS}` },
  pair: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    '& > *': { flex: '1 1 10rem', minWidth: 0 },
    '& .fui-Input': { width: '100%', minWidth: 0 },
  },
});

/** One question of a survey that is being written. */
export function QuestionEditor({
  number,
  question,
  faults,
  change,
  up,
  down,
  copy,
  remove,
}: {
  readonly number: number;
  readonly question: QuestionInput;
  /** The fields that do not fit. */
  readonly faults: ReadonlySet<string>;
  readonly change: (question: QuestionInput) => void;
  /** Absent for the first. */
  readonly up?: () => void;
  /** Absent for the last. */
  readonly down?: () => void;
  /** Absent where the survey is full. */
  readonly copy?: () => void;
  /** Absent for the only question. */
  readonly remove?: () => void;
}) {
  const t = useSurveysText();
  const styles = useStyles();
  const { kind } = question;
  return (
    <fieldset className={styles.question}>
      <legend className={styles.legend}>{t('plan.question', { number })}</legend>
      <Field label={t('plan.text')} required {...(faults.has('text') ? { validationMessage: t('plan.missing') } : {})}>
        <Input
          value={question.text}
          maxLength={longestQuestion}
          onChange={(_, { value }) => change({ ...question, text: value })}
        />
      </Field>
      <Field label={t('plan.kind')}>
        <Select value={kind} onChange={(_, { value }) => change({ ...question, kind: value as QuestionKind })}>
          {questionKinds.map(each => (
            <option key={each} value={each}>
              {t(`plan.kinds.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      {offersOptions(kind) && (
        <Field
          label={t('plan.options')}
          {...(faults.has('options')
            ? { validationMessage: t('plan.optionsHint', { most: mostOptions, longest: longestOption }) }
            : { hint: t('plan.optionsHint', { most: mostOptions, longest: longestOption }) })}
        >
          <Textarea
            value={question.options}
            rows={4}
            resize="vertical"
            onChange={(_, { value }) => change({ ...question, options: value })}
          />
        </Field>
      )}
      {kind === 'rating' && (
        <div className={styles.pair}>
          <Field label={t('plan.low')}>
            <Input
              value={question.low}
              maxLength={longestEnd}
              onChange={(_, { value }) => change({ ...question, low: value })}
            />
          </Field>
          <Field label={t('plan.high')}>
            <Input
              value={question.high}
              maxLength={longestEnd}
              onChange={(_, { value }) => change({ ...question, high: value })}
            />
          </Field>
        </div>
      )}
      <Checkbox
        label={t('plan.required')}
        checked={question.required}
        onChange={(_, { checked }) => change({ ...question, required: checked === true })}
      />
      <div className={styles.bar}>
        <Act name={t('plan.up', { number })} icon={<ArrowUpRegular />} {...(up ? { act: up } : {})} />
        <Act name={t('plan.down', { number })} icon={<ArrowDownRegular />} {...(down ? { act: down } : {})} />
        <Act name={t('plan.copy', { number })} icon={<CopyRegular />} {...(copy ? { act: copy } : {})} />
        <Act name={t('plan.remove', { number })} icon={<DeleteRegular />} {...(remove ? { act: remove } : {})} />
      </div>
    </fieldset>
  );
}

/** A button that only has a picture; where there is nothing to do it stays in its place, so that the others keep theirs. */
function Act({ name, icon, act }: { readonly name: string; readonly icon: ReactElement; readonly act?: () => void }) {
  const styles = useStyles();
  return (
    <Tooltip content={name} relationship="label">
      <Button
        appearance="subtle"
        className={styles.act}
        icon={icon}
        disabledFocusable={!act}
        {...(act ? { onClick: act } : {})}
      />
    </Tooltip>
  );
}
