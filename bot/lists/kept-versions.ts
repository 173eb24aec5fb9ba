import type { ListItem } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Graph } from '../graph/client.ts';

interface Page {
  readonly value: readonly (ListItem & { readonly fields?: { readonly _UIVersionString?: unknown } })[];
}

/**
 * Which of these lists keep no versions of their items. Graph neither says so nor changes it, but an item that was
 * changed and is still in its first version shows it. A list of which nothing can be told is not among them.
 */
export async function listsWithoutVersions(
  graph: Graph,
  site: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const pages = await graph.getAll<Page>(
    ids.map(id => `/sites/${site}/lists/${id}/items?$expand=fields($select=_UIVersionString)`),
  );
  return new Set(ids.filter((_, index) => isWithoutVersions(pages[index])));
}

/** The item that was changed last says how it is now. */
function isWithoutVersions(page: Page | CommunityError | undefined): boolean {
  if (page === undefined || page instanceof CommunityError) return false;
  const [last] = page.value
    .filter(({ eTag }) => changesIn(eTag) > 1)
    .toSorted((a, b) => String(b.lastModifiedDateTime).localeCompare(String(a.lastModifiedDateTime)));
  return last?.fields?._UIVersionString === '1.0';
}

/** `"<guid>,<n>"`: n rises by one with each change. */
function changesIn(eTag: string | null | undefined): number {
  return Number(/,(\d+)"?$/.exec(eTag ?? '')?.[1] ?? 1);
}
