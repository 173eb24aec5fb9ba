import { useState } from 'react';
import { Button, Field, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { eventsApi, mostSteps, type EventView } from '../../../domain/events/api.ts';
import { z } from 'zod';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useEventsText } from './text.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  wide: { alignSelf: 'stretch' },
});

/** What comes next, a line each: it becomes an action of the plan. */
export function NextSteps({ event }: { readonly event: EventView }) {
  const { communityId, announce } = useSession();
  const t = useEventsText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const draft = useDraft({ thing: `events/${event.id}/next`, schema: z.string(), stored: { value: '', etag: null } });
  // One id a line for however often it is sent: a repeat finds what arrived the first time.
  const [ids] = useState(() => new Map<string, string>());
  const titles = [
    ...new Set(
      draft.value
        .split('\n')
        .map(one => one.trim())
        .filter(one => one !== ''),
    ),
  ].slice(0, mostSteps);

  const planning = useMutation({
    mutationFn: (wanted: readonly string[]) =>
      call(eventsApi.planSteps, {
        params: { event: event.id },
        body: { steps: wanted.map(title => ({ id: idOf(title), title: title.slice(0, 200) })) },
      }),
    onSuccess({ added }) {
      draft.reset();
      ids.clear();
      announce(t('steps.added', { count: added }));
      void queries.invalidateQueries({ queryKey: keys.plan(communityId) });
    },
  });

  function idOf(title: string): string {
    const id = ids.get(title) ?? crypto.randomUUID();
    ids.set(title, id);
    return id;
  }

  return (
    <div className={styles.part}>
      <Field className={styles.wide} label={t('steps.label')} hint={t('steps.hint')}>
        <Textarea dir="auto" value={draft.value} onChange={(_, { value }) => draft.change(value)} />
      </Field>
      {titles.length > 0 && (
        <Button disabledFocusable={planning.isPending} onClick={() => planning.mutate(titles)}>
          {t('steps.add', { count: titles.length })}
        </Button>
      )}
      {planning.isError && <FailureNotice error={planning.error} again={() => planning.mutate(planning.variables)} />}
    </div>
  );
}
