import { useEffect } from 'react';
import { tabApi, type CommunityView, type TabSeen } from '../../domain/tab/api.ts';
import type { PageConfig } from './config.ts';
import { useCall, useSession } from './session.tsx';
import type { Host } from './teams.ts';

/** Tells the server once where this tab is and what Teams calls the app, where that is news: cards lead there. */
export function useTellWhere(community: CommunityView | undefined): void {
  const { host, config } = useSession();
  const call = useCall();
  const news = community ? whatIsNew(community, host.context, config) : null;
  const key = JSON.stringify(news);
  useEffect(() => {
    const seen = JSON.parse(key) as TabSeen | null;
    // The next opening tells it again.
    if (seen) call(tabApi.seeTab, { body: seen }).catch(() => undefined);
  }, [call, key]);
}

/** What the server does not know yet and would believe of this person; null for nothing. */
export function whatIsNew(
  { tab: known, teamsApp, may }: Pick<CommunityView, 'tab' | 'teamsApp' | 'may'>,
  { channel, entityId, appId }: Pick<Host['context'], 'channel' | 'entityId' | 'appId'>,
  { teamsAppId }: Pick<PageConfig, 'teamsAppId'>,
): TabSeen | null {
  if (!may['settings.edit']) return null;
  const tab = known === null && channel?.isStandard ? { channel: channel.id, entity: entityId, subPage: null } : null;
  const app = teamsAppId === null && appId !== null && appId !== teamsApp ? appId : null;
  return tab || app ? { ...(tab ? { tab } : {}), ...(app ? { app } : {}) } : null;
}
