import { afterEach, beforeEach, expect, test } from '@jest/globals';
import en from '../../../bot/features/settings/text.en.json' with { type: 'json' };
import { definitions } from '../../../bot/lists/model.ts';
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
  expect(lists[0]?.problem).toContain('grant it the role “owner” on the site (Sites.Selected)');
});

test('looking at lists that are in order takes one call', async () => {
  await over.provision(over.team);
  const asked: string[] = [];
  const take = over.microsoft365.faults.take.bind(over.microsoft365.faults);
  over.microsoft365.faults.take = (method, path) => {
    asked.push(`${method} ${path.replace(/.*\/v1\.0/, '').replace(/\/sites\/[^/]+/, '')}`);
    return take(method, path);
  };

  await over.provision(over.team);

  // The steps of a batch pass by here as well.
  expect(asked).toEqual(['POST /$batch', ...names.map(name => `GET /lists/${name}`)]);
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
