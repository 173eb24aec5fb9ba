import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { Button, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components';
import { charterVoicesApi, type RoundView } from '../../../domain/charter/voices-api.ts';
import { Waiting } from '../../components/waiting.tsx';
import { showDay } from '../../lib/dates.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useVoiceChange, useVoicesText } from './voices.ts';

// For those who write the charter, once they ask.
const ConsentForm = lazy(() => import('./consent-form.tsx'));

const useStyles = makeStyles({
  whole: { flexBasis: '100%', order: 1 },
});

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
    <>
      {round !== null && (
        <div className={styles.whole}>
          <Progress round={round} />
        </div>
      )}
      {mayAsk && !round?.open && <AskForConsent today={today} />}
    </>
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
  const t = useVoicesText();
  const styles = useStyles();
  const [writing, setWriting] = useState(false);
  if (!writing)
    return (
      <Button size="small" onClick={() => setWriting(true)}>
        {t('round.open')}
      </Button>
    );
  return (
    <div className={styles.whole}>
      <Suspense fallback={<Waiting label={t('round.open')} blocks={1} />}>
        <ConsentForm today={today} stop={() => setWriting(false)} />
      </Suspense>
    </div>
  );
}
