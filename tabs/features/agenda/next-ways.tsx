import { useState } from 'react';
import { Button, Field, Input, Select, Subtitle2, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { agendaApi, type QuestionView } from '../../../domain/agenda/api.ts';
import { mostScouts } from '../../../domain/agenda/question.ts';
import type { Person } from '../../../domain/community.ts';
import { eventsApi } from '../../../domain/events/api.ts';
import { planApi } from '../../../domain/plan/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { PeopleField } from '../../components/people-field.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf } from '../../lib/reading.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useAgendaText } from './text.ts';
import { useShowQuestion } from './use-agenda.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalS },
  field: { flex: '1 1 12rem', minWidth: 0 },
  select: { minWidth: 0, '& > select': { width: '100%', textOverflow: 'ellipsis' } },
  start: { alignSelf: 'flex-start' },
});

/** Three ways on for an open question: an event takes it up, somebody goes and looks, or it becomes an action. */
export function NextWays({ question }: { readonly question: QuestionView }) {
  const t = useAgendaText();
  const styles = useStyles();
  return (
    <section className={styles.part} aria-labelledby="agenda-ways">
      <Subtitle2 as="h3" id="agenda-ways">
        {t('ways')}
      </Subtitle2>
      <PlanEvent question={question} />
      <SendScouts question={question} />
      <MakeAction question={question} />
    </section>
  );
}

/** Of the events that come, those that I may change: the question becomes a line of their agenda. */
function PlanEvent({ question }: { readonly question: QuestionView }) {
  const session = useSession();
  const { announce, communityId } = session;
  const t = useAgendaText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowQuestion();
  const queries = useQueryClient();
  const events = useQuery(readingOf(session, keys.events, eventsApi.events));
  const [now] = useState(() => Date.now());
  const coming = (events.data?.events ?? []).filter(
    event =>
      event.mayEdit && (event.state === 'draft' || event.state === 'announced') && Date.parse(event.endsAt) > now,
  );
  const [chosen, setChosen] = useState(question.event?.id ?? '');
  const planning = useMutation({
    mutationFn: (event: string) => call(agendaApi.planQuestion, { params: { question: question.id }, body: { event } }),
    async onSuccess(view) {
      await show(view.id, view);
      void queries.invalidateQueries({ queryKey: keys.events(communityId) });
      void queries.invalidateQueries({ queryKey: ['event', communityId] });
      announce(t('plan.done', { title: view.event?.title ?? '' }));
    },
  });
  const maySave = coming.some(({ id }) => id === chosen) && chosen !== question.event?.id && !planning.isPending;
  if (coming.length === 0) return null;
  return (
    <>
      <div className={styles.row}>
        <Field className={styles.field} label={t('plan.label')}>
          <Select className={styles.select} value={chosen} onChange={(_, { value }) => setChosen(value)}>
            <option value="">{t('plan.none')}</option>
            {coming.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
        <Button disabledFocusable={!maySave} onClick={() => maySave && planning.mutate(chosen)}>
          {t('plan.save')}
        </Button>
      </div>
      {planning.isError && <FailureNotice error={planning.error} again={() => planning.mutate(planning.variables)} />}
    </>
  );
}

function SendScouts({ question }: { readonly question: QuestionView }) {
  const { announce } = useSession();
  const t = useAgendaText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowQuestion();
  const [scouts, setScouts] = useState<readonly Person[]>(question.scouts);
  const [backOn, setBackOn] = useState(question.backOn ?? '');
  const sending = useMutation({
    mutationFn: (body: { scouts: string[]; backOn: string | null }) =>
      call(agendaApi.sendScouts, { params: { question: question.id }, body }),
    async onSuccess(view) {
      await show(view.id, view);
      announce(t('scouts.done', { title: view.title }));
    },
  });
  const isChanged =
    backOn !== (question.backOn ?? '') ||
    scouts.map(({ id }) => id).join() !== question.scouts.map(({ id }) => id).join();
  const maySave = isChanged && !sending.isPending;
  const send = () => sending.mutate({ scouts: scouts.map(({ id }) => id), backOn: backOn === '' ? null : backOn });
  return (
    <>
      <PeopleField
        label={t('scouts.label')}
        hint={t('scouts.hint')}
        warning={null}
        people={scouts}
        most={mostScouts}
        change={setScouts}
      />
      {(scouts.length > 0 || isChanged) && (
        <div className={styles.row}>
          {scouts.length > 0 && (
            <Field className={styles.field} label={t('scouts.backOn')}>
              <Input type="date" value={backOn} onChange={(_, { value }) => setBackOn(value)} />
            </Field>
          )}
          <Button disabledFocusable={!maySave} onClick={() => maySave && send()}>
            {t('scouts.save')}
          </Button>
        </div>
      )}
      {sending.isError && <FailureNotice error={sending.error} again={() => sending.mutate(sending.variables)} />}
    </>
  );
}

/** The question as an action of the plan, for who takes it on. */
function MakeAction({ question }: { readonly question: QuestionView }) {
  const { announce, communityId } = useSession();
  const t = useAgendaText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  // One id for however often it is sent: a repeat finds what arrived the first time.
  const [id] = useState(() => crypto.randomUUID() as string);
  const adding = useMutation({
    mutationFn: () =>
      call(planApi.saveAction, {
        params: { action: id },
        body: {
          title: t('action.title', { title: question.title }).slice(0, 200),
          owners: [],
          due: null,
          state: 'to-do',
          weight: 'baseline',
          aim: null,
          notes: question.details,
        },
        ifMatch: null,
      }),
    onSuccess() {
      announce(t('action.done'));
      void queries.invalidateQueries({ queryKey: keys.plan(communityId) });
    },
  });
  return (
    <>
      <Button
        className={styles.start}
        disabledFocusable={adding.isPending || adding.isSuccess}
        onClick={() => !adding.isPending && !adding.isSuccess && adding.mutate()}
      >
        {t(adding.isSuccess ? 'action.done' : 'action.make')}
      </Button>
      {adding.isError && <FailureNotice error={adding.error} again={() => adding.mutate()} />}
    </>
  );
}
