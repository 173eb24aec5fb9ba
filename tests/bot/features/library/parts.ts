import type { Feature } from '../../../../bot/feature.ts';
import { library } from '../../../../bot/features/library/index.ts';
import type { LibraryView, ResourceView } from '../../../../domain/library/api.ts';
import type { NewResource, Verdict } from '../../../../domain/library/resource.ts';
import { api } from '../../../../domain/api.ts';
import type { Member, ReadyCommunity } from '../../../../domain/community.ts';
import { community, member, type RecordingMessenger, type TestClock } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import type { InMemoryLists } from '../../../support/in-memory-lists.ts';
import { request } from '../../../support/requests.ts';
import { grantWishes } from '../../../support/wishes.ts';

export const priya = member('Priya Raman');
export const gwen = member('Gwen Pritchard');
export const amara = member('Amara Okafor');
export const daniel = member('Daniel Fitzgerald');
export const here = community();

export const template: NewResource = {
  title: 'Template for SPC charts',
  url: 'https://example.org/spc',
  when: 'When a board asks whether it got better',
  topics: ['SPC'],
};

/** The feature and everything it stands on, on a Monday morning. */
export interface Scene {
  readonly lists: InMemoryLists;
  readonly messenger: RecordingMessenger;
  readonly clock: TestClock;
  readonly feature: Feature;
  /** Adds something from the tab, as Amara unless said otherwise. */
  adds(
    change?: Partial<NewResource>,
    who?: Member,
  ): Promise<{ readonly resource: ResourceView; readonly added: boolean }>;
  checks(who: Member, still: Verdict, resource: string): Promise<ResourceView>;
  sees(who?: Member): Promise<LibraryView>;
  asked(
    endpoint: keyof typeof api,
    choices: {
      readonly who: Member;
      readonly resource?: string;
      readonly body?: unknown;
      readonly ifMatch?: string | null;
    },
  ): Promise<unknown>;
  /** A morning with room for everything. */
  morning(moment: string, where?: ReadyCommunity): Promise<void>;
}

export function scene(members: readonly Member[] = [priya, gwen, amara, daniel]): Scene {
  const { feature, lists, messenger, clock } = sceneOf(library, { members, at: '2026-11-23T09:00:00Z' });
  const now: Scene = {
    lists,
    messenger,
    clock,
    feature,
    async asked(endpoint, { who, resource = '', ...choices }) {
      return (await request(feature, api[endpoint], { who, community: here, params: { resource }, ...choices })).body;
    },
    async adds(change = {}, who = amara) {
      const body = { ...template, ...change };
      return (await now.asked('addResource', { who, body })) as { resource: ResourceView; added: boolean };
    },
    async checks(who, still, resource) {
      return (await now.asked('checkResource', { who, resource, body: { still } })) as ResourceView;
    },
    async sees(who = amara) {
      return (await request(feature, api.library, { who, community: here })).body as LibraryView;
    },
    async morning(moment, where = here) {
      clock.moveTo(moment);
      await grantWishes(feature, messenger, { community: where, now: clock.now(), members });
    },
  };
  return now;
}
