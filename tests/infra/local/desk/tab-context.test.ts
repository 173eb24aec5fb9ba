import { expect } from '@jest/globals';
import { tabContext } from '../../../../infra/local/desk/tab-context.ts';
import { tenant } from '../../../../infra/local/directory.ts';
import type { ChannelView } from '../../../../infra/local/desk/views.ts';
import { fact } from '../fact.ts';
import { ana, deskState, gardeners, general, partners, secret } from './desk-state.ts';

function contextIn(channel: ChannelView | null): Record<string, unknown> {
  return tabContext({
    state: deskState(),
    viewer: ana,
    place: channel && { team: gardeners, channel },
    theme: 'dark',
    entityId: 'community',
    subEntityId: 'plan',
    frameContext: 'content',
  });
}

fact('tabs/private-channel-names-no-group', () => {
  expect(contextIn(secret)).not.toHaveProperty('groupId');
  expect(contextIn(general)).toMatchObject({ groupId: gardeners.id });
});

fact('tabs/private-channel-hides-the-team', () => {
  expect(contextIn(secret)).toMatchObject({ teamId: secret.id, teamName: secret.name });
  expect(contextIn(general)).toMatchObject({ teamId: gardeners.threadId, teamName: gardeners.name });
});

fact('tabs/private-channel-has-its-own-site', () => {
  expect(contextIn(secret)).toMatchObject({
    teamSitePath: '/sites/gardeners-Secret',
    teamSiteUrl: `https://${tenant.domain}/sites/gardeners-Secret`,
  });
  expect(contextIn(general)).toMatchObject({ teamSitePath: gardeners.sitePath });
});

fact('tabs/shared-channel-names-no-group', () => {
  expect(contextIn(partners)).toMatchObject({ groupId: null, channelId: partners.id });
});

fact('tabs/shared-channel-names-the-host-team', () => {
  expect(contextIn(partners)).toMatchObject({ hostTeamGroupId: gardeners.id, hostTeamTenantId: tenant.id });
});

fact('tabs/channel-type-tells-them-apart', () => {
  expect([general, secret, partners].map(channel => contextIn(channel)['channelType'])).toEqual([
    'Regular',
    'Private',
    'Shared',
  ]);
});

fact('tabs/personal-tab-has-no-team', () => {
  const context = contextIn(null);

  for (const name of ['groupId', 'teamId', 'teamName', 'channelId', 'channelType', 'hostTeamGroupId', 'teamSiteUrl'])
    expect(context).not.toHaveProperty(name);
  expect(context).toMatchObject({ entityId: 'community', subEntityId: 'plan', userObjectId: ana.id });
});
