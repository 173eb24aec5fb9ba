import { useState, type FormEvent } from 'react';
import { Button, Field, Input, MessageBar, MessageBarBody, Radio, RadioGroup, Spinner, Switch, Text, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../domain/api.ts';
import { mostPerMonth, mostQuestions, type Audience, type SurveyDraft } from '../../../domain/survey.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { checkDraft, newQuestion, type DraftInput, type QuestionInput } from './draft.ts';
import { QuestionEditor } from './question-editor.tsx';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  pair: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
  questions: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Writes a survey and sends it out, today or on a later day. */
export function SurveyEditor({ draft, change, today, back, stop }: {
  readonly draft: DraftInput;
  readonly change: (draft: DraftInput) => void;
  readonly today: string;
  readonly back: () => void;
  readonly stop: (sentence: string | null) => void;
}) {
  const { communityId, announce } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const { ref: addButton, focus } = useFocusTarget();
  // One id for however often it is sent: a repeat finds what arrived the first time.
  const [id] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);
  useLeavingGuard(true);

  const checked = checkDraft(draft, today);
  const faults = tried && 'faults' in checked ? checked.faults : new Set<string>();
  const missing = (path: string): { validationMessage?: string } => (faults.has(path) ? { validationMessage: t('plan.missing') } : {});

  const save = useMutation({
    mutationFn: (survey: SurveyDraft) => call(api.planSurvey, { params: { survey: id }, body: survey }),
    async onSuccess(saved) {
      await queries.invalidateQueries({ queryKey: keys.surveys(communityId) });
      stop(t(saved.phase === 'planned' ? 'plan.planned' : 'plan.opened', { title: saved.title }));
    },
  });

  function submit(event?: FormEvent): void {
    event?.preventDefault();
    setTried(true);
    if ('draft' in checked && !save.isPending) save.mutate(checked.draft);
  }

  function set(part: Partial<DraftInput>): void {
    change({ ...draft, ...part });
  }

  function setQuestion(place: number, question: QuestionInput): void {
    set({ questions: draft.questions.with(place, question) });
  }

  function removeQuestion(place: number): void {
    set({ questions: draft.questions.toSpliced(place, 1) });
    announce(t('plan.removed', { number: place + 1 }));
    focus();
  }

  const later = draft.opensOn > today;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field label={t('plan.name')} required {...missing('title')}><Input value={draft.title} maxLength={80} onChange={(_, { value }) => set({ title: value })} /></Field>
      <Field label={t('plan.intro')}><Textarea value={draft.intro} maxLength={300} resize="vertical" onChange={(_, { value }) => set({ intro: value })} /></Field>

      <ul className={styles.questions}>
        {draft.questions.map((question, place) => (
          <li key={question.id}>
            <QuestionEditor
              number={place + 1}
              question={question}
              faults={new Set([...faults].filter(path => path.startsWith(`questions.${place}.`)).map(path => path.split('.')[2] ?? ''))}
              change={changed => setQuestion(place, changed)}
              {...(draft.questions.length > 1 ? { remove: () => removeQuestion(place) } : {})}
            />
          </li>
        ))}
      </ul>
      <div>
        {draft.questions.length < mostQuestions
          ? <Button ref={addButton} icon={<AddRegular />} onClick={() => set({ questions: [...draft.questions, newQuestion(draft.questions)] })}>{t('plan.add')}</Button>
          : <Text className={styles.quiet}>{t('plan.full', { most: mostQuestions })}</Text>}
      </div>

      <Field hint={t(draft.anonymous ? 'plan.anonymousHint' : 'plan.namedHint')}>
        <Switch label={t('plan.anonymous')} checked={draft.anonymous} onChange={(_, { checked: anonymous }) => set({ anonymous })} />
      </Field>
      <Field label={t('plan.audience')} {...(draft.audience === 'members' ? { hint: t('plan.membersHint', { most: mostPerMonth }) } : {})}>
        <RadioGroup value={draft.audience} onChange={(_, { value }) => set({ audience: value as Audience })}>
          <Radio value="channel" label={t('plan.channel')} />
          <Radio value="members" label={t('plan.members')} />
        </RadioGroup>
      </Field>
      <div className={styles.pair}>
        <Field label={t('plan.opensOn')} {...(faults.has('opensOn') ? { validationMessage: t('plan.past') } : {})}><Input type="date" min={today} value={draft.opensOn} onChange={(_, { value }) => set({ opensOn: value })} /></Field>
        <Field label={t('plan.closesOn')} {...(faults.has('closesOn') ? { validationMessage: t('plan.dates') } : {})}><Input type="date" min={draft.opensOn} value={draft.closesOn} onChange={(_, { value }) => set({ closesOn: value })} /></Field>
      </div>
      <Text className={styles.quiet}>{t('plan.reminder')}</Text>

      {faults.size > 0 && <div role="alert"><MessageBar intent="warning" layout="multiline"><MessageBarBody>{t('plan.fix')}</MessageBarBody></MessageBar></div>}
      {save.isError && <FailureNotice error={save.error} again={() => submit()} />}
      <div className={styles.bar}>
        <Button type="submit" appearance="primary" disabledFocusable={save.isPending} {...(save.isPending ? { icon: <Spinner size="tiny" /> } : {})}>{t(save.isPending ? 'plan.saving' : later ? 'plan.plan' : 'plan.open')}</Button>
        <Button onClick={back} disabledFocusable={save.isPending}>{t('plan.back')}</Button>
        <Button appearance="subtle" onClick={() => stop(null)} disabledFocusable={save.isPending}>{t('plan.cancel')}</Button>
      </div>
    </form>
  );
}
