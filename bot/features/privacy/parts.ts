import type { PersonalData, Messenger, Clock } from '../../ports.ts';

export interface PrivacyParts {
  readonly personalData: PersonalData;
  readonly messenger: Pick<Messenger, 'optOut' | 'stopped' | 'stop'>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
}
