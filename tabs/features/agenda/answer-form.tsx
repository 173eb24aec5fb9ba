import { useState } from 'react';
import { Button, Field, Select, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { agendaApi, type QuestionView } from '../../../domain/agenda/api.ts';
import { longestAnswer } from '../../../domain/agenda/question.ts';
import { libraryApi } from '../../../domain/library/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf } from '../../lib/reading.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useAgendaText } from './text.ts';
import { useShowQuestion } from './use-agenda.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  wide: { alignSelf: 'stretch' },
  select: { minWidth: 0, '& > select': { width: '100%', textOverflow: 'ellipsis' } },
});

/** An answer in words, something in the library, or both. */
export function AnswerForm({ question }: { readonly question: QuestionView }) {
  const session = useSession();
  const { announce } = session;
  const t = useAgendaText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowQuestion();
  const [answer, setAnswer] = useState(question.answer);
  const [resource, setResource] = useState(question.resource?.id ?? null);
  const library = useQuery(readingOf(session, keys.library, libraryApi.library));
  const resources = library.data?.resources ?? [];
  const isChanged = answer.trim() !== question.answer.trim() || resource !== (question.resource?.id ?? null);
  const isTooLong = answer.trim().length > longestAnswer;
  const answering = useMutation({
    mutationFn: (body: { answer: string; resource: string | null }) =>
      call(agendaApi.answerQuestion, { params: { question: question.id }, body }),
    async onSuccess(view) {
      await show(view.id, view);
      announce(t('answer.saved', { title: view.title }));
    },
  });
  const maySave = isChanged && !isTooLong && (answer.trim() !== '' || resource !== null) && !answering.isPending;

  return (
    <div className={styles.part}>
      <Field
        className={styles.wide}
        label={t('answer.label')}
        hint={t('answer.hint')}
        {...(isTooLong ? { validationMessage: t('answer.tooLong', { most: longestAnswer }) } : {})}
      >
        <Textarea dir="auto" value={answer} onChange={(_, { value }) => setAnswer(value)} />
      </Field>
      {resources.length > 0 && (
        <Field className={styles.wide} label={t('answer.resource')}>
          <Select
            className={styles.select}
            value={resource ?? ''}
            onChange={(_, { value }) => setResource(value === '' ? null : value)}
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
