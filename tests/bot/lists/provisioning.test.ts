import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import en from '../../../bot/features/settings/text.en.json' with { type: 'json' };
import { definitions } from '../../../bot/lists/model.ts';
import { tenant } from '../../../infra/local/directory.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';

let over: ListsOverHttp;
beforeEach(async () => {
  over = await startListsOverHttp();
});
afterEach(() => over.stop());

const names = Object.values(definitions)
  .filter(({ kept }) => kept === 'team')
  .map(({ title }) => title);

test('creates every list of the team, none of those for few, and does nothing the second time', async () => {
  expect(await over.provision(over.team)).toEqual({ lists: names.map(name => ({ name, state: 'created' })) });
  expect(await over.provision(over.team)).toEqual({ lists: names.map(name => ({ name, state: 'ready' })) });
});

test('a list is described in SharePoint, for whoever comes upon it there', async () => {
  await over.provision(over.team);
  const site = await over.findSite(over.team);

  const described = await Promise.all(
    names.map(name =>
      over.graphAs('app').get<{ description?: string }>(`/sites/${site}/lists/${encodeURIComponent(name)}`),
    ),
  );

  expect(described.map(({ description }) => description)).toEqual(Object.values(en.list.about));
});

test('a list that fails says what Graph said and what to do; running again completes the rest', async () => {
  over.microsoft365.faults.add({
    path: '/lists',
    method: 'POST',
    status: 500,
    count: 1,
    message: 'The server is on holiday',
  });

  const first = await over.provision(over.team);
  const second = await over.provision(over.team);

  expect(first.lists).toEqual([
    {
      name: 'CoP Settings',
      state: 'failed',
      problem:
        'Microsoft 365 said: The server is on holiday. Try again; if it stays, give this sentence to an administrator.',
      temporary: true,
    },
    ...names.slice(1).map(name => ({ name, state: 'created' })),
  ]);
  expect(second.lists).toEqual([
    { name: 'CoP Settings', state: 'created' },
    ...names.slice(1).map(name => ({ name, state: 'ready' })),
  ]);
});

test('a column deleted by hand comes back', async () => {
  await over.provision(over.team);
  const site = await over.findSite(over.team);
  const graph = over.graphAs('app');
  const { value } = await graph.get<{ value: { id: string; name: string }[] }>(
    `/sites/${site}/lists/CoP%20Facilitation/columns`,
  );
  await graph.delete(
    `/sites/${site}/lists/CoP%20Facilitation/columns/${value.find(column => column.name === 'CopTask')?.id}`,
  );

  const { lists } = await over.provision(over.team);

  expect(lists.find(({ name }) => name === 'CoP Facilitation')).toEqual({
    name: 'CoP Facilitation',
    state: 'repaired',
  });
});

test('without the permission to create lists it names the role that is needed', async () => {
  over.microsoft365.graph.grantSite(over.team, 'write');

  const { lists } = await over.provision(over.team);

  expect(lists.map(list => list.state)).toEqual(names.map(() => 'failed'));
  expect(lists[0]?.problem).toContain('the role “fullcontrol” on the site');
});

test('and has the text for IT: which app, which site, which call; done as it says, it works', async () => {
  over.microsoft365.graph.grantSite(over.team, null);
  const { grant } = await over.ask(over.team);
  const { forIt } = await over.provision(over.team);

  for (const part of [tenant.appId, 'https://cedarvalley.sharepoint.example/sites/']) expect(forIt).toContain(part);
  // Each on a line of its own, to be copied as it stands.
  expect(forIt!.split('\n')).toEqual(expect.arrayContaining([grant!.command, grant!.call, grant!.body]));
  // An administrator of SharePoint, who may.
  over.microsoft365.entra.consent.setApplication(['Sites.FullControl.All']);
  const token = await over.appToken();
  over.microsoft365.entra.consent.setApplication(['Sites.Selected']);
  const [method = '', address = ''] = grant!.call.split(' ');
  const answer = await fetch(address.replace('https://graph.microsoft.com/', `${over.microsoft365.url}/graph/`), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: grant!.body,
  });

  expect(answer.status).toBe(201);
  expect((await over.provision(over.team)).lists.map(({ state }) => state)).toEqual(names.map(() => 'created'));
});

