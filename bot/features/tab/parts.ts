import type { Communities, Roster } from '../../ports.ts';

export interface TabParts {
  readonly communities: Pick<Communities, 'candidatesOf' | 'keepTab' | 'keepTeamsApp' | 'forgetTabIn'>;
  readonly roster: Roster;
  /** Entra object ids. */
  readonly administrators: readonly string[];
}
