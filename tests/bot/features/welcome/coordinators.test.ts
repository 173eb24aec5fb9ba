import { beforeEach, describe, expect, test } from '@jest/globals';
import { newcomersNote, welcome } from '../../../../bot/features/welcome/index.ts';
import { api } from '../../../../domain/api.ts';
import type { WelcomeView } from '../../../../domain/welcome/api.ts';
import { clockAt, community, member, person, settings, textsOf } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import type { LoggedMessage } from '../../../../bot/ports.ts';
import type { Translate } from '../../../../bot/text.ts';
import { failureOf, request } from '../../../support/requests.ts';

const here = community({ settings: settings({ timeZone: 'Pacific/Auckland' }) });
const priya = member('Priya Raman');
const clock = clockAt('2026-11-23T09:00:00Z').now;
let lists: InMemoryLists;
let feature: ReturnType<typeof welcome>;
/** As another feature would: the lines name their own sentences. */
let t: Translate;

beforeEach(() => {
  ({ feature, lists } = sceneOf(welcome));
  t = textsOf(feature).for('facilitation', null);
});

describe('the coordinators’ lines', () => {
  test('gather who joined and what they said', async () => {
    await add('Ann Okafor', '2026-11-20T10:00:00Z', ['tips', 'advice'], ['questions']);
    await add('Ben Ito', '2026-11-21T10:00:00Z', ['tips'], []);
    await add('Long Ago', '2026-10-01T10:00:00Z', ['share'], []);

    const lines = (await newcomersNote({ lists, clock })(here))(t, true);

    expect(lines).toEqual([
      'Joined in the last seven days: Ann Okafor, Ben Ito',
      'What brings them: tips (2), advice (1)',
      'They would like to contribute: questions (1)',
    ]);
  });

  test('name who joined, and no answers, to those who may not read these', async () => {
    await add('Ann Okafor', '2026-11-20T10:00:00Z', ['tips'], ['questions']);

    expect((await newcomersNote({ lists, clock })(here))(t, false)).toEqual([
      'Joined in the last seven days: Ann Okafor',
    ]);
  });

  test('name three people and count the rest', async () => {
    for (const [index, name] of ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve'].entries())
      await add(name, `2026-11-2${index % 3}T10:00:0${index}Z`, [], []);

    const lines = (await newcomersNote({ lists, clock })(here))(t, true);

    expect(lines).toEqual(['Joined in the last seven days: Ann, Dan, Ben and 2 more']);
  });

  test('show a name as it was typed', async () => {
    await add('*Ann* ${json(1)}', '2026-11-20T10:00:00Z', [], []);

    const lines = (await newcomersNote({ lists, clock })(here))(t, true);

    expect(lines).toEqual(['Joined in the last seven days: \\*Ann\\* $\\{json\\(1\\)\\}']);
    expect((await newcomersNote({ lists, clock })(here))(t, false, written => written)).toEqual([
      'Joined in the last seven days: *Ann* ${json(1)}',
    ]);
  });

  test.each([
    ['nobody joined', () => undefined],
    ['there are no lists yet', () => lists.missing.add('newcomers')],
  ])('are none when %s', async (_reason, arrange) => {
    arrange();

    expect((await newcomersNote({ lists, clock })(here))(t, true)).toEqual([]);
  });
});

describe('the newcomers’ page', () => {
  test('shows titles, the day in the community’s zone, newest first', async () => {
    await add('Ann Okafor', '2026-11-20T10:00:00Z', [], []);
    await add('Ben Ito', '2026-11-21T23:00:00Z', ['tips', 'not offered any more'], ['questions']);

    const { body } = await request(feature, api.newcomers, { who: priya, community: here });

    expect(body).toEqual({
      newcomers: [
        {
          person: person('Ben Ito'),
          joinedOn: '2026-11-22',
          reasons: ['Pick up tips I can use at work', 'not offered any more'],
          inOwnWords: '',
          contributions: ['Ask and answer questions'],
          answeredAt: null,
          forCoordinators: false,
          done: [],
        },
        {
          person: person('Ann Okafor'),
          joinedOn: '2026-11-20',
          reasons: [],
          inOwnWords: '',
          contributions: [],
          answeredAt: null,
          forCoordinators: false,
          done: [],
        },
      ],
    });
  });

  test('says what became of the welcome, by the days of the community’s zone', async () => {
    const [ann, ben] = [person('Ann Okafor'), person('Ben Ito')];
    const welcomed = (recipient: string, line: Partial<LoggedMessage>) =>
      ({ recipient, period: 'once', createdAt: new Date('2026-11-20T10:00:00Z'), ...line }) as LoggedMessage;
    const sent = (at: string) => ({ state: 'sent' as const, sentAt: new Date(at) });
    const lines = [
      welcomed(ann.id, {
        ...sent('2026-12-04T23:00:00Z'),
        period: 'once#2',
        createdAt: new Date('2026-12-04T23:00:00Z'),
      }),
      welcomed(ann.id, sent('2026-11-20T23:00:00Z')),
      welcomed(ben.id, { state: 'refused', updatedAt: new Date('2026-11-21T01:00:00Z') }),
    ];
    ({ feature, lists } = sceneOf(parts =>
      welcome({ ...parts, deliveryLog: { read: async () => ({ lines, next: null }) } }),
    ));
    await add(ann.name, '2026-11-20T10:00:00Z', [], []);
    await add(ben.name, '2026-11-20T10:00:00Z', [], []);

    const { body } = await request(feature, api.newcomers, { who: priya, community: here });

    expect((body as WelcomeView).newcomers.map(({ person: { name }, done }) => [name, done])).toEqual([
      [
        ann.name,
        [
          { deed: 'welcomed', on: '2026-11-21' },
          { deed: 'again', on: '2026-12-05' },
        ],
      ],
      [ben.name, [{ deed: 'unreached', on: '2026-11-21' }]],
    ]);
  });

  test('is empty before there are lists', async () => {
    lists.missing.add('newcomers');

    const { body } = await request(feature, api.newcomers, { who: priya, community: here });

    expect(body).toEqual({ newcomers: [] });
  });

  test('member support reads what was said to them, and not what was said to coordinators alone', async () => {
    const amara = member('Amara Okafor');
    const supported = { ...here, acceptances: [{ role: 'member-support', person: amara.id }] };
    await add('Ann Okafor', '2026-11-20T09:00:00.000Z', ['learn'], [], { answered: true });
    await add('Ben Ito', '2026-11-21T09:00:00.000Z', ['learn'], [], { answered: true, forSupport: true });
    const read = async (who: typeof amara) => {
      const { body } = await request(feature, api.newcomers, { who, community: supported });
      return (body as WelcomeView).newcomers.map(({ person: { name }, reasons, answeredAt, forCoordinators }) => [
        name,
        reasons.length,
        answeredAt !== null,
        forCoordinators,
      ]);
    };

    expect(await read(amara)).toEqual([
      ['Ben Ito', 1, true, false],
      ['Ann Okafor', 0, false, true],
    ]);
    expect(await read(priya)).toEqual([
      ['Ben Ito', 1, true, false],
      ['Ann Okafor', 1, true, false],
    ]);
  });

  test('is for coordinators, owners and member support', async () => {
    const failure = await failureOf(request(feature, api.newcomers, { who: member('Ben Ito'), community: here }));

    expect(failure.code).toBe('not-allowed');
  });
});

async function add(
  name: string,
  joinedAt: string,
  reasons: string[],
  contributions: string[],
  { answered = false, forSupport = false }: { readonly answered?: boolean; readonly forSupport?: boolean } = {},
): Promise<void> {
  const { id } = person(name);
  await lists.of(here.id).newcomers.create({
    key: id,
    person: { id, name },
    joinedAt,
    reasons,
    inOwnWords: '',
    contributions,
    answeredAt: answered ? joinedAt : null,
    forSupport,
    noMessages: false,
  });
}