test('without a site that is known, it says how the app gets to know it, and makes nothing', async () => {
  const { lists, forIt } = await over.provision('00000000-0000-4000-8000-00000000abcd');

  expect(lists.map(({ state }) => state)).toEqual(names.map(() => 'failed'));
  expect([lists[0]?.problem, forIt]).toEqual([expect.any(String), undefined]);
});

describe('a list that somebody renamed or translated in SharePoint', () => {
  beforeEach(async () => {
    await over.provision(over.team);
    await over.lists.of(over.team).charter.create({
      key: 'purpose',
      section: 'purpose',
      text: 'We share what we know.',
      changedBy: { id: 'anna', name: 'Anna' },
      changedAt: '2026-11-22T10:00:00Z',
      reviewOn: null,
    });
    over.microsoft365.graph.byHand.renameList(over.team, 'CoP Charter', 'Charte');
  });

  test('is found by its id, with all that is in it', async () => {
    expect((await over.lists.of(over.team).charter.find('purpose'))?.value.text).toBe('We share what we know.');
  });

  test('is in order; no second one is made beside it', async () => {
    const { lists } = await over.provision(over.team);

    expect(lists.map(({ state }) => state)).toEqual(names.map(() => 'ready'));
    const site = await over.findSite(over.team);
    const { value } = await over.graphAs('app').get<{ value: { displayName: string }[] }>(`/sites/${site}/lists`);
    expect(value.map(({ displayName }) => displayName).filter(name => /^(CoP )?Chart/.test(name))).toEqual(['Charte']);
  });
});

describe('a list that was renamed before anybody kept its id', () => {
  beforeEach(async () => {
    await over.provision(over.team);
    await over.places.keepLists(over.team, {});
    over.microsoft365.graph.byHand.renameList(over.team, 'CoP Plan', 'Our plan');
  });
  const titles = async () => {
    const { value } = await over
      .graphAs('app')
      .get<{ value: { displayName: string }[] }>(`/sites/${await over.findSite(over.team)}/lists`);
    return value.map(({ displayName }) => displayName);
  };

  test('is found by its address, and no second one is made', async () => {
    const { lists } = await over.provision(over.team);

    expect(lists.map(({ state }) => state)).toEqual(names.map(() => 'ready'));
    expect(await titles()).toEqual(expect.arrayContaining(['Our plan']));
    expect(await titles()).not.toContain('CoP Plan');
    expect(await over.lists.of(over.team).plan.all()).toEqual([]);
  });

  test('is not taken for ours when it has no column of ours', async () => {
    const path = `/sites/${await over.findSite(over.team)}/lists/Our%20plan/columns/CopKey`;
    await over.graphAs('app').delete(path);

    const { lists } = await over.provision(over.team);

    expect(lists.find(({ name }) => name === 'CoP Plan')?.state).toBe('created');
  });
});

test('that SharePoint keeps no versions of a list is said once something in it was changed', async () => {
  await over.provision(over.team);
  over.microsoft365.graph.byHand.setVersioning(over.team, 'CoP Charter', false);
  const { charter } = over.lists.of(over.team);
  const row = { section: 'purpose', changedBy: { id: 'anna', name: 'Anna' }, reviewOn: null } as const;
  const changedAt = '2026-11-22T10:00:00Z';
  await charter.create({ ...row, key: 'purpose', text: 'We share.', changedAt });
  const noted = async () =>
    (await over.provision(over.team)).lists.flatMap(({ name, note }) => (note === undefined ? [] : [[name, note]]));
  expect(await noted()).toEqual([]);

  const stored = await charter.find('purpose');
  await charter.update(stored!, { ...stored!.value, text: 'We share what we know.' });
  expect(await noted()).toEqual([['CoP Charter', expect.stringContaining('keeps no earlier versions')]]);

  over.microsoft365.graph.byHand.setVersioning(over.team, 'CoP Charter', true);
  const again = await charter.find('purpose');
  await charter.update(again!, { ...again!.value, text: 'We share.' });
  expect(await noted()).toEqual([]);
});

