import manifest from '../../../appPackage/manifest.json' with { type: 'json' };
import { readVersion } from '../../../bot/version.ts';
import { appIsIn, tenant } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import type { Connector } from '../connector/index.ts';
import type { Files } from '../graph/files.ts';
import type { Tabs } from '../graph/tabs.ts';
import { roleHintOf, sampleTeam, sampleZone } from '../sample-people.ts';
import type { DeskState, MessageView, PersonView, TeamView } from './views.ts';

export interface Sources {
  readonly local: LocalTenant;
  readonly connector: Connector;
  readonly consents: () => readonly string[];
  readonly files: Pick<Files, 'list'>;
  readonly tabs: Pick<Tabs, 'of'>;
  readonly isFilling: () => boolean;
  readonly canBeginAnew: boolean;
}

/** What Teams offers in the menu of every message, as the app package says. */
const messageCommands = manifest.composeExtensions.flatMap(({ commands }) =>
  commands.filter(({ context }) => context.includes('message')).map(({ id, title }) => ({ id, title })),
);

/** Everything the desk shows around the messages, as this person sees it. */
export function stateFor(viewer: string | undefined, sources: Sources): DeskState {
  const { local, connector, consents, files, tabs, isFilling, canBeginAnew } = sources;
  const { directory, clock, faults } = local;
  const teams = directory.teams();
  /** What somebody is to the first team they are in: a hint in the sample's, their right in any other. */
  const roleOf = (userId: string): string => {
    const team = teams.find(({ members }) => members.some(member => member.userId === userId));
    if (!team) return 'in no team';
    if (team.id === sampleTeam.id) return roleHintOf(userId) ?? 'member';
    return team.members.some(member => member.userId === userId && member.owner) ? 'owner' : 'member';
  };

  const people = directory.users().map(
    (user): PersonView => ({
      id: user.id,
      name: user.displayName,
      mail: user.mail,
      jobTitle: user.jobTitle,
      locale: user.locale,
      timeZone: user.timeZone,
      role: roleOf(user.id),
      blocked: connector.isBlocked(user.id),
    }),
  );

  return {
    app: {
      id: tenant.appId,
      catalogueId: tenant.catalogueAppId,
      name: tenant.appName,
      messageCommands,
      personalTabs: personalTabs(local.productUrl()),
    },
    tenantId: tenant.id,
    domain: tenant.domain,
    productUrl: local.productUrl(),
    clock: { now: clock.now().toISOString(), moved: clock.moved },
    zone: sampleZone,
    people,
    teams: teams.map(
      (team): TeamView => ({
        id: team.id,
        threadId: team.threadId,
        name: team.displayName,
        description: team.description,
        channels: team.channels.map(channel => ({
          id: channel.id,
          name: channel.displayName,
          type: channel.type ?? 'standard',
          hasApp: appIsIn(team, channel.id),
        })),
        deletedChannels: (team.deletedChannels ?? []).map(({ id, displayName }) => ({ id, name: displayName })),
        members: team.members.map(member => member.userId),
        owners: team.members.filter(member => member.owner).map(member => member.userId),
        installed: connector.isInstalled(team.id),
        sitePath: team.sitePath,
        tabs: tabs
          .of(team.id)
          .flatMap(({ id, channelId, name, contentUrl, entityId, removeUrl }) =>
            team.channels.some(channel => channel.id === channelId)
              ? [{ id, channelId, name, contentUrl, entityId, removeUrl: removeUrl ?? null }]
              : [],
          ),
        files: files.list(team),
      }),
    ),
    conversations:
      viewer === undefined
        ? []
        : connector
            .conversationsOf(viewer)
            .map(({ conversation, unread }) => ({ id: conversation.id, kind: conversation.kind, unread })),
    faults: faults.list(),
    latencyMs: faults.latencyMs,
    consents: consents(),
    limitsEnforced: connector.enforceLimits,
    filling: isFilling(),
    canBeginAnew,
  };
}

/** A conversation's messages, with the cards as this person sees them. */
export function messagesFor(viewer: string, conversationId: string, connector: Connector): MessageView[] {
  return connector.messages(conversationId).map(message => {
    const view = connector.view(message, viewer);
    return {
      id: message.id,
      thread: message.thread,
      from: message.from,
      sentAt: message.sentAt,
      editedAt: message.editedAt,
      deleted: message.deleted,
      text: message.text,
      cards: view ? [view.card, ...message.cards.slice(1)] : message.cards,
      personalView: view !== undefined,
      summary: message.summary,
      alert: message.alert,
    };
  });
}

/** The manifest's tabs for a person, on the address where the product is. */
function personalTabs(productUrl: string): DeskState['app']['personalTabs'] {
  return manifest.staticTabs
    .filter(({ scopes }) => scopes.includes('personal'))
    .map(({ entityId, name, contentUrl }) => ({
      entityId,
      name,
      contentUrl: contentUrl.replace('https://${{PUBLIC_HOST}}', productUrl).replace('${{VERSION}}', readVersion()),
    }));
}
