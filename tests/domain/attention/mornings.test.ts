import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  comesInWeek,
  decideMorning,
  mostInSevenDays,
  mostOnCard,
  never,
  periodToday,
  periodsOf,
  theChannel,
  timeIn,
  type MorningFacts,
  type Reader,
  type Sent,
  type Urgency,
  type Wanted,
} from '../../../domain/attention/mornings.ts';
import { isOpenDay } from '../../../domain/attention/open-days.ts';
import { addDays } from '../../../domain/schedule.ts';
import { restWith } from '../../support/rest.ts';

const today = '2026-11-25';

function wish(choices: Partial<Wanted> = {}): Wanted {
  return {
    person: 'ann',
    kind: 'plan.reminder',
    period: '1',
    urgency: 'soon',
    until: '2026-12-31',
    counted: true,
    agreed: false,
    again: false,
    ...choices,
  };
}

function facts(choices: Partial<MorningFacts> & { readonly reader?: Reader } = {}): MorningFacts {
  const { reader = 'member', ...others } = choices;
  return { today, readerOf: () => reader, hasCard: () => false, sent: [], wasSent: () => false, ...others };
}

const on = (...days: readonly string[]): readonly Sent[] =>
  days.map(day => ({ person: 'ann', day: `2026-11-${day}`, counted: true }));

describe('one person', () => {
  test.each<[string, Partial<Wanted>, Parameters<typeof facts>[0], boolean]>([
    ['a member who had nothing', {}, {}, true],
    ['who had one this week', {}, { sent: on('23') }, true],
    ['who had one, of what can wait', { urgency: 'sometime' }, { sent: on('23') }, false],
    ['who had one, of what can wait no longer', { urgency: 'sometime', until: today }, { sent: on('23') }, true],
    ['who had two this week', {}, { sent: on('23', '24') }, false],
    ['who had two, the first a week ago', {}, { sent: on('18', '24') }, true],
    ['who had two, of what they asked for', { counted: false }, { sent: on('23', '24') }, true],
    ['who had two that they asked for', {}, { sent: on('23', '24').map(one => ({ ...one, counted: false })) }, true],
    ['who had one this morning', {}, { sent: on('25') }, false],
    ['who has a card of their own this morning', {}, { hasCard: () => true }, false],
    ['who was sent this before', {}, { wasSent: () => true }, false],
    ['a coordinator who had two this week', {}, { reader: 'coordinator', sent: on('23', '24') }, true],
    ['a coordinator with the week’s card', {}, { reader: 'coordinator', hasCard: () => true }, false],
    ['a sponsor', {}, { reader: 'sponsor' }, false],
    ['a sponsor, of what they agreed to', { agreed: true }, { reader: 'sponsor' }, true],
    ['of what is past', { until: '2026-11-24' }, {}, false],
  ])('%s, %j, gets it: %s', (_who, choices, given, expected) => {
    const { cards } = decideMorning([wish(choices)], facts(given));

    expect(cards.length === 1).toBe(expected);
  });

  test('gets everything in one card, the most urgent first, and what does not fit later', () => {
    const wishes = [
      ...Array.from({ length: mostOnCard }, (_none, index) => wish({ period: `soon ${index}` })),
      wish({ period: 'now', urgency: 'now' }),
      wish({ period: 'ends', until: '2026-11-26' }),
    ];

    const { cards, waiting } = decideMorning(wishes, facts());

    expect(cards.map(({ wishes: lines }) => lines.map(({ period }) => period))).toEqual([
      ['now', 'ends', 'soon 0', 'soon 1', 'soon 2', 'soon 3'],
    ]);
    expect(waiting.map(({ period }) => period)).toEqual(['soon 4', 'soon 5']);
  });
});

test('the channel gets one message a morning, the most urgent', () => {
  const wishes = [
    wish({ person: theChannel, period: 'later' }),
    wish({ person: theChannel, period: 'now', urgency: 'now' }),
  ];

  const first = decideMorning(wishes, facts());
  const again = decideMorning(wishes, facts({ sent: [{ person: theChannel, day: today, counted: true }] }));

  expect(first.cards.map(({ wishes: lines }) => lines.map(({ period }) => period))).toEqual([['now']]);
  expect(again.cards).toEqual([]);
});

