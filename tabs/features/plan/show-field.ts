import type { Action, ActionField } from '../../../domain/plan/plan.ts';
import { showDay } from '../../lib/dates.ts';
import type { Translate } from '../../lib/text.ts';

/** One field of an action in words; empty for nothing. */
export function showField(
  field: ActionField,
  action: Action,
  { t, locale }: { readonly t: Translate; readonly locale: string },
): string {
  switch (field) {
    case 'title':
      return action.title;
    case 'state':
      return t(`state.${action.state}`);
    case 'owners':
      return action.owners.map(({ name }) => name).join(', ');
    case 'due':
      return action.due === null ? '' : showDay(action.due, locale);
    case 'weight':
      return t(`weight.${action.weight}`);
    case 'aim':
      return action.aim ?? '';
    case 'notes':
      return action.notes;
  }
}
