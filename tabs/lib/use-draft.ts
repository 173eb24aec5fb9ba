import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { createDrafts, type Drafts } from './drafts.ts';
import { isSame, type Edit, type Stored } from './save-version.ts';
import { useCommunity, useSession } from './session.tsx';

export interface DraftOptions<Value> {
  /**
   * Names what is written, such as `plan/<id>`; null for what must not stay in the browser. It does not change while
   * the form is open.
   */
  readonly thing: string | null;
  /** What may be typed, which is more than what may be saved. */
  readonly schema: z.ZodType<Value>;
  /**
   * What the form shows until somebody types. `base` is null where nothing is stored yet; when absent it is `value`.
   */
  readonly stored: Stored<Value> & { readonly base?: null };
  readonly same?: (one: Value, other: Value) => boolean;
}

/** What stands in a form, what it is based on, and what became of it in this browser. */
export interface DraftInForm<Value> extends Edit<Value> {
  /** Whether it says something else than what it is based on. */
  readonly changed: boolean;
  /** When it was typed, where it comes from an earlier visit. */
  readonly restoredAt: string | null;
  /** This browser keeps nothing for us: it is full, or not allowed to. */
  readonly lost: boolean;
  readonly change: (value: Value) => void;
  /** Puts the form on another version. What the browser keeps stays as it was until somebody types. */
  readonly rebase: (edit: Edit<Value>) => void;
  /** Back to what is stored; the browser forgets what was typed. */
  readonly reset: () => void;
  /** The browser forgets what was typed; also for when the form is not there any more. */
  readonly forget: () => void;
}

/** The drafts of this person in this community. */
export function useDrafts(): Drafts {
  const { communityId } = useSession();
  const { me } = useCommunity();
  return useMemo(
    () => createDrafts({ storage: () => localStorage, community: communityId, person: me.id }),
    [communityId, me.id],
  );
}

/**
 * A form whose every key is kept in the browser, until it is saved or thrown away. While nobody types, it follows what
 * is stored.
 */
export function useDraft<Value>({ thing, schema, stored, same = isSame }: DraftOptions<Value>): DraftInForm<Value> {
  const drafts = useDrafts();
  const [restored, setRestored] = useState(() => {
    const draft = thing === null ? null : drafts.find(thing, schema);
    // One that says what is stored already, as after a save whose answer got lost, is none.
    return draft && !same(draft.value, stored.value) ? draft : null;
  });
  const [edit, setEdit] = useState<Edit<Value> | null>(restored);
  const [lost, setLost] = useState(false);
  const base = stored.base === null ? null : stored.value;
  const shown = edit ?? { value: stored.value, base, etag: stored.etag };

  function forget(): void {
    if (thing !== null) drafts.discard(thing);
  }

  return {
    value: shown.value,
    base: shown.base,
    etag: shown.etag,
    changed: edit !== null && (edit.base === null || !same(edit.base, edit.value)),
    restoredAt: restored?.at ?? null,
    lost,
    change(value) {
      const next = { value, base: shown.base, etag: shown.etag };
      setEdit(next);
      if (thing === null) return;
      if (same(value, shown.base ?? stored.value)) forget();
      else setLost(!drafts.keep(thing, { ...next, at: new Date().toISOString() }));
    },
    rebase: setEdit,
    reset() {
      forget();
      setEdit(null);
      setRestored(null);
      setLost(false);
    },
    forget,
  };
}
