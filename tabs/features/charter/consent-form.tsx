import { useState } from 'react';
import { Button, Field, Input, Text, makeStyles, tokens } from '@fluentui/react-components';
import { charterVoicesApi } from '../../../domain/charter/voices-api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall } from '../../lib/session.tsx';
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
  const [until, setUntil] = useState(() => inDays(today, daysToAnswer));

  function send(): void {
    if (until === '' || change.isPending) return;
    change.mutate({
      ask: () => call(charterVoicesApi.askForConsent, { body: { until } }),
      done: t('round.asked'),
      after: stop,
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
      <Text className={styles.quiet}>{t('round.hint')}</Text>
      <div className={styles.form}>
        <Field label={t('round.until')}>
          <Input type="date" value={until} min={today} onChange={(_, data) => setUntil(data.value)} />
        </Field>
        <Button type="submit" appearance="primary" disabledFocusable={until === '' || change.isPending}>
          {t('round.send')}
        </Button>
        <Button disabledFocusable={change.isPending} onClick={stop}>
          {t('cancel')}
        </Button>
      </div>
      {change.isError && <FailureNotice error={change.error} again={send} />}
    </form>
  );
}

/** The day so many days later, both YYYY-MM-DD. */
function inDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
