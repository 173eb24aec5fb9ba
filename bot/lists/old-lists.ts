import type { Logger } from 'pino';
import { CommunityError } from '../../domain/errors.ts';
import type { Caller, Graph } from '../graph/client.ts';
import type { Keyed, Stored, VersionedList } from './list.ts';
import { definitions, type ListDefinition, type ListName, type RoleRow } from './model.ts';
import { listPath, type FindPlace } from './places.ts';
import { createSharePointList } from './sharepoint-list.ts';

/** Lists that are for few now and stood in SharePoint before, by the name they have there. */
const before = {
  newcomers: 'CoP Newcomers',
  surveys: 'CoP Surveys',
  answers: 'CoP Answers',
  participation: 'CoP Participation',
  digests: 'CoP Digests',
  replies: 'CoP Replies',
} as const;

/** A list in SharePoint whose rows belong into our database. */
export interface OldList<T extends Keyed = Keyed> {
  /** The name of the list in `model.ts`. */
  readonly name: string;
  readonly definition: ListDefinition;
  readonly list: Pick<VersionedList<T>, 'create' | 'remove' | 'versions'>;
  /** None of a list that was never made, or has lost columns by hand: it has nothing that could be moved. */
  rows(): Promise<readonly Stored<T>[]>;
}

export interface OldLists {
  /** The lists of this community that are there; in a young community none is, and one call says so. */
  present(community: string): Promise<readonly OldList[]>;
  /** The list of roles, which stays in SharePoint, though the offers in it go. */
  roles(community: string): OldList<RoleRow>;
}

export interface OldListsParts {
  readonly graphAs: (caller: Caller) => Graph;
  readonly findPlace: FindPlace;
  readonly log: Logger;
}

export function createOldLists({ graphAs, findPlace, log }: OldListsParts): OldLists {
  function oldList<T extends Keyed>(community: string, name: ListName, title: string): OldList<T> {
    const definition: ListDefinition = definitions[name];
    const list = createSharePointList<T>({ ...definition, title }, graphAs('app'), async () =>
      listPath(await findPlace(community), name, title),
    );
    return { name, definition, list, rows: () => rowsOf(list, { community, title, log }) };
  }

  return {
    async present(community) {
      const { site } = await findPlace(community);
      const names = Object.entries(before);
      const found = await graphAs('app').getAll<unknown>(
        names.map(([, title]) => `/sites/${site.id}/lists/${encodeURIComponent(title)}?$select=id`),
      );
      const failure = found.find(one => one instanceof CommunityError && one.code !== 'not-found');
      if (failure instanceof CommunityError) throw failure;
      return names
        .filter((_, index) => !(found[index] instanceof CommunityError))
        .map(([name, title]) => oldList<Keyed>(community, name as keyof typeof before, title));
    },
    roles: community => oldList<RoleRow>(community, 'roles', definitions.roles.title),
  };
}

async function rowsOf<T extends Keyed>(
  list: VersionedList<T>,
  { community, title, log }: { readonly community: string; readonly title: string; readonly log: Logger },
): Promise<readonly Stored<T>[]> {
  try {
    return await list.all();
  } catch (error) {
    if (!(error instanceof CommunityError) || error.code !== 'not-set-up') throw error;
    const { columns } = error.details;
    if (columns !== undefined)
      log.warn(
        { community, list: title, columns },
        'a list in SharePoint lacks columns, so its rows were not moved and stay there',
      );
    return [];
  }
}

/** An offer, also one that came to nothing: only what was held has a last day. */
export function isOffer({ state, until }: Pick<RoleRow, 'state' | 'until'>): boolean {
  return state === 'volunteered' || (state === 'ended' && until === null);
}
