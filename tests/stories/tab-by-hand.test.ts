import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { api, type CommunityView } from '../../domain/api.ts';
import type { SettingsView } from '../../domain/settings/api.ts';
import { tenant } from '../../infra/local/directory.ts';
import { eventually } from '../support/engines.ts';
import { followAll, onDesk } from '../support/followed-links.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** A team whose consent is older than the tab, on a server whose administrator has not said what Teams calls the app. */
let system: System;
beforeAll(async () => {
  // The administrator has not said what Teams calls the app.
  system = await startSystem({ sample: false, environment: { TEAMS_APP_ID: '' } });
  await system.microsoft365.connector.installApp(system.team, personOf('Priya').id);
  system.microsoft365.graph.setTeamConsent(system.team, ['TeamMember.Read.Group']);
  system.microsoft365.graph.grantSite(system.team, 'fullcontrol');
  await eventually('the community', async () => (await system.ask('Priya', api.community)).status === 200);
});
afterAll(() => system.stop());
const community = async () => (await system.ask('Priya', api.community)).body as CommunityView;

test('is set up all the same, and the card in the channel says how the tab is added', async () => {
  const { suggested } = (await system.ask('Priya', api.settings)).body as SettingsView;
  const saved = await system.ask('Priya', api.saveSettings, { body: suggested, headers: { 'If-None-Match': '*' } });
  expect(saved.status).toBe(200);

  await eventually('the steps', async () => {
    const channel = system.microsoft365.directory.team(system.team)!.threadId;
    return JSON.stringify(system.microsoft365.connector.messages(channel)).includes('press “+” beside its tabs');
  });
  expect(await community()).toMatchObject({ ready: true, tab: null, teamsApp: null });
});

test('what the configuration page saved is where cards lead, by the id that Teams gave the app', async () => {
  const { threadId } = system.microsoft365.directory.team(system.team)!;
  const tab = { channel: threadId, entity: 'community-of-ours', subPage: 'plan' };
  await onDesk(system, 'tabs', {
    team: system.team,
    channel: threadId,
    name: 'Our community',
    entityId: tab.entity,
    contentUrl: `${system.productUrl}/tabs/?community=${system.team}&screen=plan`,
  });

  await system.ask('Priya', api.seeTab, { body: { tab, app: tenant.catalogueAppId } });
  await system.microsoft365.connector.says(personOf('Amara').id, 'channel', 'charter', { mention: true });
  await system.microsoft365.connector.says(personOf('Amara').id, 'personal', 'charter');

  const opened = await eventually('both cards', async () => {
    const found = (await followAll(system)).map(({ where, opening }) => `${where}: ${opening.opens}`);
    return found.includes('channel: channel tab') && found.includes('personal: personal tab');
  });
  expect(opened).toBe(true);
  expect(await community()).toMatchObject({ tab, teamsApp: tenant.catalogueAppId });
});
