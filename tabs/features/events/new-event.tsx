import { useState } from 'react';
import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
  Spinner,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { EventView } from '../../../domain/events/api.ts';
import type { Event, EventField } from '../../../domain/events/event.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCommunity } from '../../lib/session.tsx';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { eventDraft } from './draft.ts';
import { EventForm, faultIn } from './event-form.tsx';
import { useMethodText } from './method-text.ts';
import { newEvent } from './saving.ts';
import { useEventsText } from './text.ts';
import { useSaveEvent } from './use-events.ts';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalL,
  },
  foot: { flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Proposes an event: a draft, until somebody announces it. What was typed stays until it is saved. */
export default function NewEvent({
  today,
  close,
}: {
  readonly today: string;
  /** Leaves the form, with the event that was made. */
  readonly close: (made: EventView | null) => void;
}) {
  const { me } = useCommunity();
  const t = useEventsText();
  const method = useMethodText();
  const styles = useStyles();
  const saveEvent = useSaveEvent();
  // One id for however often it is sent: a repeat finds what arrived the first time.
  const [id] = useState(() => crypto.randomUUID() as string);
  const [first] = useState(() => newEvent('meeting', { day: today, host: { id: me.id, name: me.name }, t: method }));
  const edit = useVersionedEdit<Event, EventView, EventField>({
    ...eventDraft('new', { value: first, etag: null, base: null }, true),
    save: wanted => saveEvent(id, wanted),
    onSaved: ({ view }) => close(view),
    onClash: () => undefined,
  });
  const maySave = !edit.saving && faultIn(edit.value) === null;

  function stop(): void {
    edit.reset();
    close(null);
  }

  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_, { open }) => {
        if (!open) close(null);
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button
              appearance="subtle"
              aria-label={t('panel.close')}
              icon={<DismissRegular />}
              onClick={() => close(null)}
            />
          }
        >
          {t('new.title')}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          <Text>{t('new.hint')}</Text>
          <DraftNotice draft={edit} discard={edit.reset} />
          <EventForm
            event={edit.value}
            isNew
            hasBegun={false}
            readOnly={edit.saving}
            isFixed={false}
            change={edit.change}
            submit={() => {
              if (maySave) edit.submit();
            }}
          />
          {edit.error && <FailureNotice error={edit.error} again={() => edit.submit()} />}
        </div>
      </DrawerBody>
      <DrawerFooter className={styles.foot}>
        <Button
          appearance="primary"
          disabledFocusable={!maySave}
          onClick={() => {
            if (maySave) edit.submit();
          }}
          {...(edit.saving ? { icon: <Spinner size="tiny" /> } : {})}
        >
          {t(edit.saving ? 'panel.saving' : 'new.save')}
        </Button>
        <Button onClick={stop} disabledFocusable={edit.saving}>
          {t('new.stop')}
        </Button>
      </DrawerFooter>
    </OverlayDrawer>
  );
}
