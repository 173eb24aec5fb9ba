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
  Spinner,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DeleteRegular, DismissRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type ActionView, type PlanView } from '../../../domain/api.ts';
import { changedFields, longestNotes, longestTitle, type Action } from '../../../domain/plan.ts';
import { takeField } from '../../../domain/plan-merge.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { ActionForm } from './action-form.tsx';
import { AddToCalendar } from './add-to-calendar.tsx';
import { ClashChooser, type Clash } from './clash-chooser.tsx';
import type { ActionDraft, ActionDrafts } from './drafts.ts';
import { valuesOf, type ActionEdit } from './saving.ts';
import { usePlanText } from './text.ts';
import { useSaveAction, withoutAction } from './use-plan.ts';

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
  drafts,
  close,
}: {
  readonly action: ActionView;
  readonly plan: PlanView;
  readonly drafts: ActionDrafts;
  /** Leaves the panel, with a sentence to show about what happened. */
  readonly close: (sentence: string | null) => void;
}) {
  const { texts, communityId, announce } = useSession();
  const t = usePlanText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const saveAction = useSaveAction();
  const { ref: sureButton, focus: focusSure } = useFocusTarget();
  const { id, reach } = action;
  const readOnly = reach === 'nothing';
  const [restored, setRestored] = useState(() => restorable(readOnly ? null : drafts.find(id), action));
  const [base, setBase] = useState<{ readonly action: Action | null; readonly etag: string | null }>(() =>
    restored ? { action: restored.base, etag: restored.etag } : { action: valuesOf(action), etag: action.etag },
  );
  const [values, setValues] = useState<Action>(() => restored?.action ?? valuesOf(action));
  const [lost, setLost] = useState(false);
  const [asks, setAsks] = useState<'leave' | 'remove' | null>(null);
  const [clash, setClash] = useState<Clash | null>(null);
  const [gone, setGone] = useState(false);

  const save = useMutation({
    async mutationFn(edit: ActionEdit) {
      const saved = await saveAction(id, edit);
      // Here, not in the component: the draft goes even if the panel was left meanwhile.
      if (saved.kind === 'saved') drafts.discard(id);
      return saved;
    },
    onSuccess(saved) {
      if (saved.kind === 'gone') {
        setGone(true);
        setBase({ action: null, etag: null });
        keep(values, { action: null, etag: null });
        return;
      }
      if (saved.kind === 'clash') {
        const theirs = valuesOf(saved.current);
        const by = saved.current.changed.by.name;
        setClash({ fields: saved.clashes, mine: values, theirs, by });
        setBase({ action: theirs, etag: saved.current.etag });
        setValues(saved.merged);
        keep(saved.merged, { action: theirs, etag: saved.current.etag });
        announce(t('clash.came', { name: by }));
        return;
      }
      const fields = saved.theirs.map(field => t(`fields.${field}`)).join(', ');
      close(
        saved.theirs.length > 0
          ? t('panel.merged', { title: saved.view.title, name: saved.by ?? '', fields })
          : t('panel.saved', { title: saved.view.title }),
      );
    },
  });

  const remove = useMutation({
    mutationFn: () => call(api.removeAction, { params: { action: id }, ifMatch: base.etag ?? action.etag }),
    async onSuccess() {
      drafts.discard(id);
      await queries.cancelQueries({ queryKey: keys.plan(communityId) });
      queries.setQueryData<PlanView>(keys.plan(communityId), before => before && withoutAction(before, id));
      close(t('panel.removed', { title: action.title }));
    },
    onError: () => void queries.invalidateQueries({ queryKey: keys.plan(communityId) }),
  });

  const busy = save.isPending || remove.isPending;
  const changed = base.action === null || changedFields(base.action, values).length > 0;
  const title = values.title.trim();
  const maySave =
    !readOnly && !busy && title !== '' && title.length <= longestTitle && values.notes.length <= longestNotes;
  useLeavingGuard(busy || lost);
  useEffect(() => {
    if (asks !== null) focusSure();
  }, [asks, focusSure]);

  function keep(next: Action, from: typeof base): void {
    if (from.action && changedFields(from.action, next).length === 0) drafts.discard(id);
    else setLost(!drafts.keep(id, { action: next, base: from.action, etag: from.etag, at: new Date().toISOString() }));
  }

  function write(next: Action): void {
    setValues(next);
    setAsks(null);
    keep(next, base);
  }

  function submit(): void {
    if (!maySave) return;
    if (!changed) close(null);
    else save.mutate({ action: { ...values, title }, base: base.action, etag: base.etag });
  }

  function throwAway(): void {
    drafts.discard(id);
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
          {restored && !clash && (
            <MessageBar intent="info" layout="multiline">
              <MessageBarBody>{t('panel.restored', { when: showMoment(restored.at, texts.locale) })}</MessageBarBody>
              <MessageBarActions>
                <Button
                  onClick={() => {
                    drafts.discard(id);
                    setRestored(null);
                    setBase({ action: valuesOf(action), etag: action.etag });
                    setValues(valuesOf(action));
                  }}
                >
                  {t('panel.discard')}
                </Button>
              </MessageBarActions>
            </MessageBar>
          )}
          {lost && (
            <div role="alert">
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{t('panel.lost')}</MessageBarBody>
              </MessageBar>
            </div>
          )}
          {gone && (
            <div role="alert">
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{t('panel.gone')}</MessageBarBody>
              </MessageBar>
            </div>
          )}
          {clash && (
            <ClashChooser clash={clash} action={values} take={(field, from) => write(takeField(field, values, from))} />
          )}
          <ActionForm action={values} plan={plan} reach={reach} busy={busy} change={write} submit={submit} />
          {!gone && <AddToCalendar action={action} />}
          <Text size={200} className={styles.quiet}>
            {t('panel.added', {
              by: action.addedBy.name,
              name: action.changed.by.name,
              when: showMoment(action.changed.at, texts.locale),
            })}
          </Text>
          {save.isError && <FailureNotice error={save.error} again={submit} />}
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
            {...(save.isPending ? { icon: <Spinner size="tiny" /> } : {})}
          >
            {t(save.isPending ? 'panel.saving' : 'panel.save')}
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

/** A draft that says what is stored already, as after a save whose answer got lost, is none. */
function restorable(draft: ActionDraft | null, action: ActionView): ActionDraft | null {
  return draft && changedFields(draft.action, valuesOf(action)).length > 0 ? draft : null;
}
