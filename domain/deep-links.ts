import { z } from 'zod';
import { identifier } from './text.ts';

/** The entity id of the personal tab in the manifest, and of the tabs that our configuration page saves. */
export const tabEntity = 'community';

/** The tab of a channel, as Teams' configuration page or Graph saved it. */
export const ChannelTab = z.object({
  /** Teams' id of a channel that everybody in the team is in. */
  channel: identifier(200).regex(/^19:[^\s/?#]+$/, { error: 'expected a channel’s id such as 19:…@thread.tacv2' }),
  entity: identifier(200).min(1),
  /** What it opens on when a link does not say; null for the overview. */
  subPage: identifier(100).nullable(),
});

export type ChannelTab = z.infer<typeof ChannelTab>;

/** A place in a tab. Without a channel it is the personal tab. */
export interface TabPlace {
  /** Teams' id of the app: the manifest's where the package was uploaded to a team, else that of the catalogue. */
  readonly app: string;
  readonly entity: string;
  readonly subPage: string;
  readonly channel?: string;
  /** Where to go without Teams. */
  readonly webUrl?: string;
}

/**
 * A link into a tab.
 * @param teams what a link into Teams begins with, in this cloud
 * @see https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-application
 */
export function writeDeepLink(teams: string, { app, entity, subPage, channel, webUrl }: TabPlace): string {
  const context = JSON.stringify({ subEntityId: subPage, ...(channel === undefined ? {} : { channelId: channel }) });
  const web = webUrl === undefined ? '' : `webUrl=${encodeURIComponent(webUrl)}&`;
  const path = [app, entity].map(encodeURIComponent).join('/');
  return `${teams}/l/entity/${path}?${web}context=${encodeURIComponent(context)}`;
}

/**
 * A link that opens a chat with somebody in Teams.
 * @param principalName by which Entra knows them, such as ann@example.org: Teams finds them by nothing else
 * @see https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
 */
export function writeChatLink(teams: string, principalName: string): string {
  return `${teams}/l/chat/0/0?users=${encodeURIComponent(principalName)}`;
}

/** The personal tab has many communities: there a place begins with the community's id. */
export function personalSubPage(community: string, subPage: string): string {
  return `${community}/${subPage}`;
}

/** What stands in the place of a community in the link to the page of those who look after the app. */
export const administrationPlace = 'administration';

/** The community and its own sub page. */
export function readPersonalSubPage(subPage: string): { readonly community: string; readonly subPage: string } {
  const [community = '', ...rest] = subPage.split('/');
  return { community, subPage: rest.join('/') };
}
