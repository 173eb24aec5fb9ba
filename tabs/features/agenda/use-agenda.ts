import { useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { agendaApi, QuestionView, type AgendaView } from '../../../domain/agenda/api.ts';
import { changedFields, type Question, type QuestionField } from '../../../domain/agenda/question.ts';
import { mergeFields } from '../../../domain/merge-fields.ts';
import { keys } from '../../lib/queries.ts';
import { saveVersion, type Edit, type Saved, type Versioned } from '../../lib/save-version.ts';
import { useCall, useSession } from '../../lib/session.tsx';

/** Shows a question as it is now, among the others; null: it is there no more. Gaps and topics are read anew. */
export function useShowQuestion(): (id: string, view: QuestionView | null) => Promise<void> {
  const { communityId } = useSession();
  const queries = useQueryClient();
  return useCallback(
    async (id, view) => {
      const queryKey = keys.agenda(communityId);
      await queries.cancelQueries({ queryKey });
      queries.setQueryData<AgendaView>(queryKey, before => before && withQuestion(before, id, view));
      void queries.invalidateQueries({ queryKey });
    },
    [communityId, queries],
  );
}

/** Saves a question and shows it at once, also when the form was left meanwhile. */
export function useSaveQuestion(): (
  id: string,
  edit: Edit<Question>,
) => Promise<Saved<Question, QuestionView, QuestionField>> {
  const call = useCall();
  const show = useShowQuestion();
  return useCallback(
    async (id, edit) => {
      const versioned: Versioned<Question, QuestionView, QuestionField> = {
        put: (question, etag) =>
          call(agendaApi.saveQuestion, { params: { question: id }, body: question, ifMatch: etag }),
        // The refusal carries what is stored; a question that is gone is not found.
        current: async refusal => QuestionView.safeParse(refusal).data ?? null,
        read: view => ({ value: wordsOf(view), etag: view.etag }),
        merge: (base, mine, current) =>
          mergeFields({ base, mine, current }, { changed: changedFields, text: 'details' }),
      };
      const saved = await saveVersion(versioned, edit);
      if (saved.kind !== 'gone') await show(id, saved.view);
      return saved;
    },
    [call, show],
  );
}

/** What people say of a question, without what the server says about it. */
export function wordsOf({ title, details, topics }: QuestionView): Question {
  return { title, details, topics };
}

/** All questions with one replaced, added or taken away, where it stood. */
function withQuestion(all: AgendaView, id: string, view: QuestionView | null): AgendaView {
  const isThere = all.questions.some(question => question.id === id);
  const questions =
    view === null
      ? all.questions.filter(question => question.id !== id)
      : isThere
        ? all.questions.map(question => (question.id === id ? view : question))
        : [...all.questions, view];
  return { ...all, questions };
}
