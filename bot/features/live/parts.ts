import type { Communities, LiveChanges, Roster } from '../../ports.ts';

export interface LiveParts {
  readonly liveChanges: LiveChanges;
  readonly communities: Pick<Communities, 'find'>;
  readonly roster: Pick<Roster, 'member'>;
}
