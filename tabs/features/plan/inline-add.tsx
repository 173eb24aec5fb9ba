import { Suspense, useState, type KeyboardEvent } from 'react';
import { Button, Field, Input, Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { longestTitle, type Action, type ActionState } from '../../../domain/plan/plan.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { later } from '../../lib/later.tsx';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import type { TitleAndDue } from './due-in-title.tsx';
import { newAction } from './saving.ts';
import { usePlanText } from './text.ts';
import { useSaveAction } from './use-plan.ts';

const DueInTitle = later(() => import('./due-in-title.tsx'));

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  // Below each other where a column is narrow, else beside.
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'end',
    gap: tokens.spacingHorizontalS,
  },
  wide: { gridColumn: '1 / -1', order: 1 },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Adds actions one after the other: a title and Enter. What was typed stays until it is saved. */
export function InlineAdd({
  state,
  today,
  unfolded = false,
  added,
}: {
  readonly state: ActionState;
  /** The calendar day in the community's zone. */
  readonly today: string;
  readonly unfolded?: boolean;
  /** Shows what was added. */
  readonly added: (id: string) => void;
}) {
  const { announce } = useSession();
  const t = usePlanText();
  const styles = useStyles();
  const save = useSaveAction();
  const { ref: field, focus } = useFocusTarget();
  const { ref: openButton, focus: focusButton } = useFocusTarget();
  const draft = useDraft({ thing: `plan/new/${state}`, schema: z.string(), stored: { value: '', etag: null } });
  const { value: title, restoredAt } = draft;
  const [open, setOpen] = useState(unfolded || restoredAt !== null);
  const [said, setSaid] = useState<TitleAndDue | null>(null);
  // One id for however often it is sent: a repeat finds what arrived the first time.
  const [id, setId] = useState(() => crypto.randomUUID() as string);

  const adding = useMutation({
    mutationFn: (wanted: Action) => save(id, { value: wanted, base: null, etag: null }),
    onSuccess(_saved, wanted) {
      announce(t('add.added', { title: wanted.title }));
      draft.reset();
      setSaid(null);
      added(id);
      setId(crypto.randomUUID());
      setTimeout(focus);
    },
  });
  useLeavingGuard(adding.isPending || draft.lost);

  function submit(): void {
    if (title.trim() === '' || adding.isPending) return;
    adding.mutate(said ? newAction(said.title, state, said.due) : newAction(title, state));
  }

  function stop(): void {
    setOpen(false);
    draft.reset();
    adding.reset();
    setTimeout(focusButton);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || unfolded) return;
    event.stopPropagation();
    stop();
  }

  if (!open) {
    return (
      <Button
        ref={openButton}
        data-adds
        appearance="subtle"
        icon={<AddRegular />}
        onClick={() => {
          setOpen(true);
          setTimeout(focus);
        }}
        aria-label={`${t('add.button')}: ${t(`state.${state}`)}`}
      >
        {t('add.button')}
      </Button>
    );
  }
  return (
    <form
      className={unfolded ? styles.line : styles.form}
      onKeyDown={onKeyDown}
      onSubmit={event => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t('add.label', { state: t(`state.${state}`) })}>
        <Input
          ref={field}
          data-adds
          dir="auto"
          value={title}
          maxLength={longestTitle}
          placeholder={t('add.placeholder')}
          readOnly={adding.isPending}
          onFocus={DueInTitle.prepare}
          onChange={(_, { value }) => draft.change(value)}
        />
      </Field>
      {title !== '' && (
        <div className={styles.wide}>
          <Suspense fallback={null}>
            <DueInTitle title={title} today={today} change={setSaid} />
          </Suspense>
        </div>
      )}
      {adding.isError && (
        <div className={styles.wide}>
          <FailureNotice error={adding.error} again={submit} />
        </div>
      )}
      <div className={styles.bar}>
        <Button
          type="submit"
          size={unfolded ? 'medium' : 'small'}
          appearance="primary"
          disabledFocusable={adding.isPending || title.trim() === ''}
          {...(adding.isPending ? { icon: <Spinner size="tiny" /> } : {})}
        >
          {t(adding.isPending ? 'add.saving' : 'add.save')}
        </Button>
        {!unfolded && (
          <Button size="small" onClick={stop} disabledFocusable={adding.isPending}>
            {t('add.stop')}
          </Button>
        )}
      </div>
    </form>
  );
}
