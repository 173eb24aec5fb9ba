import { expect, test } from '@jest/globals';
import { addPlaygroundTeam } from '../../../infra/local/playground.ts';
import { openStage } from './connector/receiving-bot.ts';
import type { LocalTenant } from '../../../infra/local/tenant.ts';
import { appToken, asker } from './tenant.ts';

test('the playground has no tab: the app finds the site of its team, and may make lists there, by itself', async () => {
  const stage = await openStage();
  try {
    addPlaygroundTeam(stage.microsoft365);
    const local = { url: () => stage.microsoft365.url } as LocalTenant;
    const app = asker(local, await appToken(local));

    const site = await app('GET', '/groups/00000000-0000-0000-0000-000000000031/sites/root');
    const list = await app('POST', `/sites/${site.body.id}/lists`, {
      displayName: 'Tools',
      columns: [],
      list: { template: 'genericList' },
    });

    expect([site.status, list.status]).toEqual([200, 201]);
  } finally {
    await stage.close();
  }
});