test('a uniqueness that was switched off by hand is put back, with its index', async () => {
  await over.provision(over.team);
  const path = `/sites/${await over.findSite(over.team)}/lists/CoP%20Plan/columns/CopKey`;
  await over.graphAs('app').patch(path, { enforceUniqueValues: false, indexed: false });

  const { lists } = await over.provision(over.team);

  expect(lists.filter(({ state }) => state !== 'ready')).toEqual([{ name: 'CoP Plan', state: 'repaired' }]);
  expect(await over.graphAs('app').get(path)).toMatchObject({ indexed: true, enforceUniqueValues: true });
});

test('columns that a new list came without are made at once', async () => {
  // Graph made the list, and lost two of its columns on the way.
  over.microsoft365.graph.oddities.loseColumns(2);

  const { lists } = await over.provision(over.team);

  expect(lists.map(({ state }) => state)).toEqual(names.map(() => 'created'));
  expect(await over.provision(over.team)).toEqual({ lists: names.map(name => ({ name, state: 'ready' })) });
});

test.each([
  { state: 'archived', problem: 'takes no changes: it is locked, read-only or archived', code: 'site-locked' },
  { state: 'full', problem: 'has no room left', code: 'site-full' },
  { state: 'read-only', problem: 'Your IT can allow it', code: 'not-granted' },
] as const)('a site that is $state: whoever can mend it is named', async ({ state, problem, code }) => {
  over.microsoft365.graph.oddities.setSiteState(over.team, state);

  expect((await over.provision(over.team)).lists[0]?.problem).toContain(problem);
  expect((await over.ask(over.team)).lists[0]?.problem?.code).toBe(code);
});

test('a column that meets another save is sent again, and not taken for made', async () => {
  await over.provision(over.team);
  const path = `/sites/${await over.findSite(over.team)}/lists/CoP%20Plan/columns`;
  const { value } = await over.graphAs('app').get<{ value: { id: string; name: string }[] }>(path);
  const title = value.find(({ name }) => name.startsWith('Cop') && name !== 'CopKey')!;
  await over.graphAs('app').delete(`${path}/${title.id}`);
  over.microsoft365.faults.add({ path: '/columns', method: 'POST', status: 409, code: 'resourceModified', count: 1 });

  await over.provision(over.team);

  const after = await over.graphAs('app').get<{ value: { name: string }[] }>(path);
  expect(after.value.map(({ name }) => name)).toContain(title.name);
});

test('looking at lists that are in order takes two calls: what they are, and whether they keep versions', async () => {
  await over.provision(over.team);
  const asked: string[] = [];
  const take = over.microsoft365.faults.take.bind(over.microsoft365.faults);
  over.microsoft365.faults.take = (method, path) => {
    asked.push(`${method} ${path.replace(/.*\/v1\.0/, '').replace(/\/sites\/[^/]+/, '')}`);
    return take(method, path);
  };

  await over.provision(over.team);

  // The steps of a batch pass by here as well.
  const ids = Object.values((await over.places.find(over.team)).lists);
  expect(asked).toEqual([
    ...['POST /$batch', ...ids.map(id => `GET /lists/${id}`)],
    ...['POST /$batch', ...ids.map(id => `GET /lists/${id}/items`)],
  ]);
});

test('a list that was made although the answer got lost is found', async () => {
  over.microsoft365.faults.add({
    path: '/lists',
    method: 'POST',
    status: 504,
    count: 1,
    afterwards: true,
    retryAfter: 0,
  });

  const { lists } = await over.provision(over.team);

  expect(lists[0]).toEqual({ name: 'CoP Settings', state: 'ready' });
  expect(lists.filter(({ state }) => state === 'failed')).toEqual([]);
});
