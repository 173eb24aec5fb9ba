import type { StoredItem, StoredList } from '../local/graph/stored.ts';
import type { Microsoft365 } from '../local/microsoft365.ts';
import { eve } from './tenant.ts';

/** How many actions of a plan are not done, and how often one was finished, in milliseconds: five a day. */
const open = 20;
const finishedEvery = (24 * 3_600_000) / 5;

/**
 * Puts actions into a community's plan until it has so many, as if people had added them over years: the first few are
 * not done, each of the others was done a little before the one in front of it.
 */
export function fillPlan({ store }: Microsoft365, community: string, count: number): void {
  const plan = store
    .collection<StoredList>('graph.lists')
    .values()
    .find(({ teamId, displayName }) => teamId === community && displayName === 'CoP Plan');
  if (!plan) throw new Error('the community of the benchmark has no plan');
  const items = store.collection<StoredItem>(`graph.items.${plan.id}`);
  const deleted = store.collection(`graph.deleted.${plan.id}`);
  const actor = { user: null };
  store.together(() => {
    for (let number = items.values().length; number < count; number++) {
      const change = deleted.next();
      const key = crypto.randomUUID();
      const doneAt = number < open ? null : new Date(eve.getTime() - (number - open + 1) * finishedEvery);
      const at = `${(doneAt ?? eve).toISOString().slice(0, 19)}Z`;
      items.put(String(number + 1), {
        id: number + 1,
        guid: crypto.randomUUID(),
        number: 1,
        created: at,
        modified: at,
        createdBy: actor,
        modifiedBy: actor,
        change,
        values: { Title: key, CopKey: key, ...action(number, { at, isDone: doneAt !== null }) },
      });
      store.collection<number>('graph.reached').put(plan.id, change);
    }
  });
}

function action(
  number: number,
  { at, isDone }: { readonly at: string; readonly isDone: boolean },
): StoredItem['values'] {
  const person = JSON.stringify({ id: 'somebody', name: 'Somebody' });
  return {
    CopTitle: `Look at chart ${number}`,
    CopOwners: '[]',
    CopState: isDone ? 'done' : 'to-do',
    CopWeight: 'baseline',
    CopNotes: 'What it shows, and what it does not.',
    CopAddedBy: person,
    CopAddedAt: at,
    CopChangedBy: person,
    CopChangedAt: at,
    ...(isDone ? { CopDoneAt: at } : {}),
  };
}
