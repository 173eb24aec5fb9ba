import { z } from 'zod';
import type { ActionView } from '../../../domain/plan/api.ts';
import { Person } from '../../../domain/community.ts';
import { Action, changedFields } from '../../../domain/plan/plan.ts';
import type { DraftOptions } from '../../lib/use-draft.ts';
import { valuesOf } from './saving.ts';

/** Any text and any number of characters: a draft is what somebody typed, not yet what may be saved. */
const Typed = Action.extend({ title: z.string(), notes: z.string(), owners: z.array(Person) });

/** What the browser keeps of an action that is being edited; of one that can only be read there is nothing. */
export function actionDraft(action: ActionView): DraftOptions<Action> {
  return {
    thing: action.reach === 'nothing' ? null : `plan/${action.id}`,
    schema: Typed,
    stored: { value: valuesOf(action), etag: action.etag },
    same: (one, other) => changedFields(one, other).length === 0,
  };
}
