import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Checkbox,
  Field,
  Text,
  Textarea,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { eventsApi, type EventView } from '../../../domain/events/api.ts';
import { longestPs } from '../../../domain/events/event.ts';
import { sixPs, type PsId } from '../../../domain/events/method.ts';
import { z } from 'zod';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useMethodText } from './method-text.ts';
import { useEventsText } from './text.ts';
import { useShowEvent } from './use-events.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  questions: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
});

/** The six Ps of preparing: questions, room for an answer, and a tick. Each is saved by itself. */
export function SixPs({ event }: { readonly event: EventView }) {
  const t = useEventsText();
  const method = useMethodText();
  const styles = useStyles();
  const done = sixPs.filter(({ id }) => event.ps[id]?.done).length;

  return (
    <section className={styles.part} aria-label={t('ps.label')}>
      <Text weight="semibold">{t('ps.done', { done, count: sixPs.length })}</Text>
      <Accordion collapsible multiple>
        {sixPs.map(({ id, questions }) => (
          <AccordionItem key={id} value={id}>
            <AccordionHeader>
              {event.ps[id]?.done
                ? t('ps.ticked', { title: method(`method.ps.${id}.title`) })
                : method(`method.ps.${id}.title`)}
            </AccordionHeader>
            <AccordionPanel>
              <div className={styles.part}>
                <ul className={styles.questions}>
                  {questions.map(question => (
                    <li key={question}>
                      <Text>{method(`method.ps.${id}.question.${question}`)}</Text>
                    </li>
                  ))}
                </ul>
                <OneP event={event} id={id} />
              </div>
            </AccordionPanel>
          </AccordionItem>
        ))}
      </Accordion>
    </section>
  );
}

function OneP({ event, id }: { readonly event: EventView; readonly id: PsId }) {
  const { announce } = useSession();
  const t = useEventsText();
  const method = useMethodText();
  const call = useCall();
  const show = useShowEvent();
  const stored = event.ps[id] ?? { text: '', done: false };
  const draft = useDraft({
    thing: event.mayEdit ? `events/${event.id}/ps/${id}` : null,
    schema: z.string(),
    stored: { value: stored.text, etag: null },
  });
  const { value: text } = draft;

  const saving = useMutation({
    mutationFn: (said: { text: string; done: boolean }) =>
      call(eventsApi.prepareEvent, { params: { event: event.id }, body: { ps: id, ...said } }),
    async onSuccess(view) {
      await show(view);
      draft.reset();
      announce(t('ps.saved', { title: method(`method.ps.${id}.title`) }));
    },
  });

  return (
    <>
      <Field label={t('ps.answer')}>
        <Textarea
          dir="auto"
          resize="vertical"
          value={text}
          maxLength={longestPs}
          readOnly={!event.mayEdit}
          onChange={(_, { value }) => draft.change(value)}
          onBlur={() => {
            if (draft.changed) saving.mutate({ text, done: stored.done });
          }}
        />
      </Field>
      <Checkbox
        label={t('ps.lookedAt')}
        checked={saving.isPending ? saving.variables.done : stored.done}
        disabled={!event.mayEdit || saving.isPending}
        onChange={(_, { checked }) => saving.mutate({ text, done: checked === true })}
      />
      {saving.isError && <FailureNotice error={saving.error} again={() => saving.mutate(saving.variables)} />}
    </>
  );
}
