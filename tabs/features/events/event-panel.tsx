import { useEffect, useState } from 'react';
import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  OverlayDrawer,
  Spinner,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { eventsApi, type EventView } from '../../../domain/events/api.ts';
import { changedFields, type Event, type EventField, type EventMove } from '../../../domain/events/event.ts';
import { takeField } from '../../../domain/events/merge.ts';
import { ClashChooser } from '../../components/clash-chooser.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { showDay, showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { AnswerButtons } from './answer-buttons.tsx';
import { AttendanceList } from './attendance-list.tsx';
import { eventDraft } from './draft.ts';
import { EventFacts } from './event-facts.tsx';
import { EventForm, faultIn } from './event-form.tsx';
import { useMethodText } from './method-text.ts';
import { NextSteps } from './next-steps.tsx';
import { valuesOf } from './saving.ts';
import { ShareEvent } from './share-event.tsx';
import { showField } from './show-field.ts';
import { SixPs } from './six-ps.tsx';
import { useEventsText } from './text.ts';
import { useSaveEvent, useShowEvent } from './use-events.ts';
import { showWhen } from './when.ts';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    paddingBottom: tokens.spacingVerticalL,
  },
  foot: { flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  title: { overflowWrap: 'anywhere' },
  link: { alignSelf: 'flex-start' },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

type Close = (sentence: string | null) => void;

/** Everything about one event: whether I come, how it is prepared, who was there, and what comes next. */
export default function EventPanel({ id, close }: { readonly id: string; readonly close: Close }) {
  const { communityId } = useSession();
  const t = useEventsText();
  const call = useCall();
  const event = useQuery({
    queryKey: keys.event(communityId, id),
    queryFn: ({ signal }) => call(eventsApi.event, { params: { event: id }, signal }),
  });
  if (event.data) return <Opened event={event.data} close={close} />;
  return (
    <OverlayDrawer open position="end" size="medium" onOpenChange={() => close(null)}>
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
          {t('panel.loading')}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <Loading query={event} label={t('panel.loading')} blocks={3} />
      </DrawerBody>
    </OverlayDrawer>
  );
}

function Opened({ event, close }: { readonly event: EventView; readonly close: Close }) {
  const { texts, announce } = useSession();
  const t = useEventsText();
  const method = useMethodText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowEvent();
  const saveEvent = useSaveEvent();
  const { ref: sureButton, focus: focusSure } = useFocusTarget();
  const [asks, setAsks] = useState<'leave' | 'cancel' | null>(null);
  const [now] = useState(() => Date.now());
  const hasBegun = Date.parse(event.startsAt) <= now;
  const locale = texts.locale;

  const edit = useVersionedEdit<Event, EventView, EventField>({
    ...eventDraft(event.id, { value: valuesOf(event), etag: event.etag }, event.mayEdit),
    save: wanted => saveEvent(event.id, wanted),
    onSaved({ view, theirs, met }) {
      const fields = theirs.map(field => t(`form.${field}`)).join(', ');
      const name = met.at(-1)?.changed.by.name ?? '';
      close(t(fields === '' ? 'panel.saved' : 'panel.merged', { title: view.title, name, fields }));
    },
    onClash: ({ view }) => announce(t('clash.came', { name: view.changed.by.name })),
  });
  const { value: values, clash, changed } = edit;
  const moving = useMutation({
    mutationFn: (move: EventMove) => call(eventsApi.moveEvent, { params: { event: event.id }, body: { move } }),
    async onSuccess(view, move) {
      await show(view);
      setAsks(null);
      announce(t(`moved.${move}`, { title: view.title }));
    },
  });
  const busy = edit.saving || moving.isPending;
  const maySave = event.mayEdit && !busy && changed && faultIn(values) === null;
  useEffect(() => {
    if (asks !== null) focusSure();
  }, [asks, focusSure]);

  function leave(): void {
    if (busy) return;
    if (changed && event.mayEdit) setAsks('leave');
    else close(null);
  }

  function throwAway(): void {
    edit.reset();
    close(null);
  }

  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_, { open }) => {
        if (!open) leave();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          heading={{ className: styles.title, dir: 'auto' }}
          action={
            <Button appearance="subtle" aria-label={t('panel.close')} icon={<DismissRegular />} onClick={leave} />
          }
        >
          {event.title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          <Text>{showWhen(event, locale)}</Text>
          {event.link !== null && event.takesAnswers && (
            <Link className={styles.link} href={event.link} target="_blank">
              {t('share.join')}
            </Link>
          )}
          {event.recording !== null && (
            <Link className={styles.link} href={event.recording} target="_blank">
              {t('share.recording')}
            </Link>
          )}
          {event.state !== 'announced' && (
            <MessageBar intent={event.state === 'cancelled' ? 'warning' : 'info'} layout="multiline">
              <MessageBarBody>{t(`panel.${event.state}`)}</MessageBarBody>
            </MessageBar>
          )}
          {event.byHand && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t('panel.byHand')}</MessageBarBody>
            </MessageBar>
          )}
          {event.takesAnswers && (
            <>
              {event.mine?.before === true && <Text>{t('mine.before')}</Text>}
              <AnswerButtons event={event} />
            </>
          )}
          {event.lastTimes.length > 0 && event.mayEdit && !hasBegun && (
            <MessageBar layout="multiline">
              <MessageBarBody className={styles.words}>
                <MessageBarTitle>{t('panel.lastTimes')}</MessageBarTitle>
                {event.lastTimes.map(last => (
                  <div key={last.id}>
                    {[
                      showDay(last.day, locale),
                      ...(last.keep === '' ? [] : [t('panel.keep', { text: last.keep })]),
                      ...(last.change === '' ? [] : [t('panel.change', { text: last.change })]),
                    ].join('\n')}
                  </div>
                ))}
              </MessageBarBody>
            </MessageBar>
          )}
          {(event.state === 'announced' || hasBegun) && <AttendanceList event={event} hasBegun={hasBegun} />}
          {event.mayEdit && hasBegun && event.state !== 'cancelled' && <NextSteps event={event} />}
          {event.mayEdit && !hasBegun && event.state !== 'cancelled' && <SixPs event={event} />}
          <DraftNotice draft={edit} discard={edit.reset} />
          {clash && (
            <ClashChooser
              title={t('clash.title', { name: clash.view.changed.by.name })}
              by={clash.view.changed.by.name}
              clash={clash}
              label={field => t(`form.${field}`)}
              show={(field, from) => showField(field, from, { t, method, locale })}
              chosen={field => (changedFields(values, clash.theirs).includes(field) ? 'mine' : 'theirs')}
              take={(field, from) => edit.change(takeField(field, values, from))}
            />
          )}
          {event.mayEdit ? (
            <EventForm
              event={values}
              isNew={false}
              hasBegun={hasBegun}
              readOnly={busy}
              isFixed={event.state === 'held' || event.state === 'cancelled'}
              change={next => {
                edit.change(next);
                setAsks(null);
              }}
              submit={() => {
                if (maySave) edit.submit();
              }}
            />
          ) : (
            <EventFacts event={values} />
          )}
          <ShareEvent event={event} invites={event.mayEdit && !hasBegun && event.state !== 'cancelled'} />
          <Text size={200} className={styles.quiet}>
            {t('panel.added', {
              by: event.addedBy.name,
              name: event.changed.by.name,
              when: showMoment(event.changed.at, locale),
            })}
          </Text>
          {edit.error && <FailureNotice error={edit.error} again={() => edit.submit()} />}
          {moving.isError && <FailureNotice error={moving.error} again={() => moving.mutate(moving.variables)} />}
          {asks !== null && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t(asks === 'leave' ? 'panel.sure' : 'panel.cancelSure')}</MessageBarBody>
              <MessageBarActions>
                <Button onClick={() => (asks === 'leave' ? throwAway() : moving.mutate('cancel'))}>
                  {t(asks === 'leave' ? 'panel.throwAway' : 'panel.cancelYes')}
                </Button>
                <Button ref={sureButton} appearance="primary" onClick={() => setAsks(null)}>
                  {t(asks === 'leave' ? 'panel.goOn' : 'panel.cancelNo')}
                </Button>
              </MessageBarActions>
            </MessageBar>
          )}
        </div>
      </DrawerBody>
      <DrawerFooter className={styles.foot}>
        {event.mayEdit && changed && (
          <Button
            appearance="primary"
            disabledFocusable={!maySave}
            onClick={() => {
              if (maySave) edit.submit();
            }}
            {...(edit.saving ? { icon: <Spinner size="tiny" /> } : {})}
          >
            {t(edit.saving ? 'panel.saving' : 'panel.save')}
          </Button>
        )}
        {!changed &&
          event.moves.map(move => (
            <Button
              key={move}
              appearance={move === 'announce' ? 'primary' : 'secondary'}
              disabledFocusable={busy}
              onClick={() => (move === 'cancel' ? setAsks('cancel') : moving.mutate(move))}
            >
              {t(`move.${move === 'announce' && event.audience !== 'everybody' ? 'invite' : move}`)}
            </Button>
          ))}
        <Button onClick={leave} disabledFocusable={busy}>
          {t('panel.close')}
        </Button>
      </DrawerFooter>
    </OverlayDrawer>
  );
}
