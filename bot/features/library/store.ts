import { createHash } from 'node:crypto';
import type { Community, Member, Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import {
  added,
  longestResourceTitle,
  longestWhen,
  mayEdit,
  ResourceAddress,
  ResourceId,
  usesIn,
  type By,
  type KeptResource,
  type NewResource,
} from '../../../domain/library/resource.ts';
import { topicsFrom } from '../../../domain/topics.ts';
import { change, whenThere, type Stored } from '../../lists/list.ts';
import type { CommunityLists, ResourceRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import { identityOf } from './addresses.ts';
import type { LibraryParts } from './parts.ts';

/** Something in the library with its id, and how often it was opened in the last year. */
export interface ShelvedResource extends KeptResource {
  readonly id: string;
  readonly etag: string;
  readonly uses: number;
  /** Somebody wrote it in SharePoint itself: nobody is known to have added or checked it, until it is saved here. */
  readonly byHand: boolean;
}

/** To read the library and to add to it is everybody's; to change something in it depends on whose it is. */
export const reading = { may: 'community.read', ready: true } as const;
export const changing = { may: 'community.read', own: 'resource', ready: true } as const;

type Kept = Pick<LibraryParts, 'lists'>;
type Read = Pick<LibraryParts, 'lists' | 'clock'>;

/** Everything in the library; nothing where the list is not there yet. */
export async function readLibrary(
  parts: Read,
  community: Pick<Community, 'id' | 'settings'>,
): Promise<readonly ShelvedResource[]> {
  const { library, uses } = parts.lists.of(community.id);
  const [rows, used] = await Promise.all([whenThere(() => library.all()), uses.all()]);
  const counts = usesIn(
    used.map(({ value }) => value),
    todayIn(parts, community),
  );
  return rows.map(row => resourceOf(row, counts.get(row.value.key) ?? 0));
}

/** Throws `not-found`. */
export async function findResource(
  parts: Read,
  community: Pick<Community, 'id' | 'settings'>,
  id: string,
): Promise<ShelvedResource> {
  const { library } = parts.lists.of(community.id);
  const row = await library.find(id);
  if (!row) throw noResource(community, id);
  return withUses(parts, community, row);
}

/** A row with how often it was opened. */
export async function withUses(
  parts: Read,
  community: Pick<Community, 'id' | 'settings'>,
  row: Stored<ResourceRow>,
): Promise<ShelvedResource> {
  const used = await parts.lists.of(community.id).uses.all({ item: row.value.key });
  const counts = usesIn(
    used.map(({ value }) => value),
    todayIn(parts, community),
  );
  return resourceOf(row, counts.get(row.value.key) ?? 0);
}

/** Whether this member may change it, as far as the product itself knows whose it is. */
export function mayEditIt({ byHand, addedBy }: ShelvedResource, who: Member, community: Community): boolean {
  return mayEdit({ addedBy: byHand ? { id: '', name: '' } : addedBy }, who, community);
}

/** Throws `not-allowed`. */
export function mustEdit(resource: ShelvedResource, who: Member, community: Community): void {
  if (mayEditIt(resource, who, community)) return;
  throw new CommunityError(
    'not-allowed',
    'something in the library is changed by whoever added it, and by those who look after the library',
    { permission: 'library.edit' },
  );
}

/**
 * Puts something into the library, which every member may. One address is one row: what is there already stays as it
 * is.
 * @returns what is there now, and whether it is new
 */
export async function addResource(
  parts: Read,
  community: ReadyCommunity,
  who: Person,
  resource: NewResource,
  { link, onBehalfOf }: { readonly link: string | null; readonly onBehalfOf: string | null },
): Promise<{ readonly resource: ShelvedResource; readonly added: boolean }> {
  const id = idOf(resource.url);
  const wanted = added({ ...resource, topics: topicsFrom(resource.topics) }, link, byOf(parts, community, who));
  const { created, row } = await listOf(parts, community, onBehalfOf).create(rowOf(id, wanted));
  return { resource: await withUses(parts, community, row), added: created };
}

/**
 * Changes something on what is stored now, again whenever somebody saved in between. `decide` returns the same object
 * when there is nothing to change. Throws `not-found`, or `not-allowed`.
 */
export async function changeResource(
  parts: Read,
  community: Community,
  who: Member,
  id: string,
  {
    decide,
    onBehalfOf,
  }: {
    readonly decide: (current: ShelvedResource) => KeptResource;
    /** The person's token; null for a card, which brings none. */
    readonly onBehalfOf: string | null;
  },
): Promise<ShelvedResource> {
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(id);
  if (!stored) throw noResource(community, id);
  mustEdit(resourceOf(stored, 0), who, community);
  const row = await change(list, id, current => {
    if (!current) return undefined;
    const before = resourceOf({ ...stored, value: current }, 0);
    const wanted = decide(before);
    return wanted === before ? undefined : rowOf(id, wanted);
  });
  if (!row) throw noResource(community, id);
  return withUses(parts, community, row);
}

/** Counts that something was opened. By whom is kept nowhere. */
export async function countUse(parts: Read, community: ReadyCommunity, id: string): Promise<void> {
  const { library, uses } = parts.lists.of(community.id);
  if (!(await library.find(id))) throw noResource(community, id);
  const month = todayIn(parts, community).slice(0, 7);
  const key = `${id}/${month}`;
  await change(uses, key, current => ({ key, item: id, month, count: (current?.count ?? 0) + 1 }));
}

/** The id of what is at an address. */
function idOf(url: string): string {
  return createHash('sha256').update(identityOf(url)).digest('hex').slice(0, 32);
}

/** A row as the rules know it. It may have been edited in SharePoint, where nothing keeps an address an address. */
export function resourceOf({ value, etag, byHand }: Stored<ResourceRow>, uses: number): ShelvedResource {
  const { key, title, url, topics, when, link, ...rest } = value;
  return {
    id: key,
    etag,
    uses,
    byHand: byHand ?? false,
    ...rest,
    // That somebody checked it is theirs to say.
    ...(byHand && rest.state === 'checked' ? { state: 'new' as const, checkedBy: null, checkedAt: null } : {}),
    title: title.trim().slice(0, longestResourceTitle) || '…',
    url: ResourceAddress.safeParse(url.trim()).data ?? null,
    topics: topicsFrom(topics),
    when: when.trim().slice(0, longestWhen),
    link: /^https:\/\//i.test(link) ? link : null,
  };
}

export function rowOf(key: string, resource: KeptResource): ResourceRow {
  const { title, url, topics, when, link, state, checkedBy, checkedAt, checkOn } = resource;
  const { addedBy, addedAt, changedBy, changedAt } = resource;
  return {
    key,
    ...{ title, url: url ?? '', topics, when, link: link ?? '', state, checkedBy, checkedAt, checkOn },
    ...{ addedBy, addedAt, changedBy, changedAt },
  };
}

/** Throws `not-found` for what is no id. */
export function resourceId(text: string | undefined): string {
  const id = ResourceId.safeParse(text);
  if (!id.success) throw new CommunityError('not-found', 'nothing in the library has such an id');
  return id.data;
}

export function listOf(
  { lists }: Kept,
  community: Pick<Community, 'id'>,
  onBehalfOf: string | null,
): CommunityLists['library'] {
  return (onBehalfOf === null ? lists.of(community.id) : lists.onBehalfOf(community.id, onBehalfOf)).library;
}

export function byOf(
  { clock }: Pick<LibraryParts, 'clock'>,
  community: Pick<Community, 'settings'>,
  { id, name }: Person,
): By {
  return { by: { id, name }, now: clock(), today: todayIn({ clock }, community) };
}

function noResource(community: Pick<Community, 'id'>, id: string): CommunityError {
  return new CommunityError('not-found', `the library of community ${community.id} has nothing with the id ${id}`);
}
