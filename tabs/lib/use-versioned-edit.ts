import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useLeavingGuard } from './leaving.ts';
import type { Edit, Saved } from './save-version.ts';
import { useDraft, type DraftInForm, type DraftOptions } from './use-draft.ts';

/** What two people changed at once, and both versions of it. */
interface Clash<Value, View, Part> {
  readonly parts: readonly Part[];
  readonly mine: Value;
  readonly theirs: Value;
  /** The other version as the server sent it, which says whose it is. */
  readonly view: View;
}

export interface VersionedEditOptions<Value, View, Field, Part> extends DraftOptions<Value> {
  /** Saves, and shows what is stored then; it goes on when the form is left meanwhile. */
  readonly save: (edit: Edit<Value>) => Promise<Saved<Value, View, Field, Part>>;
  readonly onSaved: (saved: Extract<Saved<Value, View, Field, Part>, { kind: 'saved' }>, edit: Edit<Value>) => void;
  readonly onClash: (clash: Clash<Value, View, Part>) => void;
  readonly onGone?: () => void;
}

export interface VersionedEdit<Value, View, Part> extends DraftInForm<Value> {
  /** Saves what stands in the form, or `value` in its place. */
  readonly submit: (value?: Value) => void;
  readonly saving: boolean;
  /** Why it could not be saved, or null. */
  readonly error: Error | null;
  readonly clash: Clash<Value, View, Part> | null;
  /** What was edited is not there any more; saving makes it anew. */
  readonly gone: boolean;
}

/**
 * Edits something that others edit too: kept as a draft, put together with what they saved, and a choice where both
 * changed the same.
 */
export function useVersionedEdit<Value, View, Field, Part = Field>({
  save,
  onSaved,
  onClash,
  onGone,
  ...options
}: VersionedEditOptions<Value, View, Field, Part>): VersionedEdit<Value, View, Part> {
  const draft = useDraft(options);
  const [clash, setClash] = useState<Clash<Value, View, Part> | null>(null);
  const [gone, setGone] = useState(false);

  const saving = useMutation({
    async mutationFn(edit: Edit<Value>) {
      const saved = await save(edit);
      // Here, not in the form: the draft goes even if the form was left meanwhile.
      if (saved.kind === 'saved') draft.forget();
      return saved;
    },
    onSuccess(saved, edit) {
      if (saved.kind === 'gone') {
        setGone(true);
        draft.rebase({ value: edit.value, base: null, etag: null });
        onGone?.();
      } else if (saved.kind === 'clash') {
        const { merged, stored, view, clashes } = saved;
        const next = { parts: clashes, mine: edit.value, theirs: stored.value, view };
        // The draft in the browser keeps its base, so that after a reload the choice comes back instead of overwriting.
        draft.rebase({ value: merged, base: stored.value, etag: stored.etag });
        setClash(next);
        onClash(next);
      } else {
        draft.reset();
        setClash(null);
        onSaved(saved, edit);
      }
    },
  });
  useLeavingGuard(saving.isPending || draft.lost);

  return {
    ...draft,
    restoredAt: clash ? null : draft.restoredAt,
    change(value) {
      // What is on its way to the server stands still until it has arrived.
      if (!saving.isPending) draft.change(value);
    },
    reset() {
      draft.reset();
      setClash(null);
      saving.reset();
    },
    submit(value = draft.value) {
      if (!saving.isPending) saving.mutate({ value, base: draft.base, etag: draft.etag });
    },
    saving: saving.isPending,
    error: saving.error,
    clash,
    gone,
  };
}
