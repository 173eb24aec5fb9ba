import type { Community } from '../../../domain/community.ts';
import type { PersonalData, Messenger, Clock } from '../../ports.ts';

export interface PrivacyParts {
  readonly personalData: PersonalData;
  readonly messenger: Pick<Messenger, 'optOut' | 'stopped' | 'stop'>;
  /** Who holds the role of sponsor, by their ids. */
  readonly sponsorsOf: (community: Community) => Promise<ReadonlySet<string>>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
}
