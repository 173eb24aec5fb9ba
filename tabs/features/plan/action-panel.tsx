import { useEffect, useState, type KeyboardEvent } from 'react';
import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  OverlayDrawer,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DeleteRegular, DismissRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { planApi, type ActionView, type PlanView } from '../../../domain/plan/api.ts';
import {
  changedFields,
  longestNotes,
  longestTitle,
  takeField,
  type Action,
  type ActionField,
} from '../../../domain/plan/plan.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { ClashChooser } from '../../components/clash-chooser.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Warning } from '../../components/warning.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useWholeWidth } from '../../lib/whole-width.ts';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { ActionComments } from './action-comments.tsx';
import { ActionForm } from './action-form.tsx';
import { ActionLinks } from './action-links.tsx';
import { ActionSteps } from './action-steps.tsx';
import { AddToCalendar } from './add-to-calendar.tsx';
import { actionDraft } from './draft.ts';
import { detailsOf, valuesOf } from './saving.ts';
import { showField } from './show-field.ts';
import { usePlanText } from './text.ts';
import { useSaveAction, hideActions } from './use-plan.ts';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalL,
  },
  foot: { flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  grow: { flexGrow: 1 },
  title: { overflowWrap: 'anywhere' },
});

/** Everything about one action. Every key is kept as a draft until the server has acknowledged a save. */
export default function ActionPanel({
  action,
  plan,
  close,
}: {
  readonly action: ActionView;
  readonly plan: PlanView;
  /** Leaves the panel, with a sentence to show about what happened. */
  readonly close: (sentence: string | null) => void;
}) {
  const { texts, communityId, announce, offerUndo } = useSession();
  const t = usePlanText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const saveAction = useSaveAction();
  const { ref: sureButton, focus: focusSure } = useFocusTarget();
  const { id, reach } = action;
  const readOnly = reach === 'nothing';
  const [asks, setAsks] = useState<'leave' | 'remove' | null>(null);

  const edit = useVersionedEdit<Action, ActionView, ActionField>({
    ...actionDraft(action),
    save: wanted => saveAction(id, wanted),
    onSaved({ view, theirs, met }) {
      const fields = theirs.map(field => t(`fields.${field}`)).join(', ');
      const name = met.at(-1)?.changed.by.name ?? '';
      close(t(fields === '' ? 'panel.saved' : 'panel.merged', { title: view.title, name, fields }));
    },
    onClash: ({ view }) => announce(t('clash.came', { name: view.changed.by.name })),
  });
  const { value: values, clash, gone, changed } = edit;

  const remove = useMutation({
    mutationFn: () => call(planApi.removeAction, { params: { action: id }, ifMatch: edit.etag ?? action.etag }),
    async onSuccess() {
      edit.forget();
      await queries.cancelQueries({ queryKey: keys.plan(communityId) });
      hideActions(queries, communityId, [id]);
      close(null);
      offerUndo({
        sentence: t('panel.removed', { title: action.title }),
        async undo() {
          const edit = { value: valuesOf(action), base: null, etag: null };
          return (await saveAction(id, edit, detailsOf(action))).kind === 'saved';
        },
      });
    },
    onError: () => void queries.invalidateQueries({ queryKey: keys.plan(communityId) }),
  });

  const busy = edit.saving || remove.isPending;
  const title = values.title.trim();
  const maySave =
    !readOnly && !busy && title !== '' && title.length <= longestTitle && values.notes.length <= longestNotes;
  useLeavingGuard(remove.isPending);
  useWholeWidth();
  useEffect(() => {
    if (asks !== null) focusSure();
  }, [asks, focusSure]);

  function write(next: Action): void {
    edit.change(next);
    setAsks(null);
  }

  function submit(): void {
    if (!maySave) return;
    if (changed) edit.submit({ ...values, title });
    else close(null);
  }

  function throwAway(): void {
    edit.reset();
    close(null);
  }

  function leave(): void {
    if (busy) return;
    if (changed && !readOnly) setAsks('leave');
    else close(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  }

  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_, { open }) => {
        if (!open) leave();
      }}
      onKeyDown={onKeyDown}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          heading={{ className: styles.title, dir: 'auto' }}
          action={
            <Button appearance="subtle" aria-label={t('panel.cancel')} icon={<DismissRegular />} onClick={leave} />
          }
        >
          {action.title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          {reach !== 'everything' && (
            <MessageBar layout="multiline">
              <MessageBarBody>{t(readOnly ? 'panel.readNothing' : 'panel.readProgress')}</MessageBarBody>
            </MessageBar>
          )}
          <DraftNotice draft={edit} discard={edit.reset} />
          {gone && <Warning>{t('panel.gone')}</Warning>}
          {clash && (
            <ClashChooser
              title={t('clash.title', { name: clash.view.changed.by.name })}
              by={clash.view.changed.by.name}
              clash={clash}
              label={field => t(`fields.${field}`)}
              show={(field, from) => showField(field, from, { t, locale: texts.locale })}
              isMarkdown={field => field === 'notes'}
              chosen={field => (changedFields(values, clash.theirs).includes(field) ? 'mine' : 'theirs')}
              take={(field, from) => write(takeField(field, values, from))}
            />
          )}
          <ActionForm action={values} plan={plan} reach={reach} busy={busy} change={write} submit={submit} />
          {!gone && <ActionSteps action={action} />}
          {!gone && <ActionLinks action={action} />}
          {!gone && <ActionComments action={action} />}
          {!gone && <AddToCalendar action={action} />}
          <Text size={200} className={styles.quiet}>
            {t('panel.added', {
              by: action.addedBy.name,
              name: action.changed.by.name,
              when: showMoment(action.changed.at, texts.locale),
            })}
          </Text>
          {edit.error && <FailureNotice error={edit.error} again={submit} />}
          {remove.isError && <FailureNotice error={remove.error} again={() => remove.mutate()} />}
          {asks !== null && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t(asks === 'leave' ? 'panel.sure' : 'panel.removeSure')}</MessageBarBody>
              <MessageBarActions>
                <Button onClick={() => (asks === 'leave' ? throwAway() : remove.mutate())}>
                  {t(asks === 'leave' ? 'panel.throwAway' : remove.isPending ? 'panel.removing' : 'panel.removeYes')}
                </Button>
                <Button ref={sureButton} appearance="primary" onClick={() => setAsks(null)}>
                  {t(asks === 'leave' ? 'panel.goOn' : 'panel.removeNo')}
                </Button>
              </MessageBarActions>
            </MessageBar>
          )}
        </div>
      </DrawerBody>
      <DrawerFooter className={styles.foot}>
        {!readOnly && (
          <Button
            appearance="primary"
            onClick={submit}
            disabledFocusable={!maySave}
            {...(edit.saving ? { icon: <BusySign /> } : {})}
          >
            {t(edit.saving ? 'panel.saving' : 'panel.save')}
          </Button>
        )}
        <Button onClick={leave} disabledFocusable={busy}>
          {t('panel.cancel')}
        </Button>
        <span className={styles.grow} />
        {reach === 'everything' && !gone && (
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            disabledFocusable={busy}
            onClick={() => setAsks('remove')}
          >
            {t('panel.remove')}
          </Button>
        )}
      </DrawerFooter>
    </OverlayDrawer>
  );
}
