import type { Db } from '../../bot/database/tables.ts';
import type { Microsoft365 } from '../local/microsoft365.ts';
import { sampleTeam } from '../local/sample-people.ts';
import type { StoredItem, StoredList } from '../local/graph/stored.ts';

type Row = Readonly<Record<string, unknown>>;

/** What was so at one moment, read from Microsoft 365 and from the rows of the database, by no function of the product. */
export interface Facts {
  readonly at: Date;
  readonly members: readonly { readonly id: string; readonly name: string; readonly owner: boolean }[];
  /** Rows of a list by its name in SharePoint (`CoP Plan`) or in the database (`Offers`). */
  rows(list: string): readonly Row[];
}

export async function readFacts({ store, directory, clock }: Microsoft365, db: Db): Promise<Facts> {
  const lists = new Map<string, readonly Row[]>();
  for (const { id, displayName } of store.collection<StoredList>('graph.lists').where('teamId', sampleTeam.id))
    lists.set(
      displayName,
      store
        .collection<StoredItem>(`graph.items.${id}`)
        .values()
        .map(({ values }) => rowOf(values)),
    );
  const kept = await db.selectFrom('rows').select(['list', 'key', 'value']).execute();
  for (const [list, rows] of Map.groupBy(kept, ({ list }) => list))
    lists.set(
      list,
      rows.map(({ key, value }) => ({ ...(JSON.parse(value) as Row), key })),
    );
  const members = (directory.team(sampleTeam.id)?.members ?? []).map(({ userId, owner }) => ({
    id: userId,
    name: directory.user(userId)?.displayName ?? userId,
    owner,
  }));
  return { at: clock.now(), members, rows: list => lists.get(list) ?? [] };
}

/** `CopReviewOn` of SharePoint is `reviewOn`; what looks like JSON is read. */
function rowOf(values: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      /^Cop[A-Z]/.test(name) ? `${name[3]?.toLowerCase()}${name.slice(4)}` : name,
      typeof value === 'string' && /^[[{"]/.test(value) ? parsed(value) : value,
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
