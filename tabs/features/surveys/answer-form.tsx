import { useEffect, useRef, useState, type FormEvent } from 'react';
import {
  Checkbox,
  Field,
  Radio,
  RadioGroup,
  Text,
  Textarea,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { surveysApi, type SurveyView } from '../../../domain/surveys/api.ts';
import {
  checkSheet,
  isFeedback,
  longestText,
  needOf,
  nameOf,
  ratingLabel,
  toldTo,
  type Question,
  type Sheet,
  readersOf,
} from '../../../domain/surveys/survey.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { Warning } from '../../components/warning.tsx';
import { ApiFailure } from '../../lib/api.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { useCall } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingTop: tokens.spacingVerticalM,
  },
  question: {
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
  },
  legend: {
    fontWeight: tokens.fontWeightSemibold,
    padding: 0,
    marginBottom: tokens.spacingVerticalXS,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  row: { flexWrap: 'wrap', maxWidth: '24rem', '& > .fui-Radio': { flex: '1 1 15%' } },
  ends: {
    display: 'flex',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    flexBasis: '100%',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  quiet: { color: tokens.colorNeutralForeground2 },
  mark: { color: tokens.colorPaletteRedForeground3 },
});

const Refusal = z.object({ kind: z.enum(['closed', 'not-open', 'answered-before', 'empty', 'missing']) });

/** What can take the focus in a field that says it is missing. */
const firstFault = '[role="radiogroup"][aria-invalid="true"] input, :is(input, textarea)[aria-invalid="true"]';

/** An answer of any length: a draft is what somebody typed, not yet what may be sent. */
const TypedSheet = z.record(z.string(), z.union([z.array(z.number()), z.number(), z.string()]));

/**
 * The questions, to answer. What was typed stays until it has arrived; in the browser only where answers carry a name.
 */
export default function AnswerForm({
  survey,
  token,
  done,
  stop,
}: {
  readonly survey: SurveyView;
  readonly token: string | null;
  readonly done: (token: string | null) => void;
  readonly stop: () => void;
}) {
  const t = useSurveysText();
  const styles = useStyles();
  const call = useCall();
  const { ref: start, focus } = useFocusTarget();
  const draft = useDraft<Sheet>({
    thing: survey.anonymous ? null : `surveys/${survey.id}/answer`,
    schema: TypedSheet,
    stored: { value: survey.mine.sheet ?? {}, etag: null },
  });
  const sheet = draft.value;
  const [empty, setEmpty] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(focus, [focus]);

  const checked = checkSheet(survey.questions, sheet);
  const missing = new Set(
    'fault' in checked && checked.fault === 'missing' ? checked.questions.map(({ id }) => id) : [],
  );
  const send = useMutation({
    mutationFn: (answers: Sheet) =>
      call(surveysApi.answerSurvey, { params: { survey: survey.id }, body: { sheet: answers, token } }),
    onSuccess(answer) {
      draft.forget();
      done(answer.token);
    },
  });
  useLeavingGuard(send.isPending || draft.lost || (survey.anonymous && draft.changed));
  const refusal = send.error instanceof ApiFailure ? Refusal.safeParse(send.error.current) : null;

  function submit(event?: FormEvent): void {
    event?.preventDefault();
    if (send.isPending) return;
    setEmpty('fault' in checked && checked.fault === 'empty');
    setTried(true);
    if ('fault' in checked && checked.fault === 'missing')
      setTimeout(() => form.current?.querySelector<HTMLElement>(firstFault)?.focus());
    if ('sheet' in checked) send.mutate(checked.sheet);
  }

  function change(id: string, answer: Sheet[string] | null): void {
    setEmpty(false);
    const others = Object.entries(sheet).filter(([other]) => other !== id);
    draft.change(Object.fromEntries([...others, ...(answer === null ? [] : [[id, answer] as const])]));
  }

  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={submit}
      aria-label={t('answer.label', { title: nameOf(survey) })}
      noValidate
    >
      <Text ref={start} tabIndex={-1} className={styles.quiet}>
        {[
          t(`privacy.${isFeedback(survey) ? 'feedback' : survey.anonymous ? 'anonymous' : 'named'}`, {
            readers: t(`privacy.readers.${readersOf(survey)}`),
          }),
          survey.tellsResults ? t(`told.${toldTo(survey)}`) : '',
          t(`answer.need.${needOf(survey.questions)}`),
        ]
          .filter(words => words !== '')
          .join(' ')}
      </Text>
      <DraftNotice draft={draft} discard={draft.reset} />
      {survey.questions.map(question => (
        <QuestionField
          key={question.id}
          survey={survey.id}
          question={question}
          answer={sheet[question.id] ?? null}
          missing={tried && missing.has(question.id)}
          change={answer => change(question.id, answer)}
        />
      ))}
      {empty && <Warning>{t('answer.refused.empty')}</Warning>}
      {refusal?.success ? (
        <Warning>{t(`answer.refused.${refusal.data.kind}`)}</Warning>
      ) : (
        send.isError && <FailureNotice error={send.error} again={() => submit()} />
      )}
      <FormButtons
        words={t(send.isPending ? 'answer.sending' : 'answer.send')}
        maySend
        busy={send.isPending}
        draft={draft}
        stop={stop}
      />
    </form>
  );
}

