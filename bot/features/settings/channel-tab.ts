import type { Community } from '../../../domain/community.ts';
import type { Translate } from '../../text.ts';
import type { SettingsParts } from './parts.ts';

/** The community with the tab in its channel, where it could be added and was not there yet. */
export async function withTab<C extends Community>(
  { channelTabs, communities, log }: Pick<SettingsParts, 'channelTabs' | 'communities' | 'log'>,
  community: C,
  t: Translate,
): Promise<C> {
  if (community.tab) return community;
  const tab = await channelTabs.add(community, t('tabName'));
  if (!tab) {
    log.info({ community: community.id }, 'the tab was not added to the channel: a person has to');
    return community;
  }
  await communities.keepTab(community.id, tab);
  return { ...community, tab };
}
