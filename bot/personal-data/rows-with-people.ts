import { CommunityError } from '../../domain/errors.ts';
import { whenThere, type List, type Stored } from '../lists/list.ts';
import type { CommunityLists, ListName } from '../lists/model.ts';
import { listFates, type ListFate } from './fates.ts';
import type { AnyRow } from './person-in-rows.ts';

/** Every list of a community, with what becomes of its rows. */
export function listsOf(of: CommunityLists): readonly (readonly [ListName, List<AnyRow>, ListFate])[] {
  return (Object.keys(listFates) as ListName[]).map(name => [
    name,
    of[name] as unknown as List<AnyRow>,
    listFates[name],
  ]);
}

/** No list, no site, or a team that no longer has the app: then nothing is kept there that we could reach. */
export async function rowsOf(list: List<AnyRow>): Promise<readonly Stored<AnyRow>[]> {
  try {
    return await whenThere(() => list.all());
  } catch (error) {
    if (error instanceof CommunityError && (error.code === 'not-found' || error.code === 'not-granted')) return [];
    throw error;
  }
}
