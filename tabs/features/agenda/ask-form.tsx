import { useState } from 'react';
import { Button, Field, Input, Link, Text, makeStyles, tokens } from '@fluentui/react-components';
import type { QuestionView } from '../../../domain/agenda/api.ts';
import { longestQuestion, sameQuestion, type Question, type QuestionField } from '../../../domain/agenda/question.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useSession } from '../../lib/session.tsx';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { questionDraft } from './draft.ts';
import { useAgendaText } from './text.ts';
import { useSaveQuestion } from './use-agenda.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalS },
  field: { flex: '1 1 14rem', minWidth: 0 },
  same: { overflowWrap: 'anywhere' },
});

const nothing: Question = { title: '', details: '', topics: [] };

/** One line in which everybody asks. What is asked already is shown before it is asked a second time. */
export function AskForm({
  questions,
  open,
}: {
  readonly questions: readonly QuestionView[];
  readonly open: (id: string) => void;
}) {
  const { announce } = useSession();
  const t = useAgendaText();
  const styles = useStyles();
  const saveQuestion = useSaveQuestion();
  // One id for however often it is sent: a repeat finds what arrived the first time.
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  const edit = useVersionedEdit<Question, QuestionView, QuestionField>({
    ...questionDraft('new', { value: nothing, etag: null, base: null }, true),
    save: wanted => saveQuestion(id, wanted),
    onSaved({ view }) {
      setId(crypto.randomUUID());
      announce(t('ask.kept', { title: view.title }));
    },
    onClash: () => undefined,
  });
  const title = edit.value.title.trim();
  const same = title === '' ? undefined : sameQuestion(title, questions);
  const maySave = title !== '' && title.length <= longestQuestion && !edit.saving;

  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        if (maySave) edit.submit({ ...edit.value, title });
      }}
    >
      <div className={styles.row}>
        <Field
          className={styles.field}
          label={t('ask.label')}
          {...(title.length > longestQuestion
            ? { validationMessage: t('ask.tooLong', { count: title.length, most: longestQuestion }) }
            : {})}
        >
          <Input
            dir="auto"
            value={edit.value.title}
            placeholder={t('ask.placeholder')}
            readOnly={edit.saving}
            onChange={(_, { value }) => edit.change({ ...edit.value, title: value })}
          />
        </Field>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={!maySave}
          {...(edit.saving ? { icon: <BusySign /> } : {})}
        >
          {t(edit.saving ? 'ask.saving' : 'ask.keep')}
        </Button>
      </div>
      {same && (
        <Text className={styles.same}>
          {t('ask.same')}{' '}
          <Link as="button" type="button" dir="auto" onClick={() => open(same.id)}>
            {same.title}
          </Link>
        </Text>
      )}
      {edit.error && <FailureNotice error={edit.error} again={() => edit.submit()} />}
    </form>
  );
}
