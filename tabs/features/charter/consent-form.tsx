import { Field, Input, Text, makeStyles, tokens } from '@fluentui/react-components';
import { z } from 'zod';
import { charterVoicesApi } from '../../../domain/charter/voices-api.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useCall } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useVoiceChange, useVoicesText } from './voices.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalS },
  column: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A week to read and answer. */
const daysToAnswer = 7;

/** Asks everybody to read the charter and to agree, until a day. */
export default function ConsentForm({ today, stop }: { readonly today: string; readonly stop: () => void }) {
  const call = useCall();
  const t = useVoicesText();
  const styles = useStyles();
  const change = useVoiceChange();
  const draft = useDraft({
    thing: 'charter/consent',
    schema: z.string(),
    stored: { value: inDays(today, daysToAnswer), etag: null },
  });
  const until = draft.value;

  function send(): void {
    if (until === '' || change.isPending) return;
    change.mutate({
      ask: () => call(charterVoicesApi.askForConsent, { body: { until } }),
      done: t('round.asked'),
      after() {
        draft.forget();
        stop();
      },
    });
  }

  return (
    <form
      className={styles.column}
      aria-label={t('round.open')}
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      <Text className={styles.quiet}>{t('round.hint')}</Text>
      <div className={styles.form}>
        <Field label={t('round.until')}>
          <Input type="date" value={until} min={today} onChange={(_, data) => draft.change(data.value)} />
        </Field>
        <FormButtons words={t('round.send')} maySend={until !== ''} busy={change.isPending} draft={draft} stop={stop} />
      </div>
      {change.isError && <FailureNotice error={change.error} again={send} />}
    </form>
  );
}

/** The day so many days later, both YYYY-MM-DD. */
function inDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
