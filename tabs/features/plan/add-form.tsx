import { Suspense, useEffect, useState, type KeyboardEvent } from 'react';
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { longestTitle, type Action } from '../../../domain/plan/plan.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { CancelWriting } from '../../components/cancel-writing.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { later } from '../../lib/later.tsx';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import type { TitleAndDue } from './due-in-title.tsx';
import { AddedTitle, draftOf, type InlineAddProperties } from './inline-add.tsx';
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

interface AddFormProperties extends InlineAddProperties {
  /** Leaves it; null where it always stands. */
  readonly fold: (() => void) | null;
  /** Somebody has just asked for it. */
  readonly focuses?: boolean;
}

/** A title and Enter adds an action, and then the next one. */
export default function AddForm({ state, today, added, fold, focuses = false }: AddFormProperties) {
  const { announce } = useSession();
  const t = usePlanText();
  const styles = useStyles();
  const save = useSaveAction();
  const { ref: field, focus } = useFocusTarget();
  const draft = useDraft({ thing: draftOf(state), schema: AddedTitle, stored: { value: '', etag: null } });
  const { value: title } = draft;
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
  useEffect(() => {
    if (focuses) focus();
  }, [focuses, focus]);
  useLeavingGuard(adding.isPending || draft.lost);

  function submit(): void {
    if (title.trim() === '' || adding.isPending) return;
    adding.mutate(said ? newAction(said.title, state, said.due) : newAction(title, state));
  }

  function stop(): void {
    draft.reset();
    fold?.();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !fold) return;
    event.stopPropagation();
    if (!draft.changed) stop();
  }

  return (
    <form
      className={fold ? styles.form : styles.line}
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
          size={fold ? 'small' : 'medium'}
          appearance="primary"
          disabledFocusable={adding.isPending || title.trim() === ''}
          {...(adding.isPending ? { icon: <BusySign /> } : {})}
        >
          {t(adding.isPending ? 'add.saving' : 'add.save')}
        </Button>
        {fold && (
          <CancelWriting
            size="small"
            changed={draft.changed}
            busy={adding.isPending}
            label={t('add.stop')}
            throwAway={stop}
          />
        )}
      </div>
    </form>
  );
}
