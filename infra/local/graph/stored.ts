import type { User } from '../directory.ts';
import type { StoredColumn } from './columns.ts';
import type { Value } from './filter.ts';

/** Who did something: always by way of the app, and for a person unless the app acted for itself. */
export interface Actor {
  readonly user: { readonly id: string; readonly displayName: string; readonly email: string } | null;
}

export interface StoredList {
  readonly id: string;
  readonly teamId: string;
  readonly displayName: string;
  /** Of its address, which renaming it does not change; the title it was made with when left out. */
  readonly name?: string;
  readonly description: string;
  readonly template: string;
  readonly columns: readonly StoredColumn[];
  /** Without versions, a change leaves nothing of what was before; left out, the list keeps them. */
  readonly versioning?: boolean;
  /** How often it has forgotten what changed: tokens of before are worth nothing then. */
  readonly forgotten?: number;
  readonly created: string;
  readonly modified: string;
  readonly createdBy: Actor;
  readonly modifiedBy: Actor;
  /** Rises with every change of the list itself. */
  readonly version: number;
}

export type Values = Readonly<Record<string, Value>>;

export interface StoredVersion {
  /** Rises with every change: the number in the ETag. */
  readonly number: number;
  /** What people see: rises only while the list keeps versions, and is `number` while it always did. */
  readonly label?: number;
  readonly values: Values;
  readonly modified: string;
  readonly modifiedBy: Actor;
}

export interface StoredItem extends StoredVersion {
  readonly id: number;
  readonly guid: string;
  readonly created: string;
  readonly createdBy: Actor;
  /** Where its last change stands among all changes of the list. */
  readonly change: number;
}

/** The latest state of something that changed, and where that change stands among all changes of the list. */
export type Change = { readonly at: number } & ({ readonly item: StoredItem } | { readonly deleted: number });

/** Who changes something and when. */
export interface Act {
  readonly actor: Actor;
  readonly now: Date;
}

export function etagOf(item: Pick<StoredItem, 'guid' | 'number'>): string {
  return `"${item.guid},${item.number}"`;
}

/** The version that a change is meant for. */
export interface Wanted {
  /** The ETag the caller read, `*`, or undefined for "whatever it is now". */
  readonly ifMatch: string | undefined;
  /** What "now" was when the change arrived. */
  readonly arrivedAt?: string | undefined;
}

export function keepsVersions({ versioning = true }: StoredList): boolean {
  return versioning;
}

/** The name of a version: `3.0`. */
export function labelOf({ label, number }: Pick<StoredVersion, 'label' | 'number'>): string {
  return `${label ?? number}.0`;
}

export function actorOf(user: User | null): Actor {
  return { user: user && { id: user.id, displayName: user.displayName, email: user.mail } };
}
