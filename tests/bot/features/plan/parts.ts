import { plan } from '../../../../bot/features/plan/index.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { api } from '../../../../domain/api.ts';
import type { ActionView, PlanView } from '../../../../domain/plan/api.ts';
import type { Member, ReadyCommunity } from '../../../../domain/community.ts';
import type { Action } from '../../../../domain/plan/plan.ts';
import {
  community,
  member,
  person,
  type RecordingMessenger,
  type TestClock,
  quietLog,
} from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { grantWishes } from '../../../support/wishes.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { request } from '../../../support/requests.ts';

export const priya = member('Priya Raman');
export const amara = member('Amara Okafor');
export const daniel = member('Daniel Fitzgerald');
export const here = community();
export const room: Action = {
  title: 'Book a room',
  owners: [person('Amara Okafor')],
  due: '2026-11-24',
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: '',
};

/** The feature and everything it stands on, on Monday morning. */
export interface Scene {
  readonly lists: InMemoryLists;
  readonly messenger: RecordingMessenger;
  readonly clock: TestClock;
  readonly feature: Feature;
  readonly logged: readonly string[];
  /** Adds an action in the coordinator’s name, from the tab. */
  adds(id: string, change?: Partial<Action>, who?: Member): Promise<ActionView>;
  sees(who: Member): Promise<PlanView>;
  /** The daily look, at this moment. */
  reminds(moment: string, where?: ReadyCommunity): Promise<void>;
}

export function scene(members: readonly Member[] = [priya, amara, daniel]): Scene {
  const logged: string[] = [];
  const log = { ...quietLog, info: (_ids: object, sentence: string) => void logged.push(sentence) };
  const links = { tab: (team: string, page: string): string => `https://example.org/${team}/${page}` };
  const { feature, lists, messenger, clock } = sceneOf(parts => plan({ ...parts, links, log }), {
    members,
    at: '2026-11-23T09:00:00Z',
  });

  return {
    lists,
    messenger,
    clock,
    feature,
    logged,
    async adds(id, change = {}, who = priya) {
      const { body } = await request(feature, api.saveAction, {
        who,
        community: here,
        params: { action: id },
        body: { ...room, ...change },
        ifMatch: null,
      });
      return body as ActionView;
    },
    async sees(who) {
      return (await request(feature, api.plan, { who, community: here })).body as PlanView;
    },
    async reminds(moment, where = here) {
      clock.moveTo(moment);
      await grantWishes(feature, messenger, { community: where, now: clock.now(), members });
    },
  };
}
