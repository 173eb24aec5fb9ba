import type { World } from '../../support/breaking-world.ts';

/** Something that the product does, in a situation in which there is something to do. */
export interface Scene {
  /**
   * What of the product it is about: `job plan.remind`, `press roles.accept`, `ask closeSurvey`, `event membersJoined`.
   */
  readonly of: string;
  readonly when: string;
  /** It answers and changes nothing. Everything else has to change something, or the scene would test nothing. */
  readonly onlyShows?: true;
  /**
   * Makes the situation. What it returns is done, and done again after it broke: by the queue, or by the same press.
   */
  prepare(world: World): Promise<() => Promise<unknown>>;
  /** What the product does by itself on a later day, which completes what was left. */
  later?(world: World): Promise<void>;
  /**
   * What has to be the same in the end, where one way to tell it is as good as another. Left out, everything has to.
   */
  matters?(world: World): object | Promise<object>;
}

export const morning = '2026-11-23T09:00:00Z';
