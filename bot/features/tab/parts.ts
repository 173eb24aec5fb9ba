import type { Communities, Links, PrincipalNames, Roster } from '../../ports.ts';

export interface TabParts {
  readonly communities: Pick<Communities, 'candidatesOf' | 'keepTab' | 'keepTeamsApp' | 'forgetTabIn'>;
  readonly roster: Roster;
  /** Asked when somebody wants to write to a person, and not kept. */
  readonly principalNames: PrincipalNames;
  readonly links: Pick<Links, 'chat'>;
  /** Entra object ids. */
  readonly administrators: readonly string[];
}
