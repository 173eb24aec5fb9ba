import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DigestNumbers, DigestPeriod } from '../../../domain/digest/digest.ts';
import { digestOf, isReported, type DigestBefore, type DigestFacts } from '../../../domain/digest/numbers.ts';
import { reasonIds } from '../../../domain/welcome/method.ts';
import type { BoardRole } from '../../../domain/roles/roles.ts';
import { fewest, type Sheet, type Survey } from '../../../domain/surveys/survey.ts';
import type { Newcomer } from '../../../domain/welcome/welcome.ts';

const november: DigestPeriod = {
  kind: 'month',
  key: '2026-11',
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-12-01T00:00:00.000Z',
};
const priya = { id: 'priya', name: 'Priya Raman' };
const nothing: DigestFacts = {
  audience: 'sponsor',
  now: new Date('2026-12-01T09:00:00Z'),
  timeZone: 'Europe/London',
  actions: [],
  doneBefore: [],
  aims: [],
  roles: [],
  newcomers: [],
  surveys: [],
  toldSurveys: new Set(),
  reviewOn: null,
};
const zero: DigestNumbers = {
  plan: { total: 0, done: 0, stuck: 0, overdue: 0, aims: [] },
  roles: { filled: 0, vacant: 0, open: [] },
  newcomers: { joined: 0, reasons: [] },
  surveys: [],
  finished: { items: [], more: 0 },
  coming: { items: [], more: 0 },
  change: null,
};

function action(change: Partial<DigestFacts['actions'][number]>): DigestFacts['actions'][number] {
  return { title: 'x', aim: null, state: 'to-do', due: null, owners: [], doneAt: null, ...change };
}
function newcomer(
  joinedAt: string,
  reasons: readonly string[] = [],
  answeredAt: string | null = reasons.length > 0 ? joinedAt : null,
): Newcomer {
  return { person: priya, joinedAt, answeredAt, reasons, inOwnWords: '', contributions: [] };
}
function role(change: Partial<BoardRole>): BoardRole {
  return {
    id: 'one',
    kind: 'key',
    own: null,
    questions: [],
    sources: [],
    holders: [],
    volunteers: [],
    vacant: true,
    ...change,
  };
}
function survey(change: Partial<Survey> = {}): Survey {
  return {
    id: 'pulse-2026',
    title: 'Pulse',
    intro: '',
    questions: [{ id: 'rate', kind: 'rating', text: 'How?', options: [], low: '', high: '', required: false }],
    anonymous: true,
    audience: 'channel',
    event: null,
    tellsResults: false,
    everyQuarter: false,
    repeats: null,
    opensOn: '2026-11-02',
    closesOn: '2026-11-08',
    closedOn: null,
    ...change,
  };
}
const rated = (count: number): readonly Sheet[] => Array.from({ length: count }, () => ({ rate: 4 }));

test('a quiet community has zeros, and nothing counts what coordinators ticked', () => {
  expect(digestOf(nothing, november, null)).toEqual(zero);
});

test('the plan is counted by aim, in the charter’s order; what serves none comes last', () => {
  const { plan } = digestOf(
    {
      ...nothing,
      aims: ['Share', 'Learn'],
      actions: [
        action({ title: 'a', aim: 'Learn', state: 'done', due: null }),
        action({ title: 'b', aim: 'Learn', state: 'doing', due: '2026-11-30' }),
        action({ title: 'c', aim: 'An aim of last year', state: 'stuck', due: '2027-01-01' }),
        action({ title: 'd', aim: null, state: 'to-do', due: null }),
      ],
    },
    november,
    null,
  );

  expect(plan).toEqual({
    total: 4,
    done: 1,
    stuck: 1,
    overdue: 1,
    aims: [
      { aim: 'Share', total: 0, done: 0, stuck: 0, overdue: 0 },
      { aim: 'Learn', total: 2, done: 1, stuck: 0, overdue: 1 },
      { aim: null, total: 2, done: 0, stuck: 1, overdue: 0 },
    ],
  });
});

test('what was done long ago counts for its aim, and for none where the charter has let go of that', () => {
  const { plan } = digestOf(
    {
      ...nothing,
      aims: ['Share', 'Learn'],
      actions: [action({ title: 'a', aim: 'Learn', state: 'doing', due: null })],
      doneBefore: [
        { aim: 'Share', count: 40 },
        { aim: 'An aim of last year', count: 2 },
        { aim: null, count: 1 },
      ],
    },
    november,
    null,
  );

  expect(plan).toMatchObject({
    total: 44,
    done: 43,
    aims: [
      { aim: 'Share', total: 40, done: 40 },
      { aim: 'Learn', total: 1, done: 0 },
      { aim: null, total: 3, done: 3 },
    ],
  });
});