test.each<[string, Readonly<Record<string, string>>, string | null, string, string]>([
  ['2026-11-23', {}, null, 'offer', 'never put: now'],
  ['2026-12-06', { offer: '2026-11-23' }, null, 'offer', 'put, and it is not time yet'],
  ['2026-12-07', { offer: '2026-11-23' }, null, 'offer#2', 'two weeks later'],
  ['2026-12-20', { offer: '2026-11-23', 'offer#2': '2026-12-07' }, null, 'offer#2', 'put twice'],
  ['2027-01-04', { offer: '2026-11-23', 'offer#2': '2026-12-07' }, null, 'offer#3', 'six weeks later'],
  [
    '2027-06-01',
    { offer: '2026-11-23', 'offer#2': '2026-12-07', 'offer#3': '2027-01-04' },
    null,
    'offer#3',
    'three times, and no more',
  ],
  ['2027-06-01', { offer: '2026-11-23' }, null, 'offer#2', 'long after: the second comes before the third'],
  ['2026-11-30', {}, '2026-11-23', 'offer', 'put elsewhere, a week ago'],
  ['2026-12-07', {}, '2026-11-23', 'offer#2', 'put elsewhere, two weeks ago'],
])('on %s, put %j and first on %s, a question goes by %s: %s', (day, put, since, expected) => {
  expect(periodToday('offer', { put: new Map(Object.entries(put)), since, againOn: null, today: day })).toBe(expected);
});

test.each<[string, Readonly<Record<string, string>>, string, string, string]>([
  ['2026-11-30', { offer: '2026-11-23' }, '2026-11-30', 'offer#2', 'the day they chose'],
  ['2026-11-29', { offer: '2026-11-23' }, '2026-11-30', 'offer', 'the day before'],
  ['2026-12-10', { offer: '2026-11-23' }, '2026-12-14', 'offer', 'later than by itself'],
  ['2027-06-01', { offer: '2026-11-23' }, never, 'offer', 'let go'],
  [
    '2027-06-01',
    { offer: '2026-11-23', 'offer#2': '2026-12-07', 'offer#3': '2027-01-04' },
    '2027-01-11',
    'offer#3',
    'three times, whatever was chosen',
  ],
])('on %s, put %j and put off to %s, a question goes by %s: %s', (day, put, againOn, expected) => {
  expect(periodToday('offer', { put: new Map(Object.entries(put)), since: null, againOn, today: day })).toBe(expected);
});

test.each<
  [string, { put?: Readonly<Record<string, string>>; since?: string; againOn?: string; cameUp?: string }, boolean]
>([
  ['one that came up on the Friday before comes', { cameUp: '2026-12-04' }, true],
  ['and one that came up in the week itself', { cameUp: '2026-12-09' }, true],
  ['one that has been up for longer, and was never put, is held up by something else', { cameUp: '2026-11-30' }, false],
  ['one that was put in the week has come', { put: { offer: '2026-12-08' } }, true],
  ['one that was put two weeks ago comes again', { put: { offer: '2026-11-24' } }, true],
  ['one that was put last week does not yet', { put: { offer: '2026-12-01' } }, false],
  ['one that was put when it came up, two weeks ago, comes', { since: '2026-11-25' }, true],
  ['one that was put off into the week comes', { put: { offer: '2026-12-01' }, againOn: '2026-12-09' }, true],
  ['one that was let go does not', { put: { offer: '2026-11-24' }, againOn: never }, false],
  [
    'one that was put three times does not',
    { put: { offer: '2026-09-01', 'offer#2': '2026-09-15', 'offer#3': '2026-10-13' } },
    false,
  ],
])(
  'in the week from 7 December %s',
  (_what, { put = {}, since = null, againOn = null, cameUp = '2026-11-24' }, comes) => {
    const past = { put: new Map(Object.entries(put)), since, againOn };

    expect(comesInWeek('2026-12-07', { period: 'offer', cameUp }, past)).toBe(comes);
  },
);

test('what was put late comes again two weeks later at the earliest', () => {
  const put = new Map([
    ['offer', '2026-11-23'],
    ['offer#2', '2027-01-03'],
  ]);
  const on = (today: string) => periodToday('offer', { put, since: null, againOn: null, today });

  expect([on('2027-01-04'), on('2027-01-16'), on('2027-01-17')]).toEqual(['offer#2', 'offer#2', 'offer#3']);
});

