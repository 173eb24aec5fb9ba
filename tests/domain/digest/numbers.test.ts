import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DigestNumbers, DigestPeriod } from '../../../domain/digest/digest.ts';
import { digestOf, isReported, weeksIn, type DigestFacts } from '../../../domain/digest/numbers.ts';
import { facilitationWeek } from '../../../domain/facilitation/method.ts';
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
  first: 1,
  since: null,
  actions: [],
  aims: [],
  roles: [],
  newcomers: [],
  surveys: [],
  ticks: [],
  reviewOn: null,
};
const zero: DigestNumbers = {
  plan: { total: 0, done: 0, stuck: 0, overdue: 0, aims: [] },
  roles: { filled: 0, vacant: 0, open: [] },
  newcomers: { joined: 0, reasons: [] },
  surveys: [],
  facilitation: { weeks: 4, ticked: 0, due: 80 },
  coming: { items: [], more: 0 },
  change: null,
};

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
    questions: [{ id: 'rate', kind: 'rating', text: 'How?', options: [], low: '', high: '' }],
    anonymous: true,
    audience: 'channel',
    event: null,
    opensOn: '2026-11-02',
    closesOn: '2026-11-08',
    closedOn: null,
    ...change,
  };
}
const rated = (count: number): readonly Sheet[] => Array.from({ length: count }, () => ({ rate: 4 }));

test('a quiet community has zeros, and every week that could have been kept', () => {
  expect(digestOf(nothing, november, null)).toEqual(zero);
});

test('the plan is counted by aim, in the charter’s order; what serves none comes last', () => {
  const { plan } = digestOf(
    {
      ...nothing,
      aims: ['Share', 'Learn'],
      actions: [
        { title: 'a', aim: 'Learn', state: 'done', due: null },
        { title: 'b', aim: 'Learn', state: 'doing', due: '2026-11-30' },
        { title: 'c', aim: 'An aim of last year', state: 'stuck', due: '2027-01-01' },
        { title: 'd', aim: null, state: 'to-do', due: null },
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
    [survey(), 4, 'hidden', 'four is too few, and stays hidden here too'],
  ])('%#: %s', (which, answered, expected, _reason) => {
    const { surveys } = digestOf(
      { ...nothing, surveys: [{ survey: which, answered, sheets: rated(Math.abs(answered ?? 6)) }] },
      november,
      null,
    );

    const [found] = surveys;
    expect(found ? (found.answered === null ? 'hidden' : 'shown') : 'absent').toBe(expected);
    if (expected === 'shown')
      expect(found).toEqual({
        id: 'pulse-2026',
        title: 'Pulse',
        answered: 7,
        highlights: [{ text: 'How?', answered: 7, average: 4, most: null }],
      });
    if (expected === 'hidden') expect(found?.highlights).toEqual([]);
  });

  test('are told once', () => {
    const facts = { survey: survey({ closesOn: '2026-11-30' }), answered: 7 };
    const where = { now: nothing.now, timeZone: 'Europe/London' };
    const before: DigestNumbers = {
      ...zero,
      surveys: [{ id: 'pulse-2026', title: 'Pulse', answered: 7, highlights: [] }],
    };
    const december: DigestPeriod = { ...november, key: '2026-12', from: november.to, to: '2027-01-01T00:00:00.000Z' };

    expect([
      isReported(facts, november, { ...where, before: null }),
      isReported(facts, december, { ...where, before }),
      isReported(facts, december, { ...where, before: zero }),
    ]).toEqual([true, false, true]);
  });
});

describe('facilitation', () => {
  const where = { timeZone: 'Europe/London', first: 1, since: null, now: nothing.now } as const;

  test.each([
    [
      {},
      ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'],
      'weeks that ended in it; the one that goes on belongs to the next',
    ],
    [
      { first: 4 as const },
      ['2026-10-29', '2026-11-05', '2026-11-12', '2026-11-19'],
      'a week that began in the month before',
    ],
    [{ since: '2026-11-12' }, ['2026-11-16', '2026-11-23'], 'none before the app came'],
    [{ now: new Date('2026-11-14T09:00:00Z') }, ['2026-11-02', '2026-11-09'], 'none that is still to come'],
  ])('%#: %s', (change, expected, _reason) => {
    expect(weeksIn(november, { ...where, ...change })).toEqual(expected);
  });

  test('ticks count in their week only', () => {
    const tick = { task: facilitationWeek[0]!.id, tickedBy: priya, tickedAt: '2026-11-09T10:00:00Z' };

    const { facilitation } = digestOf(
      {
        ...nothing,
        ticks: [
          { ...tick, week: '2026-11-09' },
          { ...tick, week: '2026-10-05' },
        ],
      },
      november,
      null,
    );

    expect(facilitation).toEqual({ weeks: 4, ticked: 1, due: 80 });
  });
});

test('what comes is in order, within a period from now; a survey that is only planned is not told', () => {
  const { coming } = digestOf(
    {
      ...nothing,
      actions: [
        { title: 'Soon', aim: null, state: 'to-do', due: '2026-12-20' },
        { title: 'Over', aim: null, state: 'to-do', due: '2026-11-30' },
        { title: 'Done', aim: null, state: 'done', due: '2026-12-20' },
        { title: 'Far', aim: null, state: 'to-do', due: '2027-02-01' },
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

test('changes are differences to the digest before; nothing to compare is null', () => {
  const before: DigestNumbers = {
    ...zero,
    plan: { ...zero.plan, done: 3 },
    newcomers: { joined: 4, reasons: [] },
    facilitation: { weeks: 4, ticked: 40, due: 80 },
  };

  expect(digestOf(nothing, november, before).change).toEqual({ done: -3, filled: 0, joined: -4, kept: -50 });
  expect(
    digestOf(nothing, november, { ...before, facilitation: { weeks: 0, ticked: 0, due: 0 } }).change?.kept,
  ).toBeNull();
});

test('property: the aims add up to the plan', () => {
  const action = fc.record({
    title: fc.constant('x'),
    aim: fc.constantFrom(null, 'Share', 'Learn', 'Gone'),
    state: fc.constantFrom('to-do' as const, 'doing' as const, 'stuck' as const, 'done' as const),
    due: fc.constantFrom(null, '2026-11-01', '2027-01-01'),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 30 }), actions => {
      const {
        plan: { aims, ...all },
      } = digestOf({ ...nothing, actions, aims: ['Share', 'Learn'] }, november, null);

      const sum = (field: 'total' | 'done' | 'stuck' | 'overdue'): number =>
        aims.reduce((total, aim) => total + aim[field], 0);
      expect({ total: sum('total'), done: sum('done'), stuck: sum('stuck'), overdue: sum('overdue') }).toEqual(all);
    }),
  );
});
