import type { Holding } from '../../domain/roles/roles.ts';
import { whenThere, type Stored } from './list.ts';
import type { Lists, RoleRow } from './model.ts';

/** Who holds what and who offers to, and what a member wrote into the list of roles in SharePoint by hand. */
export interface Holdings {
  /** Ended ones too. */
  readonly counted: readonly (Holding & { readonly etag: string })[];
  /** They count for nothing until a coordinator has looked at them. */
  readonly byHand: readonly Stored<RoleRow>[];
}

/** A community whose lists are older than its roles has none. */
export async function readHoldings(lists: Lists, community: string): Promise<Holdings> {
  const { roles, offers } = lists.of(community);
  const [held, offered] = await Promise.all([whenThere(() => roles.all()), offers.all()]);
  const latest = new Map<string, Holding & { readonly etag: string }>();
  // An offer that was accepted has the key of the holding, which comes later.
  for (const { value, etag } of [...offered, ...held.filter(({ byHand }) => !byHand)]) {
    const before = latest.get(value.key);
    if (!before || value.changedAt >= before.changedAt) latest.set(value.key, { ...value, etag });
  }
  return { counted: [...latest.values()], byHand: held.filter(({ byHand }) => byHand) };
}
