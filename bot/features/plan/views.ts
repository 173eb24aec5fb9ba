import type { ActionView } from '../../../domain/plan/api.ts';
import type { Community, Member } from '../../../domain/community.ts';
import { reachOf } from '../../../domain/plan/plan.ts';
import type { Stored } from '../../lists/list.ts';
import type { PlanRow } from '../../lists/model.ts';
import { actionOf } from './store.ts';

/** One action as this person may see and change it. */
export function actionView(row: Stored<PlanRow>, who: Member, community: Community): ActionView {
  const action = actionOf(row.value);
  const { id, title, owners, due, state, weight, aim, notes, steps, links, addedBy, doneAt, changedBy, changedAt } =
    action;
  return {
    id,
    etag: row.etag,
    title,
    owners,
    due,
    state,
    weight,
    aim,
    notes,
    steps,
    links,
    addedBy,
    doneAt,
    changed: { by: changedBy, at: changedAt },
    reach: reachOf(action, who, community),
  };
}