test('property: whenever people look, and whatever they put off, a question is put three times at most, never the same day, and never once it was let go', () => {
  const choice = fc.constantFrom<'none' | 'later' | 'let-go'>('none', 'none', 'later', 'let-go');
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }),
      fc.array(choice, { minLength: 3 }),
      (open, choices) => {
        const put = new Map<string, string>();
        const days: string[] = [];
        let againOn: string | null = null;
        let letGo = false;
        for (const [index, isOpen] of open.entries()) {
          const day = addDays('2026-11-23', index);
          if (!isOpen) continue;
          const period = periodToday('offer', { put, since: null, againOn, today: day });
          if (put.has(period)) continue;
          expect(letGo).toBe(false);
          put.set(period, day);
          days.push(day);
          const chosen = choices[days.length - 1] ?? 'none';
          letGo = chosen === 'let-go';
          againOn = letGo ? never : chosen === 'later' ? addDays(day, 7) : null;
        }

        expect(days.length).toBeLessThanOrEqual(3);
        expect(new Set(days).size).toBe(days.length);
      },
    ),
  );
});

describe('over a year', () => {
  const people = ['ann', 'ben', 'priya', 'helen', theChannel];
  const readers: Readonly<Record<string, Reader>> = { priya: 'coordinator', helen: 'sponsor' };
  const rest = restWith({
    holidays: ['2026-12-25', '2027-01-01', '2027-03-29'],
    quiet: [{ from: '2026-12-24', to: '2027-01-01', title: 'Closed' }],
  });
  const arrivals = fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 364 }),
      person: fc.constantFrom(...people),
      urgency: fc.constantFrom<Urgency>('now', 'soon', 'sometime'),
      lasts: fc.integer({ min: 0, max: 60 }),
      counted: fc.boolean(),
      agreed: fc.boolean(),
    }),
    { minLength: 50, maxLength: 400 },
  );

  test('property: nobody gets more than their share, nothing twice, and nothing is lost without a word', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 5 }), (found, cardDay) => {
        const wishes = found.map(({ day, lasts, ...one }, index) => ({
          ...one,
          again: false,
          kind: 'test.wish',
          period: String(index),
          from: addDays('2026-06-01', day),
          until: addDays('2026-06-01', day + lasts),
        }));
        const sent: Sent[] = [];
        const had = new Map<string, string>();
        const ended = new Set<string>();
        for (let day = '2026-06-01'; day < '2027-08-15'; day = addDays(day, 1)) {
          for (const { period, until } of wishes) if (until < day && !had.has(period)) ended.add(period);
          if (!isOpenDay(day, rest)) continue;
          const hasCard = (person: string): boolean =>
            person === 'priya' && new Date(`${day}T00:00:00Z`).getUTCDay() === cardDay;
          const { cards, waiting } = decideMorning(
            wishes.filter(({ from, until }) => from <= day && day <= until),
            {
              today: day,
              readerOf: person => readers[person] ?? 'member',
              hasCard,
              sent: sent.filter(one => one.day > addDays(day, -7)),
              wasSent: ({ period }) => had.has(period),
            },
          );
          for (const card of cards) {
            expect([hasCard(card.person), card.wishes.length <= mostOnCard]).toEqual([false, true]);
            sent.push({ person: card.person, day, counted: card.counted });
            for (const { period } of card.wishes) {
              expect([had.has(period), ended.has(period)]).toEqual([false, false]);
              had.set(period, day);
            }
          }
          for (const { period } of waiting) expect(had.has(period)).toBe(false);
        }

        expect(sent.filter(({ day }) => !isOpenDay(day, rest))).toEqual([]);
        for (const person of people) {
          const days = sent.filter(one => one.person === person).map(({ day }) => day);
          expect(new Set(days).size).toBe(days.length);
          if (person !== 'ann' && person !== 'ben') continue;
          const counted = sent.filter(one => one.person === person && one.counted).map(({ day }) => day);
          for (const day of counted)
            expect(counted.filter(other => other <= day && other > addDays(day, -7)).length).toBeLessThanOrEqual(
              mostInSevenDays,
            );
        }
        for (const one of wishes) {
          expect(had.has(one.period) !== ended.has(one.period)).toBe(true);
          if (one.person === 'helen' && !one.agreed) expect(had.has(one.period)).toBe(false);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

test('a period says for which time a question is put under it', () => {
  expect(periodsOf('offer').map(timeIn)).toEqual(['first', 'second', 'last']);
});
