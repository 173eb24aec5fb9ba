import { useEffect, useState } from 'react';
import { Button, Field, Select, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { agendaApi, type QuestionView } from '../../../domain/agenda/api.ts';
import { longestAnswer } from '../../../domain/agenda/question.ts';
import { libraryApi } from '../../../domain/library/api.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { readingOf } from '../../lib/reading.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useAgendaText } from './text.ts';
import { useShowQuestion } from './use-agenda.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  start: { alignSelf: 'flex-start' },
  wide: { alignSelf: 'stretch' },
  select: { minWidth: 0, '& > select': { width: '100%', textOverflow: 'ellipsis' } },
});

/** Any number of characters: a draft is what somebody typed, not yet what may be saved. */
const Typed = z.object({ answer: z.string(), resource: z.string().nullable() });
type Typed = z.infer<typeof Typed>;

/** An answer in words, something in the library, or both. */
export function AnswerForm({ question }: { readonly question: QuestionView }) {
  const session = useSession();
  const { announce } = session;
  const t = useAgendaText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowQuestion();
  const draft = useDraft<Typed>({
    thing: `agenda/${question.id}/answer`,
    schema: Typed,
    stored: {
      value: { answer: question.answer, resource: question.resource?.id ?? null },
      etag: question.etag,
    },
    same: (one, other) => one.answer.trim() === other.answer.trim() && one.resource === other.resource,
  });
  const { answer, resource } = draft.value;
  const library = useQuery(readingOf(session, keys.library, libraryApi.library));
  const resources = library.data?.resources ?? [];
  const isTooLong = answer.trim().length > longestAnswer;
  const answering = useMutation({
    mutationFn: (body: { answer: string; resource: string | null }) =>
      call(agendaApi.answerQuestion, { params: { question: question.id }, body }),
    async onSuccess(view) {
      await show(view.id, view);
      draft.reset();
      setOpened(false);
      announce(t('answer.saved', { title: view.title }));
    },
  });
  // What is answered already stands above: it is opened to be changed.
  const [opened, setOpened] = useState(question.state !== 'answered');
  const { ref: firstField, focus: focusFirst } = useFocusTarget();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (asked) focusFirst();
  }, [asked, focusFirst]);
  const maySave = draft.changed && !isTooLong && (answer.trim() !== '' || resource !== null) && !answering.isPending;

  if (!opened && !draft.changed)
    return (
      <Button
        className={styles.start}
        onClick={() => {
          setOpened(true);
          setAsked(true);
        }}
      >
        {t('answer.change')}
      </Button>
    );
  return (
    <div className={styles.part}>
      <DraftNotice draft={draft} discard={draft.reset} />
      <Field
        className={styles.wide}
        label={t('answer.label')}
        hint={t('answer.hint')}
        {...(isTooLong ? { validationMessage: t('answer.tooLong', { most: longestAnswer }) } : {})}
      >
        <Textarea
          ref={firstField}
          dir="auto"
          value={answer}
          onChange={(_, { value }) => draft.change({ ...draft.value, answer: value })}
        />
      </Field>
      {resources.length > 0 && (
        <Field className={styles.wide} label={t('answer.resource')}>
          <Select
            className={styles.select}
            value={resource ?? ''}
            onChange={(_, { value }) => draft.change({ ...draft.value, resource: value === '' ? null : value })}
          >
            <option value="">{t('answer.noResource')}</option>
            {resources.map(one => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Button disabledFocusable={!maySave} onClick={() => maySave && answering.mutate({ answer, resource })}>
        {t('answer.save')}
      </Button>
      {answering.isError && (
        <FailureNotice error={answering.error} again={() => answering.mutate(answering.variables)} />
      )}
    </div>
  );
}
