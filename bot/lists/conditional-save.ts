import type { Keyed, List, Stored } from './list.ts';
import { VersionConflict } from './list.ts';

/** A conditional save: done, or refused because something else is stored now (or nothing any more). */
export type SavedVersion<T> =
  | { readonly kind: 'saved'; readonly row: Stored<T> }
  | { readonly kind: 'conflict'; readonly current: Stored<T> | undefined };

/**
 * Saves a row only when it is still the version that was read; `ifMatch` is its ETag, or null for "there is none yet".
 * SharePoint checks the same ETag again, so nobody comes in between. When the stored row says the same already, as
 * after an answer that got lost, that is a success: `same` decides it.
 */
export async function saveVersion<T extends Keyed>(
  list: List<T>,
  value: T,
  ifMatch: string | null,
  same: (stored: T) => boolean,
): Promise<SavedVersion<T>> {
  const stored = await list.find(value.key);
  if (stored?.etag !== (ifMatch ?? undefined)) return settled(stored, same);

  if (!stored) {
    const { created, row } = await list.create(value);
    return created ? { kind: 'saved', row } : settled(row, same);
  }
  try {
    return { kind: 'saved', row: await list.update(stored, value) };
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    return settled(await list.find(value.key), same);
  }
}

function settled<T>(stored: Stored<T> | undefined, same: (stored: T) => boolean): SavedVersion<T> {
  return stored && same(stored.value) ? { kind: 'saved', row: stored } : { kind: 'conflict', current: stored };
}
