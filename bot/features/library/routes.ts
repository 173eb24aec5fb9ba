import { api } from '../../../domain/api.ts';
import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { LibraryView, ResourceView } from '../../../domain/library/api.ts';
import {
  byUse,
  checked,
  dueForCheck,
  reworded,
  saysTheSame,
  type KeptResource,
  type NewResource,
  type ResourceWords,
  type Verdict,
} from '../../../domain/library/resource.ts';
import { can } from '../../../domain/permissions.ts';
import { topicsFrom, usedTopics } from '../../../domain/topics.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { VersionConflict, type Stored } from '../../lists/list.ts';
import type { ResourceRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import type { LibraryParts } from './parts.ts';
import {
  addResource,
  byOf,
  changeResource,
  changing,
  countUse,
  listOf,
  mayEditIt,
  mustEdit,
  reading,
  readLibrary,
  resourceId,
  resourceOf,
  rowOf,
  withUses,
  type ShelvedResource,
} from './store.ts';

type Asked<Body> = TabRequest<Body, ReadyCommunity>;

interface Viewed {
  readonly community: ReadyCommunity;
  readonly who: Member;
}

async function read(parts: LibraryParts, { community, who }: Asked<unknown>): Promise<TabAnswer<LibraryView>> {
  const resources = (await readLibrary(parts, community)).toSorted(byUse);
  return {
    body: {
      today: todayIn(parts, community),
      resources: resources.map(resource => viewOf(parts, resource, { community, who })),
      topics: usedTopics(resources),
      mayEdit: can(who, 'library.edit', community),
    },
  };
}

function viewOf(parts: LibraryParts, resource: ShelvedResource, { community, who }: Viewed): ResourceView {
  const { id, etag, title, url, topics, when, link, state, checkedBy, checkedAt, addedBy, addedAt, uses } = resource;
  return {
    ...{ id, etag, title, url, topics, when, link, state, addedAt, uses },
    changed: { by: resource.changedBy, at: resource.changedAt },
    checked: checkedBy && checkedAt ? { by: checkedBy, at: checkedAt } : null,
    due: dueForCheck([resource], todayIn(parts, community)).length > 0,
    addedBy: resource.byHand ? null : addedBy,
    mayEdit: mayEditIt(resource, who, community),
  };
}

function one(parts: LibraryParts, request: Asked<unknown>, resource: ShelvedResource): TabAnswer<ResourceView> {
  return { body: viewOf(parts, resource, request), etag: resource.etag };
}

async function add(
  parts: LibraryParts,
  request: Asked<NewResource>,
): Promise<TabAnswer<{ resource: ResourceView; added: boolean }>> {
  const { who, community, body, onBehalfOf } = request;
  const { resource, added } = await addResource(parts, community, who, body, { link: null, onBehalfOf });
  return { body: { resource: viewOf(parts, resource, request), added } };
}

async function save(parts: LibraryParts, request: Asked<ResourceWords>): Promise<TabAnswer<ResourceView>> {
  const { who, community, ifMatch, body, onBehalfOf } = request;
  const id = idFrom(request);
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(id);
  if (!stored) throw new CommunityError('not-found', `the library of community ${community.id} has no ${id}`);
  const before = resourceOf(stored, 0);
  // What a person may change is asked of the version they saw; when there is another by now, they see that first.
  if (stored.etag === ifMatch) mustEdit(before, who, community);
  const words = { ...body, topics: topicsFrom(body.topics) };
  const wanted = reworded<KeptResource>(before, words, byOf(parts, community, who));
  const saved = await saveVersion(list, rowOf(id, wanted), ifMatch ?? null, row => saysTheSame(row, words));
  if (saved.kind === 'conflict') throw await conflict(parts, request, saved.current);
  return one(parts, request, await withUses(parts, community, saved.row));
}

async function check(parts: LibraryParts, request: Asked<{ still: Verdict }>): Promise<TabAnswer<ResourceView>> {
  const { who, community, body, onBehalfOf } = request;
  const by = byOf(parts, community, who);
  const resource = await changeResource(parts, community, who, idFrom(request), {
    onBehalfOf,
    decide: current => checked<KeptResource>(current, body.still, by),
  });
  return one(parts, request, resource);
}

async function use(parts: LibraryParts, request: Asked<unknown>): Promise<TabAnswer<Record<string, never>>> {
  await countUse(parts, request.community, idFrom(request));
  return { body: {} };
}

async function remove(parts: LibraryParts, request: Asked<unknown>): Promise<TabAnswer<Record<string, never>>> {
  const { who, community, ifMatch, onBehalfOf } = request;
  const id = idFrom(request);
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(id);
  if (!stored) return { body: {} };
  mustEdit(resourceOf(stored, 0), who, community);
  if (stored.etag !== ifMatch) throw await conflict(parts, request, stored);
  const { uses } = parts.lists.of(community.id);
  for (const row of await uses.all({ item: id })) await uses.remove(row);
  try {
    await list.remove(stored);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    throw await conflict(parts, request, await list.find(id));
  }
  return { body: {} };
}

/** What is saved here is saved on behalf of the person, so that SharePoint's version history names them. */
export function libraryRoutes(parts: LibraryParts): readonly Route[] {
  return [
    route(api.library, reading, request => read(parts, request)),
    route(api.addResource, reading, request => add(parts, request)),
    route(api.saveResource, changing, request => save(parts, request)),
    route(api.checkResource, changing, request => check(parts, request)),
    route(api.useResource, reading, request => use(parts, request)),
    route(api.removeResource, changing, request => remove(parts, request)),
  ];
}

async function conflict(
  parts: LibraryParts,
  request: Asked<unknown>,
  current: Stored<ResourceRow> | undefined,
): Promise<CommunityError> {
  return new CommunityError(
    'version-conflict',
    'this has changed in the library since it was read: look at what is stored now and save with its ETag',
    {
      current: current ? viewOf(parts, await withUses(parts, request.community, current), request) : null,
      etag: current?.etag,
    },
  );
}

function idFrom({ params }: Pick<Asked<unknown>, 'params'>): string {
  return resourceId(params['resource']);
}
