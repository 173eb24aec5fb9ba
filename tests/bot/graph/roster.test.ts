import { describe, expect, test } from '@jest/globals';
import type { Graph } from '../../../bot/graph/client.ts';
import { createRoster, type OtherRoster } from '../../../bot/graph/roster.ts';
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

describe('when Graph does not give the whole list', () => {
  const page = { value: [ann], '@odata.nextLink': '/teams/here/members?$skiptoken=x' };
  const invalid = new CommunityError('invalid', 'bad request');
  const lists: readonly (readonly [what: string, get: (path: string, calls: number) => unknown])[] = [
    ['a link that leads to its own page', () => page],
    ['a link that leads nowhere', (_path, calls) => (calls === 1 ? page : gone())],
    ['a list that is refused', () => refused('not-granted')],
    ['a list that is not understood', () => refused('invalid')],
    ['no answer', () => refused('unavailable')],
  ];
  function gone(): never {
    throw new CommunityError('not-found', 'no such page');
  }
  function refused(code: 'not-granted' | 'invalid' | 'unavailable'): never {
    throw new CommunityError(code, 'refused');
  }
  function rosterOver(get: (path: string, calls: number) => unknown, members: OtherRoster['members']) {
    let calls = 0;
    const graph = { get: async (path: string) => get(path, (calls += 1)) } as unknown as Graph;
    return createRoster(graph, clockAt('2026-11-22T10:00:00Z').now, { members, member: async () => undefined });
  }

  test.each(lists)('%s: the other roster is asked', async (_what, get) => {
    const roster = rosterOver(get, async () => [{ id: 'ben', name: 'Ben Ito' }]);

    expect(await roster.members('here')).toEqual([{ id: 'ben', name: 'Ben Ito', owner: false }]);
    expect(await roster.member('here', 'stranger')).toBeUndefined();
  });

  test.each(lists)('%s, and the other roster does not answer: nobody is a stranger', async (_what, get) => {
    const roster = rosterOver(get, async () => {
      throw new Error('no answer');
    });

    await expect(roster.member('here', 'ann')).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a team without the app has nobody for us, whoever is asked', async () => {
    const roster = rosterOver(
      () => refused('not-granted'),
      async () => undefined,
    );

    expect(await roster.member('here', 'ann')).toBeUndefined();
  });

  test('who owned the team at last still does', async () => {
    const clock = clockAt('2026-11-22T10:00:00Z');
    let healthy = true;
    const graph = {
      get: async () => {
        if (!healthy) throw invalid;
        return { value: [ann, { userId: 'ben', displayName: null, roles: null }, { userId: null }] };
      },
    } as unknown as Graph;
    const present = ['ann', 'ben'].map(id => ({ id, name: id }));
    const other = { members: async () => present, member: async () => undefined };
    const roster = createRoster(graph, clock.now, other);

    expect(await roster.members('here')).toEqual([
      { id: 'ann', name: 'Ann Okafor', owner: true },
      { id: 'ben', name: '', owner: false },
    ]);
    healthy = false;
    clock.moveTo('2026-11-22T10:06:00Z');

    expect((await roster.members('here')).map(({ id, owner }) => [id, owner])).toEqual([
      ['ann', true],
      ['ben', false],
    ]);
  });

  test('a throttled Graph is waited for: the other roster is not asked in its place', async () => {
    const throttled = new CommunityError('throttled', 'slow down');
    const roster = rosterOver(
      () => {
        throw throttled;
      },
      async () => [],
    );

    await expect(roster.members('here')).rejects.toBe(throttled);
  });
});

describe('a list that looks whole and lacks somebody', () => {
  const ben = { userId: 'ben', displayName: 'Ben Ito', roles: ['owner'] };
  function rosterLacking(member: OtherRoster['member'], isKnown = true) {
    const clock = clockAt('2026-11-22T10:00:00Z');
    let list = [ann, ben];
    const graph = { get: async () => ({ value: list }) } as unknown as Graph;
    const asked: string[] = [];
    const other: OtherRoster = {
      members: async () => undefined,
      member: (community, person) => {
        asked.push(person);
        return member(community, person);
      },
    };
    const roster = createRoster(graph, clock.now, other, async () => isKnown);
    async function lose(): Promise<void> {
      await roster.members('here');
      list = [ann];
      clock.moveTo('2026-11-22T10:06:00Z');
    }
    return { roster, asked, lose };
  }
  const present = async () => ({ id: 'ben', name: 'Ben Ito' });

  test('whoever Teams knows by name is a member, an owner still, and listed from then on', async () => {
    const { roster, asked, lose } = rosterLacking(present);
    await lose();

    expect(await roster.member('here', 'ben')).toEqual({ id: 'ben', name: 'Ben Ito', owner: true });
    expect((await roster.members('here')).map(({ id }) => id)).toEqual(['ann', 'ben']);
    await roster.member('here', 'ben');
    expect(asked).toEqual(['ben']);
  });

  test('whoever Teams does not know either has left', async () => {
    const { roster, lose } = rosterLacking(async () => undefined);
    await lose();

    expect(await roster.member('here', 'ben')).toBeUndefined();
  });

  test('while Teams does not say, nobody knows', async () => {
    const { roster, lose } = rosterLacking(() => Promise.reject(new CommunityError('unavailable', 'no answer')));
    await lose();

    await expect(roster.member('here', 'ben')).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a stranger, whom nothing contradicts, is not asked about', async () => {
    const { roster, asked, lose } = rosterLacking(present, false);
    await lose();

    expect(await roster.member('here', 'ben')).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
