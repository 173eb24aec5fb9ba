import { z } from 'zod';
import { Person } from '../../../domain/community.ts';
import { Action } from '../../../domain/plan.ts';

/** Any text and any number of characters: a draft is what somebody typed, not yet what may be saved. */
const Typed = Action.extend({ title: z.string(), notes: z.string(), owners: z.array(Person) });

/** What somebody wrote and has not saved, with what it is based on. */
export const ActionDraft = z.object({
  action: Typed,
  /** The action that was stored when they began, and its ETag. */
  base: Typed.nullable(),
  etag: z.string().nullable(),
  /** When they last typed. */
  at: z.iso.datetime(),
});
export type ActionDraft = z.infer<typeof ActionDraft>;

/** The unsaved edits of one person in one community. They outlive a closed browser, and nobody else who uses it sees them. */
export interface ActionDrafts {
  find(action: string): ActionDraft | null;
  /** Whether this browser kept it: it may be full, or not allowed to. */
  keep(action: string, draft: ActionDraft): boolean;
  discard(action: string): void;
}

export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** @param storage asked each time, because a browser may refuse even to name its storage. */
export function createActionDrafts({
  storage,
  community,
  person,
}: {
  readonly storage: () => DraftStorage;
  readonly community: string;
  readonly person: string;
}): ActionDrafts {
  const keyOf = (action: string): string => `cop-companion.plan-draft.${community}.${action}.${person}`;

  return {
    find(action) {
      try {
        const draft = ActionDraft.safeParse(JSON.parse(storage().getItem(keyOf(action)) ?? 'null'));
        return draft.success ? draft.data : null;
      } catch {
        return null;
      }
    },
    keep(action, draft) {
      try {
        storage().setItem(keyOf(action), JSON.stringify(draft));
        return true;
      } catch {
        return false;
      }
    },
    discard(action) {
      try {
        storage().removeItem(keyOf(action));
      } catch {
        // Where nothing can be removed, nothing was kept.
      }
    },
  };
}