function QuestionField({
  survey,
  question,
  answer,
  missing,
  change,
}: {
  readonly survey: string;
  readonly question: Question;
  readonly answer: Sheet[string] | null;
  /** Somebody wanted to send without the answer that is required. */
  readonly missing: boolean;
  readonly change: (answer: Sheet[string] | null) => void;
}) {
  const t = useSurveysText();
  const styles = useStyles();
  const { id, kind, text, options, required } = question;
  const needed = missing ? { validationMessage: t('answer.missing') } : {};

  if (kind === 'text') {
    const words = typeof answer === 'string' ? answer : '';
    const long = words.trim().length > longestText;
    return (
      <Field
        label={{ children: text, className: styles.legend }}
        required={required}
        {...needed}
        {...(long ? { validationMessage: t('answer.tooLong', { count: words.trim().length, most: longestText }) } : {})}
      >
        <Textarea
          value={words}
          resize="vertical"
          onChange={(_, data) => change(data.value === '' ? null : data.value)}
        />
      </Field>
    );
  }

  const chosen = Array.isArray(answer) ? answer : [];
  if (kind === 'choices') {
    return (
      <fieldset className={styles.question}>
        <legend className={styles.legend}>
          {text}
          {required && <Text className={styles.mark}> *</Text>}
        </legend>
        <Text size={200} className={styles.quiet}>
          {t(required ? 'answer.severalRequired' : 'answer.several')}
        </Text>
        {missing && <Warning>{t('answer.missing')}</Warning>}
        {options.map((option, place) => (
          <Checkbox
            key={option}
            label={option}
            aria-invalid={missing}
            checked={chosen.includes(place)}
            onChange={(_, { checked }) => {
              const next = checked
                ? [...chosen, place].toSorted((one, other) => one - other)
                : chosen.filter(other => other !== place);
              change(next.length === 0 ? null : next);
            }}
          />
        ))}
      </fieldset>
    );
  }

  const offered =
    kind === 'rating'
      ? [1, 2, 3, 4, 5].map(rating => ({ value: rating, label: ratingLabel(rating, question) }))
      : options.map((label, place) => ({ value: place, label }));
  const value = typeof answer === 'number' ? answer : chosen[0];
  return (
    <Field label={{ children: text, className: styles.legend }} required={required} {...needed}>
      <RadioGroup
        name={`${survey}-${id}`}
        className={mergeClasses(kind === 'rating' && styles.row)}
        // From little to much in one row, as people read it.
        layout={kind === 'rating' ? 'horizontal-stacked' : 'vertical'}
        value={value === undefined ? '' : String(value)}
        onChange={(_, data) =>
          change(data.value === '' ? null : kind === 'rating' ? Number(data.value) : [Number(data.value)])
        }
      >
        {offered.map(({ value: each, label }) => (
          <Radio key={each} value={String(each)} label={kind === 'rating' ? <Rating label={label} /> : label} />
        ))}
        {kind === 'rating' && (
          <div className={styles.ends} aria-hidden>
            <span>{question.low}</span>
            <span>{question.high}</span>
          </div>
        )}
        {value !== undefined && <Radio value="" label={t('answer.clear')} />}
      </RadioGroup>
    </Field>
  );
}

/** A number of a row; what it means stands at the row's ends for those who see it. */
function Rating({ label }: { readonly label: string }) {
  const styles = useStyles();
  return (
    <>
      {label.slice(0, 1)}
      <span className={styles.unseen}>{label.slice(1)}</span>
    </>
  );
}
