import type { ListItem } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Graph } from '../graph/client.ts';
import type { Extent, Item, MirrorStore, Original, Said } from './mirror-store.ts';

/** How many items one page is asked to bring. */
const pageSize = 1000;
/** How many pages are followed before something must be wrong. */
const mostPages = 10_000;

interface Page {
  readonly value: readonly (ListItem & { readonly deleted?: object | null })[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

export interface DeltaParts {
  readonly graph: Graph;
  readonly store: MirrorStore;
  readonly original: Original;
  /** The copy as it is when the reading begins. */
  readonly extent: Extent;
  /** When it was, as `MirrorStore.now` tells it. */
  readonly since: string;
  /** An item as the copy keeps it. */
  readonly itemOf: (item: ListItem) => Item;
  /** Hears which columns have a value in any row of the whole list. What it throws keeps the reading from being used. */
  readonly wholeSeen: (columns: ReadonlySet<string>) => Promise<void>;
  /** Called before each page but the first of what changed: somebody is still reading. */
  readonly beforePage: () => Promise<void>;
}

/**
 * Brings the copy up to date with what Graph says of changes since its link; without one, or when Graph no longer knows
 * what changed since then, with the whole list.
 *
 * @returns how many items somebody else had changed
 */
export async function readDelta(parts: DeltaParts, at: Date): Promise<number> {
  const { link } = parts.extent;
  if (link !== null) {
    try {
      return await follow(parts, link, at);
    } catch (error) {
      if (!isForgotten(error)) throw error;
    }
  }
  return readWhole(parts, at);
}

async function follow(parts: DeltaParts, link: string, at: Date): Promise<number> {
  const { since } = parts;
  const { news, isUnsure, end } = await readPages(parts, link, since);
  // What was left out comes again after the link that is there.
  const { openedFrom } = parts.extent;
  await parts.store.finish(parts.original, {
    openedFrom,
    since,
    at,
    link: isUnsure ? null : end,
    isWhole: false,
    isChanged: news > 0,
  });
  return news;
}

/**
 * What changes while the pages come is told after the link of before, so nothing is missed, not even that a row is gone
 * that was made meanwhile.
 */
async function readWhole(parts: DeltaParts, at: Date): Promise<number> {
  const { graph, store, original, extent, wholeSeen } = parts;
  const delta = `${original.source}/items/delta?$expand=fields`;
  const since = await store.now();
  const { '@odata.deltaLink': link } = await graph.get<Page>(`${delta}&token=latest`);
  const { news, columns } = await readPages(parts, `${delta}&$top=${pageSize}`);
  await wholeSeen(columns);
  const { openedFrom } = extent;
  await store.finish(original, {
    openedFrom,
    since,
    at,
    link: linkOf(link),
    isWhole: true,
    isChanged: extent.link !== null && news > 0,
  });
  return news;
}

interface Pages {
  readonly news: number;
  /** See `Taken`. */
  readonly isUnsure: boolean;
  /** Those of ours that have a value in any of the items. */
  readonly columns: ReadonlySet<string>;
  readonly end: string;
}

/** @param from when the first page is asked for, where that is known */
async function readPages(
  { graph, store, original, itemOf, beforePage }: DeltaParts,
  first: string,
  from?: string,
): Promise<Pages> {
  let news = 0;
  let isUnsure = false;
  const columns = new Set<string>();
  let next = first;
  for (let page = 0; page < mostPages; page++) {
    const known = page === 0 ? from : undefined;
    if (known === undefined) await beforePage();
    const since = known ?? (await store.now());
    const answer: Page = await graph.get(next);
    const said = answer.value.flatMap(item => saidOf(item, itemOf));
    for (const one of said) if ('fields' in one) for (const name of Object.keys(one.fields)) columns.add(name);
    const taken = await store.take(original, said, since);
    news += taken.news;
    isUnsure ||= taken.isUnsure;
    if (!answer['@odata.nextLink']) return { news, isUnsure, columns, end: linkOf(answer['@odata.deltaLink']) };
    next = linkOf(answer['@odata.nextLink']);
  }
  throw new CommunityError('unavailable', `Graph tells changes of ${original.source} without an end`);
}

function saidOf(item: Page['value'][number], itemOf: DeltaParts['itemOf']): readonly Said[] {
  if (!/^\d{1,18}$/.test(item.id ?? '')) return [];
  return [item.deleted ? { id: item.id!, gone: true } : itemOf(item)];
}

/**
 * A link as a path: whatever it says of a host, it is Graph's that is asked. Without `$expand` items would come without
 * what they say.
 */
function linkOf(link: string | undefined): string {
  if (!link) throw new CommunityError('unavailable', 'Graph told changes of a list and no link for what comes after');
  const { pathname, search, searchParams } = new URL(link, 'https://graph.invalid');
  const path = pathname.slice(pathname.indexOf('/sites/'));
  const isExpanded = ['$expand', 'expand'].some(name => searchParams.has(name));
  return `${path}${search}${isExpanded ? '' : `${search ? '&' : '?'}$expand=fields`}`;
}

/** Graph keeps what changed for some weeks; and a link of a list that was made anew under its title is another's. */
function isForgotten(error: unknown): boolean {
  return error instanceof CommunityError && [400, 410].includes(Number(error.details['status']));
}