test('key roles and the community’s own can be missing; leadership groups are an offer', () => {
  const { roles } = digestOf(
    {
      ...nothing,
      roles: [
        role({ id: 'sponsor', vacant: false }),
        role({ id: 'member-support' }),
        role({ id: 'own-chart-doctor', own: { title: 'Chart doctor', purpose: '' }, kind: 'own' }),
        role({ id: 'value-detectives', kind: 'leadership' }),
      ],
    },
    november,
    null,
  );

  expect(roles).toEqual({ filled: 1, vacant: 2, open: [{ role: 'member-support' }, 'Chart doctor'] });
});

describe('newcomers', () => {
  const five = Array.from({ length: 5 }, () => newcomer('2026-11-10T10:00:00Z', ['tips']));

  test.each([
    ['2026-10-31T23:59:59Z', 0, 'before it began'],
    ['2026-11-01T00:00:00Z', 1, 'in its first moment'],
    ['2026-11-30T23:59:59Z', 1, 'in its last moment'],
    ['2026-12-01T00:00:00Z', 0, 'in the first moment of the next'],
  ])('who joined at %s counts %s: %s', (joinedAt, joined) => {
    expect(digestOf({ ...nothing, newcomers: [newcomer(joinedAt)] }, november, null).newcomers).toEqual({
      joined,
      reasons: [],
    });
  });

  test('a reason shows from five people on', () => {
    const { newcomers } = digestOf(
      { ...nothing, newcomers: [...five, newcomer('2026-11-10T10:00:00Z', ['advice'])] },
      november,
      null,
    );

    expect(newcomers).toEqual({ joined: 6, reasons: [{ id: 'tips', count: 5 }] });
  });

  test.each<[string, string, string | null, number, number, string]>([
    ['2026-11-10T10:00:00Z', '2026-11-12T10:00:00Z', null, 5, 5, 'who joined and answered in it count for both'],
    [
      '2026-10-20T10:00:00Z',
      '2026-11-01T00:00:00Z',
      null,
      0,
      5,
      'who answered after the digest before went out count in this one',
    ],
    ['2026-11-28T10:00:00Z', '2026-12-01T00:00:00Z', null, 5, 0, 'who answers after its end counts in the next'],
    ['2026-10-20T10:00:00Z', '2026-10-21T10:00:00Z', null, 0, 0, 'what the digest before has told is not told again'],
    [
      '2026-10-20T10:00:00Z',
      '2026-11-12T10:00:00Z',
      '2026-10-21T10:00:00Z',
      0,
      0,
      'four who answered late are too few, beside one told before',
    ],
  ])(
    'five who joined at %s and answered at %s (one of them at %s): %i joined, %i reasons: %s',
    (joinedAt, answeredAt, one, joined, said) => {
      const newcomers = Array.from({ length: 5 }, (_, index) =>
        newcomer(joinedAt, ['tips'], index === 0 && one !== null ? one : answeredAt),
      );

      expect(digestOf({ ...nothing, newcomers }, november, null).newcomers).toEqual({
        joined,
        reasons: said === 0 ? [] : [{ id: 'tips', count: said }],
      });
    },
  );

  test('the channel never reads why', () => {
    expect(digestOf({ ...nothing, audience: 'members', newcomers: five }, november, null).newcomers).toEqual({
      joined: 5,
      reasons: [],
    });
  });

  test('property: whatever the digests and whenever they are sent, no count and no difference of counts is of fewer than five', () => {
    const someone = fc.record({
      hour: fc.integer({ min: 0, max: 700 }),
      later: fc.option(fc.integer({ min: 0, max: 400 })),
      reasons: fc.subarray([...reasonIds]),
    });
    fc.assert(
      fc.property(
        fc.array(someone, { maxLength: 60 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
        (people, cuts) => {
          const at = (hour: number): string => new Date(Date.parse(november.from) + hour * 3_600_000).toISOString();
          const newcomers = people.map(({ hour, later, reasons }) =>
            newcomer(at(hour), later === null ? [] : reasons, later === null ? null : at(hour + later)),
          );
          const ends = [0, ...cuts.toSorted((one, other) => one - other)];
          const periods = ends.slice(1).map(
            (to, index): DigestPeriod => ({
              kind: 'now',
              key: `now-${index}`,
              from: at(ends[index] ?? 0),
              to: at(to),
            }),
          );
          const counts = periods.map(period => digestOf({ ...nothing, newcomers }, period, null).newcomers.reasons);

          for (const reasons of counts) for (const { count } of reasons) expect(count).toBeGreaterThanOrEqual(fewest);
          // Periods share no answer, so a difference of two is of different people.
          const told = counts.flat().reduce((sum, { count }) => sum + count, 0);
          expect(told).toBeLessThanOrEqual(people.reduce((sum, { reasons }) => sum + reasons.length, 0));
        },
      ),
    );
  });
});

describe('surveys', () => {
  test.each([
    [survey(), 7, 'shown', 'closed in the period'],
    [survey({ closesOn: '2026-10-28' }), 7, 'shown', 'closed just before, and not told yet'],
    [survey({ closesOn: '2026-10-10' }), 7, 'absent', 'closed long before'],
    [survey({ closesOn: '2026-12-05' }), null, 'absent', 'still open'],
    [survey(), null, 'absent', 'being counted'],
    [survey(), -1, 'absent', 'its answers are lost'],
    [survey(), 4, 'absent', 'four is too few: nothing to tell'],
    [survey({ anonymous: false }), 3, 'absent', 'with names, and too few for anybody but its coordinators'],
    [survey({ event: 'Chart surgery' }), 3, 'absent', 'feedback that too few gave'],
  ])('%#: %s', (which, answered, expected, _reason) => {
    const { surveys } = digestOf(
      { ...nothing, surveys: [{ survey: which, answered, sheets: rated(Math.abs(answered ?? 6)) }] },
      november,
      null,
    );

    const [found] = surveys;
    expect(found ? 'shown' : 'absent').toBe(expected);
    if (expected === 'shown')
      expect(found).toEqual({
        id: 'pulse-2026',
        title: 'Pulse',
        answered: 7,
        highlights: [{ text: 'How?', answered: 7, average: 4, most: null }],
      });
  });

  test('are told once, however many digests lie between', () => {
    const facts = { survey: survey({ closesOn: '2026-11-30' }), answered: 7 };
    const where = { now: nothing.now, timeZone: 'Europe/London' };
    const december: DigestPeriod = { ...november, key: '2026-12', from: november.to, to: '2027-01-01T00:00:00.000Z' };
    const told = { ...where, toldSurveys: new Set(['pulse-2026']) };

    expect([
      isReported(facts, november, { ...where, toldSurveys: new Set() }),
      isReported(facts, december, told),
      isReported(facts, december, { ...where, toldSurveys: new Set() }),
    ]).toEqual([true, false, true]);
    expect(
      digestOf({ ...nothing, ...told, surveys: [{ ...facts, sheets: rated(7) }] }, december, null).surveys,
    ).toEqual([]);
  });

  test('feedback is told by the event’s name', () => {
    const facts = { survey: survey({ event: 'Chart surgery' }), answered: 7, sheets: rated(7) };

    expect(digestOf({ ...nothing, surveys: [facts] }, november, null).surveys).toMatchObject([
      { title: 'Pulse · Chart surgery' },
    ]);
  });
});

describe('what was finished', () => {
  const tomasz = { id: 'tomasz', name: 'Tomasz Nowak' };

  test('in the period is told with who did it, in order; what was finished earlier or later is not', () => {
    const done = (title: string, doneAt: string, owners = [priya]) => action({ title, state: 'done', doneAt, owners });

    const { finished } = digestOf(
      {
        ...nothing,
        actions: [
          done('Second', '2026-11-20T09:00:00Z', [priya, tomasz]),
          done('First', '2026-11-01T00:00:00Z', []),
          done('In October', '2026-10-31T23:59:59Z'),
          done('In December', '2026-12-01T00:00:00Z'),
          action({ title: 'Not done', doneAt: null }),
        ],
      },
      november,
      null,
    );

    expect(finished).toEqual({
      items: [
        { title: 'First', by: [] },
        { title: 'Second', by: ['Priya Raman', 'Tomasz Nowak'] },
      ],
      more: 0,
    });
  });

  test('property: over any periods in a row, each action is told once at most, and none that is not done', () => {
    const some = fc.array(fc.record({ day: fc.integer({ min: 0, max: 120 }), done: fc.boolean() }), { maxLength: 20 });
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 6 });
    const at = (day: number): string => new Date(Date.parse(november.from) + day * 86_400_000).toISOString();
    fc.assert(
      fc.property(some, cuts, (all, ends) => {
        const actions = all.map(({ day, done }, index) =>
          action({ title: String(index), state: done ? 'done' : 'doing', doneAt: done ? at(day) : null }),
        );
        const edges = [0, ...ends.toSorted((one, other) => one - other)];
        const told = edges.slice(1).flatMap((to, index) => {
          const period = { ...november, from: at(edges[index] ?? 0), to: at(to) };
          const { items, more } = digestOf({ ...nothing, actions }, period, null).finished!;
          // Those that are not named are counted.
          expect(items.length + more).toBe(
            all.filter(({ day, done }) => done && day >= (edges[index] ?? 0) && day < to).length,
          );
          return items.map(({ title }) => title);
        });

        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });
});

test('what comes is in order, within a period from now; a survey that is only planned is not told', () => {
  const { coming } = digestOf(
    {
      ...nothing,
      actions: [
        action({ title: 'Soon', aim: null, state: 'to-do', due: '2026-12-20' }),
        action({ title: 'Over', aim: null, state: 'to-do', due: '2026-11-30' }),
        action({ title: 'Done', aim: null, state: 'done', due: '2026-12-20' }),
        action({ title: 'Far', aim: null, state: 'to-do', due: '2027-02-01' }),
      ],
      roles: [
        role({
          id: 'member-support',
          holders: [
            {
              person: { ...priya, mail: null },
              since: '2026-01-01',
              until: '2026-12-10',
              note: '',
              term: 'ending',
              left: false,
              etag: null,
            },
          ],
        }),
      ],
      surveys: [
        { survey: survey({ id: 'open-2026', title: 'Open', closesOn: '2026-12-03' }), answered: null, sheets: [] },
        {
          survey: survey({ id: 'planned-2026', title: 'Planned', opensOn: '2026-12-05', closesOn: '2026-12-12' }),
          answered: null,
          sheets: [],
        },
      ],
      reviewOn: '2026-12-24',
    },
    november,
    null,
  );

  expect(coming).toEqual({
    items: [
      { kind: 'survey', day: '2026-12-03', title: 'Open', name: '' },
      { kind: 'term', day: '2026-12-10', title: { role: 'member-support' }, name: 'Priya Raman' },
      { kind: 'action', day: '2026-12-20', title: 'Soon', name: '' },
      { kind: 'review', day: '2026-12-24', title: '', name: '' },
    ],
    more: 0,
  });
});

describe('changes', () => {
  const before: DigestBefore = {
    period: { kind: 'month', key: '2026-10', from: '2026-10-01T00:00:00.000Z', to: november.from },
    numbers: { ...zero, roles: { filled: 1, vacant: 0, open: [] }, newcomers: { joined: 4, reasons: [] } },
  };

  test('are differences to the digest before, of what stands: who joined is new each time', () => {
    expect(digestOf(nothing, november, before).change).toEqual({ filled: -1 });
  });
});

test('property: the aims add up to the plan', () => {
  const planned = fc.record({
    title: fc.constant('x'),
    owners: fc.constant<DigestFacts['actions'][number]['owners']>([]),
    doneAt: fc.constant(null),
    aim: fc.constantFrom(null, 'Share', 'Learn', 'Gone'),
    state: fc.constantFrom('to-do' as const, 'doing' as const, 'stuck' as const, 'done' as const),
    due: fc.constantFrom(null, '2026-11-01', '2027-01-01'),
  });
  const before = fc.record({ aim: fc.constantFrom(null, 'Share', 'Gone'), count: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(planned, { maxLength: 30 }), fc.array(before, { maxLength: 3 }), (actions, doneBefore) => {
      const {
        plan: { aims, ...all },
      } = digestOf({ ...nothing, actions, doneBefore, aims: ['Share', 'Learn'] }, november, null);

      const sum = (field: 'total' | 'done' | 'stuck' | 'overdue'): number =>
        aims.reduce((total, aim) => total + aim[field], 0);
      expect({ total: sum('total'), done: sum('done'), stuck: sum('stuck'), overdue: sum('overdue') }).toEqual(all);
    }),
  );
});
