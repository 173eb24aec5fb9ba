import { useState, type KeyboardEvent } from 'react';
import {
  Button,
  Checkbox,
  Field,
  Input,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Subtitle2,
  Text,
  mergeClasses,
} from '@fluentui/react-components';
import { CheckmarkCircleRegular, CircleRegular, MoreHorizontalRegular } from '@fluentui/react-icons';
import { z } from 'zod';
import type { ActionView } from '../../../domain/plan/api.ts';
import { longestStep, mostSteps, stepsDone, type Step } from '../../../domain/plan/details.ts';
import { CancelWriting } from '../../components/cancel-writing.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useDetailStyles } from './detail-style.ts';
import { useDetailsText } from './details-text.ts';
import { useDetails, type Details } from './use-details.ts';

/** What an action consists of, to be ticked. A tick is saved at once, whatever else of the action is being written. */
export function ActionSteps({ action }: { readonly action: ActionView }) {
  const t = useDetailsText();
  const styles = useDetailStyles();
  const details = useDetails(action, 'steps');
  const { steps } = details.shown;
  const mayChange = action.reach !== 'nothing';
  if (steps.length === 0 && !mayChange) return null;

  return (
    <section className={styles.part} aria-labelledby="plan-steps">
      <div className={styles.head}>
        <Subtitle2 as="h3" id="plan-steps">
          {t('steps.title')}
        </Subtitle2>
        {steps.length > 0 && (
          <Text size={200} className={styles.quiet}>
            {t('steps.done', { done: stepsDone(steps), count: steps.length })}
          </Text>
        )}
      </div>
      {steps.length > 0 && (
        <ul className={styles.rows}>
          {steps.map((step, at) => (
            <li key={step.id} className={styles.row}>
              {mayChange ? (
                <StepRow actionId={action.id} step={step} at={at} steps={steps} change={details.change} />
              ) : (
                <Read step={step} />
              )}
            </li>
          ))}
        </ul>
      )}
      {details.failed && <FailureNotice error={details.failed.error} note={t('back')} again={details.failed.again} />}
      {mayChange && <AddStep action={action} full={steps.length >= mostSteps} change={details.change} />}
    </section>
  );
}

function Read({ step }: { readonly step: Step }) {
  const t = useDetailsText();
  const styles = useDetailStyles();
  return (
    <span className={styles.read}>
      {step.done ? (
        <CheckmarkCircleRegular role="img" aria-label={t('steps.isDone')} fontSize={20} />
      ) : (
        <CircleRegular role="img" aria-label={t('steps.isOpen')} fontSize={20} />
      )}
      <span dir="auto" className={mergeClasses(step.done && styles.done)}>
        {step.text}
      </span>
    </span>
  );
}

function StepRow({
  actionId,
  step,
  at,
  steps,
  change,
}: {
  readonly actionId: string;
  readonly step: Step;
  readonly at: number;
  readonly steps: readonly Step[];
  readonly change: Details['change'];
}) {
  const { announce } = useSession();
  const t = useDetailsText();
  const styles = useDetailStyles();
  const [writes, setWrites] = useState(false);
  const { id, text, done } = step;
  const before = steps[at - 1];
  const isLast = at === steps.length - 1;

  if (writes)
    return (
      <WriteStep
        thing={`plan/${actionId}/step/${id}`}
        text={text}
        stop={() => setWrites(false)}
        keep={next => {
          change({ kind: 'write-step', id, text: next });
          setWrites(false);
        }}
      />
    );
  return (
    <>
      <Checkbox
        className={styles.words}
        checked={done}
        label={
          <span dir="auto" className={mergeClasses(done && styles.done)}>
            {text}
          </span>
        }
        onChange={(_, { checked }) => change({ kind: 'tick-step', id, done: checked === true })}
      />
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            className={styles.more}
            size="small"
            appearance="subtle"
            icon={<MoreHorizontalRegular />}
            aria-label={t('steps.more', { text })}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => setWrites(true)}>{t('steps.write')}</MenuItem>
            {before && (
              <MenuItem onClick={() => change({ kind: 'move-step', id, before: before.id })}>{t('steps.up')}</MenuItem>
            )}
            {!isLast && (
              <MenuItem onClick={() => change({ kind: 'move-step', id, before: steps[at + 2]?.id ?? null })}>
                {t('steps.down')}
              </MenuItem>
            )}
            <MenuItem
              onClick={() => {
                change({ kind: 'remove-step', id });
                announce(t('steps.removed', { text }));
                // Its button is gone, so the focus needs a place nearby.
                setTimeout(() => document.getElementById('plan-new-step')?.focus());
              }}
            >
              {t('steps.remove')}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
  );
}

function WriteStep({
  thing,
  text,
  keep,
  stop,
}: {
  /** Names the draft. */
  readonly thing: string;
  readonly text: string;
  readonly keep: (text: string) => void;
  readonly stop: () => void;
}) {
  const t = useDetailsText();
  const styles = useDetailStyles();
  const draft = useDraft({ thing, schema: z.string(), stored: { value: text, etag: null } });
  const wanted = draft.value.trim();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    // The panel would close.
    event.stopPropagation();
    if (!draft.changed) stop();
  }

  return (
    <form
      className={mergeClasses(styles.field, styles.words)}
      onKeyDown={onKeyDown}
      onSubmit={event => {
        event.preventDefault();
        if (wanted === '') return;
        draft.forget();
        keep(wanted);
      }}
    >
      <div className={styles.whole}>
        <DraftNotice draft={draft} discard={draft.reset} />
      </div>
      <Input
        autoFocus
        className={styles.grow}
        dir="auto"
        aria-label={t('steps.words')}
        value={draft.value}
        maxLength={longestStep}
        onChange={(_, { value }) => draft.change(value)}
      />
      <Button type="submit" disabledFocusable={wanted === ''}>
        {t('steps.keep')}
      </Button>
      <CancelWriting
        changed={draft.changed}
        busy={false}
        label={t('steps.leave')}
        throwAway={() => {
          draft.forget();
          stop();
        }}
      />
    </form>
  );
}

/** Steps one after the other: words and Enter. What was typed stays until then. */
function AddStep({
  action,
  full,
  change,
}: {
  readonly action: ActionView;
  readonly full: boolean;
  readonly change: Details['change'];
}) {
  const { announce } = useSession();
  const t = useDetailsText();
  const styles = useDetailStyles();
  const { ref: field, focus } = useFocusTarget();
  const draft = useDraft({
    thing: `plan/${action.id}/step`,
    schema: z.string(),
    stored: { value: '', etag: null },
  });
  const text = draft.value.trim();

  function add(): void {
    if (text === '' || full) return;
    change({ kind: 'add-step', id: crypto.randomUUID(), text });
    announce(t('steps.added', { text }));
    draft.reset();
    focus();
  }

  return (
    <form
      className={styles.field}
      onSubmit={event => {
        event.preventDefault();
        add();
      }}
    >
      <Field
        label={t('steps.add')}
        className={styles.grow}
        {...(full ? { hint: t('steps.full', { count: mostSteps }) } : {})}
      >
        <Input
          ref={field}
          id="plan-new-step"
          dir="auto"
          value={draft.value}
          maxLength={longestStep}
          readOnly={full}
          onChange={(_, { value }) => draft.change(value)}
        />
      </Field>
      <Button type="submit" disabledFocusable={text === '' || full}>
        {t('steps.save')}
      </Button>
    </form>
  );
}
