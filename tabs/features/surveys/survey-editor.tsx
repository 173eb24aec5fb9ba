import { Suspense, lazy, useRef, useState, type FormEvent } from 'react';
import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Switch,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { surveysApi, type SurveysView, type SurveyView } from '../../../domain/surveys/api.ts';
import {
  longestEvent,
  longestIntro,
  longestTitle,
  mostQuestions,
  toldTo,
  type DraftField,
} from '../../../domain/surveys/survey.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { ClashChooser } from '../../components/clash-chooser.tsx';
import { CancelWriting } from '../../components/cancel-writing.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { RichTextField } from '../../components/rich-text.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { Warning } from '../../components/warning.tsx';
import { showDay } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { isSame, saveVersion } from '../../lib/save-version.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { arrivalOf } from './arrival.ts';
import { AudienceField } from './audience-field.tsx';
import {
  checkDraft,
  draftIn,
  DraftInput,
  drawable,
  moved,
  newQuestion,
  placed,
  twice,
  type QuestionInput,
} from './draft.ts';
import { QuestionEditor } from './question-editor.tsx';
import { versionedSurvey } from './saving.ts';
import { SendToMe } from './send-to-me.tsx';
import { showField } from './show-field.ts';
import { useSurveysText } from './text.ts';

// The renderer of cards comes after the form.
const SurveyPreview = lazy(() => import('./survey-preview.tsx'));

