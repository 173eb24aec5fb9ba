import type { Places } from '../../lists/places.ts';
import type { Provision } from '../../lists/provisioning.ts';
import type { SetUp } from '../../../domain/community.ts';
import type { Switches } from '../../../domain/switches.ts';
import type { Lists } from '../../lists/model.ts';
import type { ChannelTabs, Messenger, RestDays, Roster, Communities, Clock, Log } from '../../ports.ts';

export interface SettingsParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly communities: Communities;
  readonly restDays: RestDays;
  /** Creates or repairs the community's SharePoint lists; may be repeated. */
  readonly provision: Provision;
  readonly channelTabs: Pick<ChannelTabs, 'add'>;
  /** The teams' SharePoint sites. */
  readonly sites: Pick<Places, 'siteOf' | 'learn' | 'rightness' | 'keepRightness'>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  /** Entra object ids of those who look after the app in the whole organisation. */
  readonly administrators: readonly string[];
  readonly switches: Switches;
  readonly setUp: SetUp;
  readonly clock: Clock;
  readonly log: Log;
}
