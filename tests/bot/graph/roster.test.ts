import { describe, expect, test } from '@jest/globals';
import type { Graph } from '../../../bot/graph/client.ts';
import { createRoster } from '../../../bot/graph/roster.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { clockAt } from '../../support/feature-parts.ts';

/** A Graph that knows one team, a page at a time, and counts the calls. */
function graphOf(people: readonly { userId: string; displayName: string; roles: readonly string[] }[]) {
  const calls: string[] = [];
  const get = async (path: string) => {
    calls.push(path);
    if (!path.startsWith('/teams/here/members')) throw new CommunityError('not-found', 'no such team');
    const { searchParams } = new URL(path, 'https://graph.example');
    const [top, skip] = [Number(searchParams.get('$top') ?? 100), Number(searchParams.get('skip') ?? 0)];
    const next =
      skip + top < people.length ? { '@odata.nextLink': `/teams/here/members?$top=${top}&skip=${skip + top}` } : {};
    return { value: people.slice(skip, skip + top), ...next };
  };
  return { calls, graph: { get } as unknown as Graph };
}

const ann = { userId: 'ann', displayName: 'Ann Okafor', roles: ['owner'] };

describe('a team of', () => {
  test.each([
    [1, 1],
    [999, 1],
    [2_000, 3],
  ])('%i people is read in %i calls', async (size, expected) => {
    const { calls, graph } = graphOf(Array.from({ length: size }, (_, index) => ({ ...ann, userId: String(index) })));

    const members = await createRoster(graph, clockAt('2026-11-22T10:00:00Z').now).members('here');

    expect([new Set(members.map(({ id }) => id)).size, calls.length]).toEqual([size, expected]);
  });
});

test('people are remembered for five minutes, and asked for anew when somebody joined', async () => {
  const clock = clockAt('2026-11-22T10:00:00Z');
  const { calls, graph } = graphOf([ann]);
  const roster = createRoster(graph, clock.now);

  const first = await roster.members('here');
  clock.moveTo('2026-11-22T10:04:59Z');
  await roster.members('here');
  const before = calls.length;
  roster.forget('here');
  await roster.members('here');
  clock.moveTo('2026-11-22T10:10:00Z');
  await roster.members('here');

  expect(first).toEqual([{ id: 'ann', name: 'Ann Okafor', owner: true }]);
  expect([before, calls.length]).toEqual([1, 3]);
});

test('of many teams the last five hundred are remembered', async () => {
  const asked: string[] = [];
  const graph = {
    get: async (path: string) => {
      asked.push(path);
      return { value: [ann] };
    },
  } as unknown as Graph;
  const roster = createRoster(graph, clockAt('2026-11-22T10:00:00Z').now);
  for (let index = 0; index <= 500; index++) await roster.members(String(index));

  for (const again of ['500', '1', '0']) await roster.members(again);

  expect(asked.slice(501)).toEqual(['/teams/0/members?$top=999']);
});

test('a stranger is looked for once more, at most every ten seconds', async () => {
  const clock = clockAt('2026-11-22T10:00:00Z');
  const { calls, graph } = graphOf([ann]);
  const roster = createRoster(graph, clock.now);
  await roster.members('here');

  clock.moveTo('2026-11-22T10:00:11Z');
  const found = [await roster.member('here', 'ben'), await roster.member('here', 'ben')];

  expect(found).toEqual([undefined, undefined]);
  expect(calls).toHaveLength(2);
});

test('a team without the app has no members for us; a silent Graph is an error and is not remembered', async () => {
  const { graph } = graphOf([ann]);
  let silent = true;
  const sometimes = {
    get: async (path: string) => {
      if (silent) throw new CommunityError('unavailable', 'no answer');
      return graph.get(path);
    },
  } as unknown as Graph;
  const roster = createRoster(sometimes, clockAt('2026-11-22T10:00:00Z').now);

  await expect(roster.member('here', 'ann')).rejects.toMatchObject({ code: 'unavailable' });
  silent = false;

  expect([await roster.member('here', 'ann'), await roster.member('elsewhere', 'ann')]).toEqual([
    { id: 'ann', name: 'Ann Okafor', owner: true },
    undefined,
  ]);
});
