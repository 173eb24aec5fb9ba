import { z } from 'zod';
import { Day, Person } from '../community.ts';
import { Change, community, endpoint } from '../endpoint.ts';
import { NewResource, resourceStates, ResourceWords, verdicts } from './resource.ts';

export const ResourceView = ResourceWords.extend({
  id: z.string(),
  etag: z.string(),
  /** Null where somebody wrote something in SharePoint that is no address. */
  url: z.string().nullable(),
  /** The message it was kept from. */
  link: z.string().nullable(),
  state: z.enum(resourceStates),
  checked: Change.nullable(),
  /** Who changed it last. */
  changed: Change,
  /** Whether it is time that somebody looks at it. */
  due: z.boolean(),
  /** Null where somebody wrote it in SharePoint itself. */
  addedBy: Person.nullable(),
  addedAt: z.iso.datetime(),
  /** How often it was opened from here in the last twelve months. */
  uses: z.number().int(),
  /** Whether I may say it in other words, check it and take it away. */
  mayEdit: z.boolean(),
});
export type ResourceView = z.infer<typeof ResourceView>;

export const LibraryView = z.object({
  /** The day it is in the community's zone. */
  today: Day,
  /** What is opened most comes first, what is out of date last. */
  resources: z.array(ResourceView),
  topics: z.array(z.object({ topic: z.string(), count: z.number().int() })),
  /** Whether I look after the library. */
  mayEdit: z.boolean(),
});
export type LibraryView = z.infer<typeof LibraryView>;

export const libraryApi = {
  library: endpoint({
    method: 'GET',
    path: `${community}/library`,
    summary: 'What the community found worth finding again',
    answer: LibraryView,
    kept: view => view,
  }),
  addResource: endpoint({
    method: 'POST',
    path: `${community}/library`,
    summary: 'Put something into the library, by its address: one that is there already stays as it is',
    body: NewResource,
    answer: z.object({ resource: ResourceView, added: z.boolean() }),
  }),
  saveResource: endpoint({
    method: 'PUT',
    path: `${community}/library/{resource}`,
    summary: 'Say in other words what something in the library is, and when it helps',
    body: ResourceWords,
    answer: ResourceView,
    conditional: true,
  }),
  checkResource: endpoint({
    method: 'POST',
    path: `${community}/library/{resource}/check`,
    summary: 'Say whether something in the library is still right; may be repeated',
    body: z.object({ still: z.enum(verdicts) }),
    answer: ResourceView,
  }),
  useResource: endpoint({
    method: 'POST',
    path: `${community}/library/{resource}/use`,
    summary: 'Count that something in the library was opened, and not by whom',
    answer: z.object({}),
  }),
  removeResource: endpoint({
    method: 'POST',
    path: `${community}/library/{resource}/remove`,
    summary: 'Take something out of the library; may be repeated',
    answer: z.object({}),
    conditional: true,
  }),
};
