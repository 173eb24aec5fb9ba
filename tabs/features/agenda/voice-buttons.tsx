import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { agendaApi, type QuestionView } from '../../../domain/agenda/api.ts';
import { says, type Says } from '../../../domain/agenda/voices.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall, useSession } from '../../lib/session.tsx';
import { useAgendaText } from './text.ts';
import { useShowQuestion } from './use-agenda.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  button: { minHeight: '44px' },
});

/** Whether I ask the same, or can help: of the two mine is pressed, and a second press takes it back. */
export function VoiceButtons({ question }: { readonly question: QuestionView }) {
  const { announce } = useSession();
  const t = useAgendaText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowQuestion();
  const saying = useMutation({
    mutationFn: (wanted: Says | null) =>
      call(agendaApi.voiceQuestion, { params: { question: question.id }, body: { says: wanted } }),
    async onSuccess(view, wanted) {
      await show(view.id, view);
      announce(t(`said.${wanted ?? 'nothing'}`, { title: view.title }));
    },
  });
  const mine = saying.isPending ? saying.variables : question.mine;

  return (
    <>
      <div role="group" aria-label={t('voice.label', { title: question.title })} className={styles.bar}>
        {says.map(one => (
          <Button
            key={one}
            className={styles.button}
            appearance={mine === one ? 'primary' : 'secondary'}
            aria-pressed={mine === one}
            disabledFocusable={saying.isPending}
            onClick={() => saying.mutate(mine === one ? null : one)}
          >
            {t(`voice.${one}`)}
          </Button>
        ))}
      </div>
      {saying.isError && <FailureNotice error={saying.error} again={() => saying.mutate(saying.variables)} />}
    </>
  );
}
