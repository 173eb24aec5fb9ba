import { z } from 'zod';

/** What somebody typed and has not saved, with what it is based on. */
export interface Draft<Value> {
  readonly value: Value;
  /** What was stored when they began, and its ETag; null when nothing was. */
  readonly base: Value | null;
  readonly etag: string | null;
  /** ISO instant at which they last typed. */
  readonly at: string;
}

/**
 * What one person typed in one community, by thing, such as `plan/<id>`. It outlives a closed browser, and nobody else
 * who uses it is shown it.
 */
export interface Drafts {
  /** Null also for what another version of this page kept, and for what is too old. */
  find<Value>(thing: string, value: z.ZodType<Value>): Draft<Value> | null;
  /** Whether this browser kept it: it may be full, or not allowed to. */
  keep(thing: string, draft: Draft<unknown>): boolean;
  discard(thing: string): void;
  discardAll(): void;
}

export type BrowserStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** How many days a draft is kept after the last key. */
export const keptDays = 30;

const prefix = 'cop-companion.draft/';
/** Under these, earlier versions kept what nobody finds any more. */
const outgrown = ['cop-companion.draft.', 'cop-companion.plan-draft.'];
const Kept = z.object({
  value: z.unknown(),
  base: z.unknown(),
  etag: z.string().nullable(),
  at: z.iso.datetime(),
});

/** @param storage asked each time, because a browser may refuse even to name its storage. */
export function createDrafts({
  storage,
  community,
  person,
  now = () => new Date(),
}: {
  readonly storage: () => BrowserStorage;
  readonly community: string;
  readonly person: string;
  readonly now?: () => Date;
}): Drafts {
  const mine = `${prefix}${community}/${person}/`;

  return {
    find(thing, value) {
      return orElse(null, () => {
        const kept = read(storage().getItem(mine + thing), now());
        if (kept === null) return null;
        const [typed, base] = [value.safeParse(kept.value), value.nullable().safeParse(kept.base)];
        return typed.success && base.success ? { ...kept, value: typed.data, base: base.data } : null;
      });
    },
    keep(thing, draft) {
      return orElse(false, () => {
        storage().setItem(mine + thing, JSON.stringify(draft));
        return true;
      });
    },
    // Where nothing can be removed, nothing was kept.
    discard: thing => orElse(undefined, () => storage().removeItem(mine + thing)),
    discardAll: () => removeWhere(storage, key => key.startsWith(mine)),
  };
}

/** Takes out the drafts that are too old, and those nobody can read any more, whoever in this browser wrote them. */
export function removeOldDrafts(storage: () => BrowserStorage, now: Date): void {
  removeWhere(
    storage,
    (key, text) => outgrown.some(old => key.startsWith(old)) || (key.startsWith(prefix) && read(text, now) === null),
  );
}

function removeWhere(storage: () => BrowserStorage, unwanted: (key: string, text: string | null) => boolean): void {
  orElse(undefined, () => {
    const here = storage();
    const keys = Array.from({ length: here.length }, (_, place) => here.key(place) ?? '');
    for (const key of keys) if (unwanted(key, here.getItem(key))) here.removeItem(key);
  });
}

function read(text: string | null, now: Date): z.infer<typeof Kept> | null {
  const kept = orElse(null, () => Kept.safeParse(JSON.parse(text ?? 'null')).data ?? null);
  return kept && now.getTime() - Date.parse(kept.at) <= keptDays * 86_400_000 ? kept : null;
}

function orElse<Value>(otherwise: Value, attempt: () => Value): Value {
  try {
    return attempt();
  } catch {
    return otherwise;
  }
}
