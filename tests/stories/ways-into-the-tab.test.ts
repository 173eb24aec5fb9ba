import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { api, type MyCommunitiesView } from '../../domain/api.ts';
import { linkTo, type FileLink } from '../../domain/endpoint.ts';
import { screenNames } from '../../domain/tab/screens.ts';
import { eventually } from '../support/engines.ts';
import { followAll, screenOf, stateFor } from '../support/followed-links.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** A community that is set up, on the strict desk. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

test('has one tab in its channel, which Graph added with the team’s consent', async () => {
  const [team] = (await stateFor(system, personOf('Priya').id)).teams;

  expect(team?.tabs).toMatchObject([{ name: 'Community', entityId: 'community', channelId: team?.threadId }]);
});

test('every link of every card opens a screen that there is', async () => {
  const { microsoft365 } = system;
  const commands = ['help', 'week', 'charter', 'roles', 'survey', 'plan', 'digest', 'overview', 'settings'];
  for (const who of ['Priya', 'Amara', 'Helen'])
    for (const text of [...commands, 'add action Book a room'])
      await microsoft365.connector.says(personOf(who).id, 'personal', text);
  for (const text of [...commands, 'add action Print the sheets'])
    await microsoft365.connector.says(personOf('Amara').id, 'channel', text, { mention: true });
  await microsoft365.connector.joins(system.team, [personOf('Jonas').id]);
  for (const day of ['2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z', '2026-12-01T10:00:00Z', '2026-12-14T09:00:00Z'])
    await system.moveTo(day);

  const followed = await eventually('cards of many kinds', async () => {
    const found = await followAll(system);
    return found.length > 40 ? found : undefined;
  });

  expect(followed.filter(one => !screenNames.some(name => name === screenOf(one, system.team)))).toEqual([]);
  expect(followed.filter(({ where, opening }) => (where === 'channel') !== (opening.opens === 'channel tab'))).toEqual(
    [],
  );
  expect(new Set(followed.map(one => screenOf(one, system.team))).size).toBeGreaterThan(5);
  expect(new Set(followed.map(({ where }) => where)).size).toBe(2);
});

test('is found by its members under My communities, and by nobody else', async () => {
  const mine = async (who: string) => ((await system.ask(who, api.communities)).body as MyCommunitiesView).communities;

  expect(await mine('Amara')).toEqual([{ id: system.team, name: 'Data Storytellers', ready: true }]);
  expect(await mine('Ruth')).toEqual([]);
});

test('hands a file over by a link that needs no token, and works for some minutes', async () => {
  const { status, body } = await system.ask('Amara', linkTo(api.exportPlan));
  const { name, url } = body as FileLink;

  const first = await fetch(url);
  const again = await fetch(url);
  system.microsoft365.clock.moveTo(new Date(system.microsoft365.clock.now().getTime() + 6 * 60_000));
  const late = await fetch(url);

  expect([status, name]).toEqual([200, expect.stringMatching(/plan .*\.csv$/)]);
  expect(first.headers.get('content-disposition')).toContain('attachment');
  expect(await first.text()).toContain('Book the library');
  expect([again.status, late.status]).toEqual([200, 404]);
  expect(await late.text()).toContain('Ask for the file again in the tab');
  expect((await system.ask('Ruth', linkTo(api.exportPlan))).status).toBe(404);
  expect(system.log.some(line => JSON.stringify(line).includes(url.split('/').at(-1)!))).toBe(false);
});

test('when the tab is taken out of the channel, cards there lead to the personal one', async () => {
  const channel = system.microsoft365.directory.team(system.team)!.threadId;
  const [tab] = system.microsoft365.graph.tabs.of(system.team);
  system.microsoft365.graph.tabs.remove(tab!.id);
  await system.ask('Priya', api.removeTab, { body: { channel } });

  await system.microsoft365.connector.says(personOf('Amara').id, 'channel', 'charter', { mention: true });

  // What was asked before may be answered only now, and leads there as well.
  const led = await eventually('a card that leads to the charter in the personal tab', async () => {
    const found = (await followAll(system)).filter(
      ({ where, opening }) => where === 'channel' && opening.opens === 'personal tab',
    );
    return found.some(one => screenOf(one, system.team) === 'charter') && found;
  });
  expect(led.filter(one => !screenNames.some(name => name === screenOf(one, system.team)))).toEqual([]);
});

test('when nobody was shown the removal page, they do so from the next night on', async () => {
  const { connector, directory, graph } = system.microsoft365;
  const channel = directory.team(system.team)!.threadId;
  const contentUrl = `${system.productUrl}/tabs/?community=${system.team}`;
  const place = { teamId: system.team, channelId: channel, entityId: 'community' };
  const id = graph.tabs.add({ ...place, name: 'Community', contentUrl });
  const tab = { channel, entity: 'community', subPage: null };
  expect((await system.ask('Priya', api.seeTab, { body: { tab } })).status).toBe(200);
  const leadsTo = async (screen: string, opens: string) => {
    await connector.says(personOf('Amara').id, 'channel', screen, { mention: true });
    await eventually(`a card with ${screen} that leads to the ${opens}`, async () => {
      const last = (await followAll(system)).findLast(({ where }) => where === 'channel');
      return last?.opening.opens === opens && screenOf(last, system.team) === screen;
    });
  };

  await system.night();
  await leadsTo('plan', 'channel tab');
  graph.tabs.remove(id);
  await system.night();
  await leadsTo('roles', 'personal tab');
});
