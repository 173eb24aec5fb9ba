import { isReady, peopleInCharge, type Community, type Person } from '../../../domain/community.ts';
import type { TeamEvents } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { doneCard, installedCard, movedCard } from './cards.ts';
import type { SettingsParts } from './parts.ts';

const messageKind = 'settings.installed';
const movedKinds = { gone: 'settings.moved', back: 'settings.movedBack' } as const;

/** One card in the channel, and nothing to anybody in person: Teams calls that spam, and rightly so. */
export function settingsEvents(parts: SettingsParts): TeamEvents {
  async function appInstalled({
    community,
    by,
  }: {
    readonly community: Community;
    readonly by: Person | null;
  }): Promise<void> {
    await parts.messenger.post({
      community: community.id,
      kind: messageKind,
      period: periodOf(community),
      to: [{ channel: true }],
      card: t => channelCard(parts, { ...community, installedBy: by ?? community.installedBy }, t),
      summary: t => t('installed.summary', { community: community.name }),
    });
  }

  /** The people in charge hear in their own chats what became of the channel, once a day for each channel. */
  async function tellInCharge(what: keyof typeof movedKinds, { community, channel }: ChannelEvent): Promise<void> {
    const people = peopleInCharge(community, await parts.roster.members(community.id));
    await parts.messenger.post({
      community: community.id,
      kind: movedKinds[what],
      period: `${channel} ${parts.clock().toISOString().slice(0, 10)}`,
      to: people.map(person => ({ person })),
      card: t => movedCard(what, community, parts.links, t),
      summary: t => t(`moved.${what}.summary`, { community: community.name }),
    });
  }

  return {
    appInstalled,
    channelDeleted: event => tellInCharge('gone', event),
    channelRestored: event => tellInCharge('back', event),
  };
}

interface ChannelEvent {
  readonly community: Community;
  readonly channel: string;
}

/** Turns the offer in the channel into what was chosen. */
export async function tellChannel(
  parts: Pick<SettingsParts, 'messenger' | 'links'>,
  community: Community,
): Promise<void> {
  await parts.messenger.refresh({
    community: community.id,
    kind: messageKind,
    period: periodOf(community),
    card: t => channelCard(parts, community, t),
  });
}

/**
 * Shown for weeks, so it names no next moment. Settings from an earlier life of the app in this team still hold: then
 * there is nothing to offer.
 */
function channelCard({ links }: Pick<SettingsParts, 'links'>, community: Community, t: Translate) {
  return isReady(community)
    ? doneCard({ community, links, next: null, mayChange: false, mayStart: true }, t)
    : installedCard(community, t);
}

/** A team that removes the app and adds it again is greeted again. */
function periodOf({ installedAt }: Community): string {
  return installedAt ?? 'once';
}
