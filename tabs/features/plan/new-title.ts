import { z } from 'zod';
import type { ActionState } from '../../../domain/plan/plan.ts';
import type { DraftOptions } from '../../lib/use-draft.ts';

/** What the browser keeps of a new action while it is typed. */
export function newTitleDraft(state: ActionState) {
  return {
    thing: `plan/new/${state}`,
    schema: z.string(),
    stored: { value: '', etag: null },
  } satisfies DraftOptions<string>;
}

export interface NewActionProperties {
  readonly state: ActionState;
  /** The calendar day in the community's zone. */
  readonly today: string;
  /** Shows what was added. */
  readonly added: (id: string) => void;
}
