import { Button, Select, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { eventsApi, type EventLine } from '../../../domain/events/api.ts';
import { answers, appetites, type Appetite, type EventAnswer } from '../../../domain/events/attendance.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall, useSession } from '../../lib/session.tsx';
import { useEventsText } from './text.ts';
import { useShowEvent } from './use-events.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  // All three in one row of a phone, where no word is longer than its button.
  button: {
    minHeight: '44px',
    minWidth: 'min-content',
    flex: '1 1 5rem',
    maxWidth: '16rem',
    paddingInline: tokens.spacingHorizontalXS,
  },
});

/** Whether I come: three buttons, of which mine is pressed. */
export function AnswerButtons({ event }: { readonly event: EventLine }) {
  const { announce } = useSession();
  const t = useEventsText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowEvent();
  const mine = event.mine !== null && !event.mine.before ? event.mine : null;

  const answering = useMutation({
    mutationFn: (body: { says: EventAnswer; appetite: Appetite | null }) =>
      call(eventsApi.answerEvent, { params: { event: event.id }, body }),
    async onSuccess(view, { says }) {
      await show(view);
      announce(t(`said.${says}`, { title: event.title }));
    },
  });
  const says = answering.isPending ? answering.variables.says : mine?.says;
  const appetite = mine?.appetite ?? null;

  return (
    <div className={styles.part}>
      <div role="group" aria-label={t('answer.label', { title: event.title })} className={styles.bar}>
        {answers.map(one => (
          <Button
            key={one}
            className={styles.button}
            appearance={says === one ? 'primary' : 'secondary'}
            aria-pressed={says === one}
            disabledFocusable={answering.isPending}
            onClick={() => answering.mutate({ says: one, appetite })}
          >
            {t(`answer.${one}`)}
          </Button>
        ))}
      </div>
      {event.kind === 'launch' && mine && (
        <Select
          aria-label={t('appetite.label')}
          value={appetite ?? ''}
          onChange={(_, { value }) =>
            answering.mutate({ says: mine.says, appetite: appetites.find(one => one === value) ?? null })
          }
        >
          <option value="">{t('appetite.label')}</option>
          {appetites.map(one => (
            <option key={one} value={one}>
              {t(`appetite.${one}`)}
            </option>
          ))}
        </Select>
      )}
      {answering.isError && (
        <FailureNotice error={answering.error} again={() => answering.mutate(answering.variables)} />
      )}
    </div>
  );
}
