import { useEffect, useRef, useState } from 'react';
import { Button, Field, Input, MessageBar, MessageBarBody, Text, makeStyles, tokens } from '@fluentui/react-components';
import { charterVoicesApi, type RoundView } from '../../../domain/charter/voices-api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { showDay } from '../../lib/dates.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useVoiceChange, useVoicesText } from './voices.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalS },
  column: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A week to read and answer. */
const daysToAnswer = 7;

/** The last round of consent, for everybody; for those who write the charter also the way to ask for one. */
export function ConsentRound({
  round,
  today,
  mayAsk,
}: {
  readonly round: RoundView | null;
  readonly today: string;
  readonly mayAsk: boolean;
}) {
  const { me } = useCommunity();
  const call = useCall();
  const styles = useStyles();
  const see = useVoiceChange();
  const told = useRef(false);
  const toTell = round !== null && round.open && !round.seen.some(({ id }) => id === me.id);

  // Whoever has the charter before them has looked: the tab says so once.
  useEffect(() => {
    if (!toTell || told.current) return;
    told.current = true;
    see.mutate({ ask: () => call(charterVoicesApi.seeCharter), done: '' });
  }, [toTell, see, call]);

  return (
    <div className={styles.column}>
      {round !== null && <Progress round={round} />}
      {mayAsk && !round?.open && <AskForConsent today={today} />}
    </div>
  );
}

function Progress({ round: { askedBy, until, open, seen, agreed, notYet } }: { readonly round: RoundView }) {
  const { texts } = useSession();
  const t = useVoicesText();
  const named = (people: RoundView['seen']): string =>
    new Intl.ListFormat(texts.locale).format(people.map(({ name }) => name));
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>
        <div>{t(open ? 'round.running' : 'round.over', { name: askedBy.name, day: showDay(until, texts.locale) })}</div>
        {seen.length > 0 && <div>{t('round.seen', { names: named(seen) })}</div>}
        {agreed.length > 0 && <div>{t('round.agreed', { names: named(agreed), count: agreed.length })}</div>}
        {open && notYet > 0 && <div>{t('round.notYet', { count: notYet })}</div>}
      </MessageBarBody>
    </MessageBar>
  );
}

function AskForConsent({ today }: { readonly today: string }) {
  const call = useCall();
  const t = useVoicesText();
  const styles = useStyles();
  const change = useVoiceChange();
  const [until, setUntil] = useState<string | null>(null);
  if (until === null)
    return (
      <Button size="small" onClick={() => setUntil(inDays(today, daysToAnswer))}>
        {t('round.open')}
      </Button>
    );

  function send(): void {
    if (until === null || until === '' || change.isPending) return;
    change.mutate({
      ask: () => call(charterVoicesApi.askForConsent, { body: { until } }),
      done: t('round.asked'),
      after: () => setUntil(null),
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
        <Button disabledFocusable={change.isPending} onClick={() => setUntil(null)}>
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
