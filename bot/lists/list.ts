import { CommunityError } from '../../domain/errors.ts';

/** A row as it is stored: the value, and what is needed to change it safely. */
export interface Stored<T> {
  /** The store's own id, a number as text. */
  readonly id: string;
  /** Changes with every save. */
  readonly etag: string;
  readonly value: T;
  /** ISO instant of the last change. */
  readonly changedAt: string;
  /** True when the product did not write it, in a list where that matters: see {@link VouchedList}. */
  readonly byHand?: true;
}

/** What a row said after one save. */
export interface Version<T> {
  /** SharePoint's number of the version, such as `3.0`. */
  readonly version: string;
  readonly value: T;
  /** ISO instant of the save. */
  readonly savedAt: string;
  /** Whom SharePoint names for the save; null when the app saved for itself. */
  readonly savedBy: string | null;
}

/**
 * One list of one community. Every row has our own key, unique in its list, so a create that is repeated finds its
 * twin. Calls to SharePoint fail with `CommunityError`: `throttled`, `unavailable`, `not-allowed`, `consent-needed`, or
 * `not-set-up` when the list does not exist.
 */
export interface List<T extends Keyed> {
  /** The row with this key. */
  find(key: string): Promise<Stored<T> | undefined>;
  /** Every row, or those whose indexed column has this value. Follows all pages. */
  all(where?: Partial<Record<keyof T & string, string>>): Promise<readonly Stored<T>[]>;
  /** Adds a row. When its key exists already, returns that row unchanged, with `created: false`. */
  create(value: T): Promise<{ readonly created: boolean; readonly row: Stored<T> }>;
  /** Replaces a row. Throws {@link VersionConflict} when it has changed since it was read. */
  update(read: Pick<Stored<T>, 'id' | 'etag'>, value: T): Promise<Stored<T>>;
  /**
   * Deletes a row. Throws {@link VersionConflict} when it has changed since it was read; a row already gone is fine.
   */
  remove(read: Pick<Stored<T>, 'id' | 'etag'>): Promise<void>;
}

/** A list that remembers what its rows said before. */
export interface VersionedList<T extends Keyed> extends List<T> {
  /**
   * What the row with this id said before and says now, newest first, at most so many. Throws `not-found` when there is
   * no such row.
   */
  versions(id: string, most: number): Promise<readonly Version<T>[]>;
}

/**
 * A list whose rows give people rights or offices, in a place that members can write. What the product did not write is
 * marked
 * `byHand` and gives nothing, until a person who may has looked at it.
 */
export interface VouchedList<T extends Keyed> extends VersionedList<T> {
  /** From now on this row counts as written by the product, as it was read. */
  confirm(row: Stored<T>): Promise<void>;
  /** Makes a row by hand say what the product wrote last; one that the product never wrote is deleted. */
  putBack(row: Stored<T>): Promise<void>;
}

/**
 * A list whose rows are over one day and stay in it for ever: it is read without those that were over long ago. Rows
 * that cannot be read are never over.
 */
export interface EndingList<T extends Keyed> extends VersionedList<T> {
  /** Rows that are not over, and those that were over at this ISO instant or later, in the order of their ids. */
  since(moment: string): Promise<readonly Stored<T>[]>;
  /** Rows that were over before, the last first, at most so many. */
  before(place: EndingPlace, most: number): Promise<readonly Ended<T>[]>;
  /** How many rows were over before this ISO instant, by the column by which they are counted. */
  countBefore(moment: string): Promise<readonly Count[]>;
}

/** Rows are ordered by when they were over, an ISO instant, and those of one moment by their ids; null for all of them. */
export interface EndingPlace {
  readonly at: string;
  readonly id: string | null;
}

export interface Ended<T> extends Stored<T> {
  /** ISO instant. */
  readonly endedAt: string;
}

export interface Count {
  /** Null where the column says nothing. */
  readonly said: string | null;
  readonly count: number;
}

export interface Keyed {
  readonly key: string;
}

/** The row was saved in between. */
export class VersionConflict extends CommunityError {
  constructor(list: string, id: string) {
    super(
      'version-conflict',
      `item ${id} of list ${list} has changed since it was read: read it again and repeat the change`,
      { list, id },
    );
  }
}

/** How often {@link change} reads again before it gives up. */
const attempts = 6;

/**
 * Reads a row, applies a pure change, saves with If-Match; when the row was saved in between, reads again.
 * `decide` gets undefined when there is no such row, and returns undefined when there is nothing to change.
 * @returns the row as it is now, or undefined when there is none and none was wanted.
 */
export async function change<T extends Keyed>(
  list: List<T>,
  key: string,
  decide: (current: T | undefined) => T | undefined,
): Promise<Stored<T> | undefined> {
  for (let attempt = 1; ; attempt++) {
    const stored = await list.find(key);
    const wanted = decide(stored?.value);
    if (wanted === undefined) return stored;

    if (!stored) {
      const { created, row } = await list.create(wanted);
      if (created) return row;
      if (attempt >= attempts) throw new VersionConflict('(create)', key);
      continue;
    }

    try {
      return await list.update(stored, wanted);
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt >= attempts) throw error;
    }
  }
}

/**
 * Rows of a list that may not be there yet, as in a community whose lists are older than a feature: then there are
 * none.
 */
export async function whenThere<T>(read: () => Promise<readonly Stored<T>[]>): Promise<readonly Stored<T>[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CommunityError && error.code === 'not-set-up') return [];
    throw error;
  }
}