const useStyles = makeStyles({
  // Beside each other where there is room for two, else one above the other.
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22rem), 1fr))',
    gap: tokens.spacingHorizontalXL,
    alignItems: 'start',
  },
  // Beside a long form it stays in view.
  preview: { minWidth: 0, position: 'sticky', top: tokens.spacingVerticalM },
  form: { minWidth: 0, display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  pair: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
  questions: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Writes a survey and sends it out, today or on a later day; or changes one that is planned. */
export function SurveyEditor({
  start,
  today,
  perMonth,
  reach,
  others,
  survey = null,
  repeats = null,
  back,
  stop,
}: {
  /** What the form begins with. */
  readonly start: DraftInput;
  readonly today: string;
  readonly perMonth: number;
  readonly reach: SurveysView['reach'];
  /** The surveys there are: two anonymous ones that ask the same stand apart. */
  readonly others: readonly SurveyView[];
  /** The planned survey that is being changed; null for a new one. */
  readonly survey?: SurveyView | null;
  /** The earlier survey that is asked once more, by its id. */
  readonly repeats?: string | null;
  /** Absent where there is nothing to go back to. */
  readonly back?: () => void;
  readonly stop: (sentence: string | null) => void;
}) {
  const { communityId, announce, texts } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const { ref: addButton, focus } = useFocusTarget();
  const questionList = useRef<HTMLUListElement>(null);
  // One id for however often it is sent: a repeat finds what arrived the first time.
  const [id] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);
  const edit = useVersionedEdit<DraftInput, SurveyView, DraftField>({
    thing: `surveys/${survey?.id ?? (repeats === null ? 'new' : `again/${repeats}`)}`,
    schema: DraftInput,
    stored: survey ? { value: start, etag: survey.etag } : { value: start, base: null, etag: null },
    async save(wanted) {
      const saved = survey
        ? await saveVersion(
            versionedSurvey({
              put: (body, ifMatch) => call(surveysApi.changeSurvey, { params: { survey: survey.id }, body, ifMatch }),
            }),
            wanted,
          )
        : {
            kind: 'saved' as const,
            view: await call(surveysApi.planSurvey, { params: { survey: id }, body: draftIn(wanted.value) }),
            theirs: [],
            met: [],
          };
      if (saved.kind !== 'clash') await queries.invalidateQueries({ queryKey: keys.surveys(communityId) });
      return saved;
    },
    onSaved({ view, theirs }) {
      const { phase, title } = view;
      const kept = new Intl.ListFormat(texts.locale).format(theirs.map(field => t(`fields.${field}`)));
      const done = t(phase !== 'planned' ? 'plan.opened' : survey ? 'change.done' : 'plan.planned', { title });
      const comes = arrivalOf(view, t, texts.locale);
      stop([done, comes, kept === '' ? '' : t('change.kept', { fields: kept })].filter(said => said !== '').join(' '));
    },
    onClash: () => announce(t('clash.title')),
  });
  const { value: draft, saving, clash, gone: tooLate } = edit;

  const checked = checkDraft(
    draft,
    today,
    others.filter(other => other.id !== survey?.id),
  );
  const faults = tried && 'faults' in checked ? checked.faults : new Set<string>();
  const missing = (path: string): { validationMessage?: string } =>
    faults.has(path) ? { validationMessage: t('plan.missing') } : {};

  function submit(event?: FormEvent): void {
    event?.preventDefault();
    setTried(true);
    if ('draft' in checked && !tooLate) edit.submit();
  }

  function set(part: Partial<DraftInput>): void {
    edit.change({ ...draft, ...part });
  }

  function setQuestion(place: number, question: QuestionInput): void {
    set({ questions: draft.questions.with(place, question) });
  }

  function move(from: number, to: number): void {
    set({ questions: placed(draft.questions, from, to) });
    announce(t('plan.moved', { from: from + 1, to: to + 1 }));
    focusQuestion(to);
  }

  function copy(place: number): void {
    set({ questions: twice(draft.questions, place) });
    announce(t('plan.copied', { number: place + 2 }));
    focusQuestion(place + 1);
  }

  /** The focus follows a question to its new place, wherever its buttons stand now. */
  function focusQuestion(place: number): void {
    setTimeout(() => questionList.current?.children[place]?.querySelector('input')?.focus());
  }

  function leave(then: () => void): void {
    edit.reset();
    then();
  }

  function removeQuestion(place: number): void {
    set({ questions: draft.questions.toSpliced(place, 1) });
    announce(t('plan.removed', { number: place + 1 }));
    focus();
  }

  const standIn = { title: t('plan.name'), event: t('plan.preview.event') };
  // A trial is for looking at: it may come whatever the days are.
  const finished = 'draft' in checked || [...checked.faults].every(path => path === 'opensOn' || path === 'closesOn');
  const trial = finished ? drawable(draft, today, standIn) : null;
  const apart = 'faults' in checked ? checked.opensNotBefore : null;
  const opening = apart === null ? t('plan.past') : t('plan.tooClose', { day: showDay(apart, texts.locale) });
  const later = draft.opensOn > today;
  const inChats = draft.audience !== 'channel';
  const over = draft.intro.trim().length - longestIntro;
  return (
    <div className={styles.columns}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <DraftNotice draft={edit} discard={edit.reset} />
        <Field label={t('plan.name')} required {...missing('title')}>
          <Input value={draft.title} maxLength={longestTitle} onChange={(_, { value }) => set({ title: value })} />
        </Field>
        {draft.event !== null && (
          <Field label={t('plan.event')} hint={t('plan.eventHint')} required {...missing('event')}>
            <Input
              value={draft.event}
              maxLength={longestEvent}
              placeholder={t('plan.eventExample')}
              onChange={(_, { value }) => set({ event: value })}
            />
          </Field>
        )}
        <RichTextField
          label={t('plan.intro')}
          fault={over > 0 ? t('plan.introOver', { count: over }) : null}
          value={draft.intro}
          change={intro => set({ intro })}
        />

        <ul className={styles.questions} ref={questionList}>
          {draft.questions.map((question, place) => (
            <li key={question.id}>
              <QuestionEditor
                number={place + 1}
                question={question}
                faults={
                  new Set(
                    [...faults]
                      .filter(path => path.startsWith(`questions.${place}.`))
                      .map(path => path.split('.')[2] ?? ''),
                  )
                }
                change={changed => setQuestion(place, changed)}
                {...(place > 0 ? { up: () => move(place, place - 1) } : {})}
                {...(place < draft.questions.length - 1 ? { down: () => move(place, place + 1) } : {})}
                {...(draft.questions.length < mostQuestions ? { copy: () => copy(place) } : {})}
                {...(draft.questions.length > 1 ? { remove: () => removeQuestion(place) } : {})}
              />
            </li>
          ))}
        </ul>
        <div>
          {draft.questions.length < mostQuestions ? (
            <Button
              ref={addButton}
              icon={<AddRegular />}
              onClick={() => set({ questions: [...draft.questions, newQuestion(draft.questions)] })}
            >
              {t('plan.add')}
            </Button>
          ) : (
            <Text className={styles.quiet}>{t('plan.full', { most: mostQuestions })}</Text>
          )}
        </div>

        {draft.event === null ? (
          <Field hint={t(draft.anonymous ? 'plan.anonymousHint' : 'plan.namedHint')}>
            <Switch
              label={t('plan.anonymous')}
              checked={draft.anonymous}
              onChange={(_, { checked: anonymous }) => set({ anonymous })}
            />
          </Field>
        ) : (
          <Text className={styles.quiet}>{t('plan.feedbackHint')}</Text>
        )}
        <Field hint={t(draft.tellsResults ? `plan.tellsResults.to.${toldTo(draft)}` : 'plan.tellsResults.hint')}>
          <Switch
            label={t('plan.tellsResults.label')}
            checked={draft.tellsResults}
            onChange={(_, { checked: tellsResults }) => set({ tellsResults })}
          />
        </Field>
        {draft.event === null && (
          <Field hint={t('plan.everyQuarter.hint')}>
            <Switch
              label={t('plan.everyQuarter.label')}
              checked={draft.everyQuarter}
              onChange={(_, { checked: everyQuarter }) => set({ everyQuarter })}
            />
          </Field>
        )}
        <AudienceField
          draft={draft}
          today={today}
          perMonth={perMonth}
          reach={reach}
          choose={audience => set({ audience })}
          openOn={day => set(moved(draft, day))}
        />
        <div className={styles.pair}>
          <Field label={t('plan.opensOn')} {...(faults.has('opensOn') ? { validationMessage: opening } : {})}>
            <Input type="date" min={today} value={draft.opensOn} onChange={(_, { value }) => set({ opensOn: value })} />
          </Field>
          <Field label={t('plan.closesOn')} {...(faults.has('closesOn') ? { validationMessage: t('plan.dates') } : {})}>
            <Input
              type="date"
              min={draft.opensOn}
              value={draft.closesOn}
              onChange={(_, { value }) => set({ closesOn: value })}
            />
          </Field>
        </div>
        <Text className={styles.quiet}>
          {inChats ? `${t('plan.mornings')} ${t('plan.reminder')}` : t('plan.reminder')}
        </Text>

        {faults.size > 0 && <Warning>{t('plan.fix')}</Warning>}
        {clash && (
          <ClashChooser
            title={t('clash.title')}
            clash={clash}
            label={field => t(`fields.${field}`)}
            show={(field, from) => showField(field, from, { t, locale: texts.locale })}
            isMarkdown={field => field === 'intro'}
            chosen={field => (isSame(draft[field], clash.theirs[field]) ? 'theirs' : 'mine')}
            take={(field, from) => set({ [field]: from[field] })}
          />
        )}
        {tooLate && (
          <div role="alert">
            <MessageBar intent="error" layout="multiline">
              <MessageBarBody>{t('change.tooLate')}</MessageBarBody>
            </MessageBar>
          </div>
        )}
        {edit.error && <FailureNotice error={edit.error} again={() => submit()} />}
        <div className={styles.bar}>
          <Button
            type="submit"
            appearance="primary"
            disabledFocusable={saving || tooLate}
            {...(saving ? { icon: <BusySign /> } : {})}
          >
            {t(
              saving
                ? 'plan.saving'
                : later
                  ? survey
                    ? 'change.save'
                    : 'plan.plan'
                  : inChats
                    ? 'plan.openChats'
                    : 'plan.open',
            )}
          </Button>
          {back && (
            <CancelWriting changed={edit.changed} busy={saving} throwAway={() => leave(back)} label={t('plan.back')} />
          )}
          <CancelWriting changed={edit.changed} busy={saving} throwAway={() => leave(() => stop(null))} />
        </div>
        <SendToMe id={survey?.id ?? id} draft={trial} check={() => setTried(true)} />
      </form>
      <section className={styles.preview} aria-label={t('plan.preview.title')}>
        <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
          <SurveyPreview id={survey?.id ?? id} draft={draft} today={today} />
        </Suspense>
      </section>
    </div>
  );
}
