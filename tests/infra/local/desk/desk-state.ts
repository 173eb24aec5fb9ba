import { tenant } from '../../../../infra/local/directory.ts';
import type { ChannelView, DeskState, TeamView } from '../../../../infra/local/desk/views.ts';

export const ana = {
  id: 'ana',
  name: 'Ana Silva',
  mail: 'ana@cedarvalley.example',
  jobTitle: 'Gardener',
  locale: 'en-GB',
  timeZone: 'Europe/London',
  role: 'member',
  blocked: false,
};

export const general: ChannelView = { id: '19:general@thread.tacv2', name: 'General', type: 'standard', hasApp: true };
export const secret: ChannelView = { id: '19:secret@thread.tacv2', name: 'Secret', type: 'private', hasApp: true };
export const partners: ChannelView = { id: '19:partners@thread.tacv2', name: 'Partners', type: 'shared', hasApp: true };

export const gardeners: TeamView = {
  id: 'g-1',
  threadId: general.id,
  name: 'Gardeners',
  description: '',
  channels: [general, secret, partners],
  deletedChannels: [],
  members: [ana.id],
  owners: [],
  installed: true,
  sitePath: '/sites/gardeners',
  tabs: [
    {
      id: '1',
      channelId: general.id,
      name: 'Community',
      contentUrl: 'http://localhost:3978/tabs/?community=g-1',
      entityId: 'community-g-1',
      removeUrl: null,
    },
  ],
  files: [],
};

/** A desk at which Ana is in every channel, and one of them has a tab. */
export function deskState(choices: Partial<DeskState> = {}): DeskState {
  return {
    app: {
      id: tenant.appId,
      catalogueId: tenant.catalogueAppId,
      name: tenant.appName,
      messageCommands: [],
      personalTabs: [
        {
          entityId: 'community',
          name: 'My communities',
          contentUrl: 'http://localhost:3978/tabs/?frame=personal',
        },
      ],
    },
    tenantId: tenant.id,
    domain: tenant.domain,
    productUrl: 'http://localhost:3978',
    clock: { now: '2026-11-26T09:00:00Z', moved: false },
    zone: 'Europe/London',
    people: [ana],
    teams: [gardeners],
    conversations: gardeners.channels.map(({ id }) => ({ id, kind: 'channel', unread: 0 })),
    faults: [],
    latencyMs: 0,
    consents: [],
    limitsEnforced: false,
    filling: false,
    canBeginAnew: true,
    ...choices,
  };
}
