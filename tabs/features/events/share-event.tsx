import { useId, useState } from 'react';
import { Button, Field, Text, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { CalendarAddRegular, CopyRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { eventsApi, type EventView } from '../../../domain/events/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useHandOver } from '../../lib/hand-over.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { invitationText } from './invitation.ts';
import { useEventsText } from './text.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Ways out: into a calendar, and as the text of an invitation for whom the card does not reach. */
export function ShareEvent({ event, invites }: { readonly event: EventView; readonly invites: boolean }) {
  const { announce, texts } = useSession();
  const community = useCommunity();
  const handOver = useHandOver();
  const t = useEventsText();
  const styles = useStyles();
  const id = useId();
  const [said, setSaid] = useState<string | null>(null);
  const text = invitationText(event, { t, locale: texts.locale, community: community.name });
  const taking = useMutation({
    mutationFn: () => handOver(eventsApi.eventCalendar, { event: event.id }),
    onSuccess: file => announce(t('share.taken', { name: file.name })),
  });

  async function copy(): Promise<void> {
    let sentence = t('share.copied');
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      document.querySelector<HTMLTextAreaElement>(`[id="${id}"]`)?.select();
      sentence = t('share.notCopied');
    }
    setSaid(sentence);
    announce(sentence);
  }

  return (
    <section className={styles.part} aria-label={t('share.label')}>
      {invites && (
        <Field label={t('share.invitation')}>
          <Textarea id={id} value={text} readOnly rows={6} resize="vertical" />
        </Field>
      )}
      <div className={styles.bar}>
        {invites && (
          <Button icon={<CopyRegular />} onClick={() => void copy()}>
            {t('share.copy')}
          </Button>
        )}
        {!community.off.includes('exports') && (
          <Button
            icon={<CalendarAddRegular />}
            disabledFocusable={taking.isPending}
            onClick={() => {
              if (!taking.isPending) taking.mutate();
            }}
          >
            {t('share.calendar')}
          </Button>
        )}
        {said !== null && <Text className={styles.quiet}>{said}</Text>}
      </div>
      {taking.isError && <FailureNotice error={taking.error} again={() => taking.mutate()} />}
    </section>
  );
}
