import { describe, expect, test } from '@jest/globals';
import type { Person, Settings, Weekday } from '../../../domain/community.ts';
import {
  boardFor,
  findTask,
  mayUntick,
  phaseOf,
  tick,
  weekFrom,
  weekOf,
  workingDays,
  type Tick,
} from '../../../domain/facilitation/facilitation.ts';
import { facilitationWeek, mostMinutes } from '../../../domain/facilitation/method.ts';
import { methodIn } from '../../support/method-text.ts';

const priya: Person = { id: 'priya', name: 'Priya Raman' };
const tomasz: Person = { id: 'tomasz', name: 'Tomasz Nowak' };

const t = methodIn('facilitation');

describe('the facilitation week', () => {
  test('has 20 tasks: 60 minutes a day and 50 on the third, 290 in all', () => {
    const days = [1, 2, 3, 4, 5].map(day =>
      facilitationWeek.filter(task => task.day === day).map(task => task.minutes),
    );

    expect(days).toEqual([
      [10, 10, 10, 30],
      [10, 10, 20, 10, 10],
      [10, 10, 30],
      [10, 10, 20, 20],
      [10, 10, 10, 30],
    ]);
    expect(facilitationWeek).toHaveLength(20);
    expect(mostMinutes('full')).toBe(290);
  });

  test('has two tasks of ten minutes that come back every day, and ten that come once', () => {
    const times = new Map<string, number>();
    for (const { words } of facilitationWeek) times.set(words, (times.get(words) ?? 0) + 1);

    expect([...times.values()].toSorted()).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 5]);
  });

  test('names each task once, in few enough words for a card, with its source', () => {
    const ids = new Set(facilitationWeek.map(task => task.id));
    const tooLong = facilitationWeek.filter(
      ({ words }) => t(`method.${words}.title`).length > 32 || t(`method.${words}.how`).length > 110,
    );
    const sources = new Set(facilitationWeek.map(task => task.source));

    expect(ids.size).toBe(20);
    expect(tooLong).toEqual([]);
    expect([...sources]).toEqual([
      'https://mik0ton.wordpress.com/2012/08/22/i-dont-have-time-to-faciltiate-the-community/',
    ]);
  });

  test.each([
    ['discussions-3', 'Keep discussions going'],
    ['plan', 'Plan next week'],
    ['nonsense', undefined],
    ['', undefined],
  ])('finds task "%s": %s', (id, expected) => {
    const task = findTask(id);

    expect(task && t(`method.${task.words}.title`)).toBe(expected);
  });
});

test.each<[Weekday, Weekday[], string]>([
  [1, [1, 2, 3, 4, 5], 'Monday to Friday'],
  [3, [3, 4, 5, 1, 2], 'from Wednesday over the weekend to Tuesday'],
  [5, [5, 1, 2, 3, 4], 'from Friday to Thursday'],
  [6, [6, 7, 1, 2, 3], 'where the week starts on Saturday: to Wednesday'],
  [7, [7, 1, 2, 3, 4], 'where the week starts on Sunday: to Thursday'],
])('a week that starts on weekday %i is worked on %j: %s', (first, expected) => {
  const days = workingDays(first);

  expect(days).toEqual(expected);
});

test('weekFrom names the calendar days, with the weekend left out', () => {
  const week = weekFrom('2026-11-25');

  expect(week).toEqual({
    key: '2026-11-25',
    days: ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01'],
  });
});

describe('weekOf', () => {
  test.each<[string, Weekday, string, string, string, string]>([
    // zone, day, time, now, key, reason
    ['Europe/London', 1, '09:00', '2026-11-23T09:00:00Z', '2026-11-23', 'begins with its card'],
    ['Europe/London', 1, '09:00', '2026-11-23T08:59:59Z', '2026-11-16', 'before the card the week before still runs'],
    ['Europe/London', 1, '09:00', '2026-11-29T23:59:59Z', '2026-11-23', 'until the weekend is over'],
    ['Europe/London', 3, '09:00', '2026-11-24T12:00:00Z', '2026-11-18', 'a week from Wednesday runs on Tuesday'],
    ['Europe/London', 1, '09:00', '2026-03-30T08:00:00Z', '2026-03-30', 'the first card in London’s summer time'],
    ['Europe/London', 1, '09:00', '2026-03-30T07:59:59Z', '2026-03-23', 'a moment before it'],
    [
      'Europe/London',
      1,
      '09:00',
      '2026-10-26T08:30:00Z',
      '2026-10-19',
      'winter time: 08:30 is no longer half past nine',
    ],
    ['America/New_York', 1, '09:00', '2026-03-09T13:00:00Z', '2026-03-09', 'the first card in New York’s summer time'],
    [
      'America/New_York',
      1,
      '09:00',
      '2026-11-02T13:30:00Z',
      '2026-10-26',
      'New York’s winter time: half an hour to go',
    ],
    ['Australia/Sydney', 1, '09:00', '2026-10-04T22:00:00Z', '2026-10-05', 'Sydney’s summer time; Sunday in UTC'],
    ['Australia/Sydney', 1, '09:00', '2026-04-05T22:30:00Z', '2026-03-30', 'Sydney’s winter time: half an hour to go'],
    [
      'Europe/London',
      7,
      '01:30',
      '2026-03-29T01:00:00Z',
      '2026-03-22',
      'a card at a skipped time has not come yet at 02:00',
    ],
    ['Europe/London', 7, '01:30', '2026-03-29T01:30:00Z', '2026-03-29', 'and comes at 02:30'],
    [
      'Europe/London',
      7,
      '01:30',
      '2026-10-25T00:30:00Z',
      '2026-10-25',
      'a card at a doubled time comes the first time',
    ],
    ['Asia/Riyadh', 7, '08:00', '2026-11-22T05:00:00Z', '2026-11-22', 'a week from Sunday'],
  ])('%s, weekday %i at %s: %s belongs to %s: %s', (timeZone, day, time, now, expected) => {
    const week = weekOf(settings(timeZone, day, time), new Date(now));

    expect(week).toEqual(weekFrom(expected));
  });
});

test.each<[string, string, Weekday, string, string]>([
  ['2026-11-23', '2026-11-24T10:00:00Z', 1, 'running', 'on its second day'],
  ['2026-11-23', '2026-11-30T08:59:00Z', 1, 'running', 'until the next card goes out'],
  ['2026-11-23', '2026-11-30T09:00:00Z', 1, 'over', 'the next card has gone out'],
  ['2026-11-30', '2026-11-24T10:00:00Z', 1, 'to come', 'next week'],
  ['2026-11-23', '2026-11-24T10:00:00Z', 3, 'running', 'the day was changed to Wednesday: goes on until then'],
  ['2026-11-23', '2026-11-25T09:00:00Z', 3, 'over', 'the day was changed to Wednesday: that week has begun'],
])('week %s at %s with weekday %i is %s: %s', (week, now, day, expected) => {
  const phase = phaseOf(week, settings('Europe/London', day, '09:00'), new Date(now));

  expect(phase).toBe(expected);
});

describe('boardFor', () => {
  const week = weekFrom('2026-11-23');
  const ticks: readonly Tick[] = [
    ticked('newcomers-1', priya, '2026-11-23T09:12:00Z'),
    ticked('content', tomasz, '2026-11-23T16:00:00Z'),
    ticked('plan', tomasz, '2026-11-24T09:30:00Z'),
  ];

  test('shows for each day what is open, ticked and carried over', () => {
    const board = boardFor(week, ticks, new Date('2026-11-24T10:00:00Z'), 'Europe/London');

    expect(
      board.days.map(day => [day.date, day.state, day.tasks.map(task => `${task.id} ${task.state.kind}`)]),
    ).toEqual([
      [
        '2026-11-23',
        'past',
        ['newcomers-1 ticked', 'discussions-1 carried-over', 'figures carried-over', 'content ticked'],
      ],
      [
        '2026-11-24',
        'today',
        ['newcomers-2 open', 'discussions-2 open', 'listen open', 'invite open', 'announce open'],
      ],
      ['2026-11-25', 'future', ['newcomers-3 open', 'discussions-3 open', 'newsletter open']],
      ['2026-11-26', 'future', ['newcomers-4 open', 'discussions-4 open', 'take-part open', 'events open']],
      ['2026-11-27', 'future', ['newcomers-5 open', 'discussions-5 open', 'collect open', 'plan ticked']],
    ]);
  });

  test('keeps who ticked and when', () => {
    const board = boardFor(week, ticks, new Date('2026-11-24T10:00:00Z'), 'Europe/London');

    expect(board.days[0]?.tasks[0]?.state).toEqual({ kind: 'ticked', by: priya, at: '2026-11-23T09:12:00Z' });
  });

  test('counts the minutes done, of the day and of the week', () => {
    const board = boardFor(week, ticks, new Date('2026-11-24T10:00:00Z'), 'Europe/London');

    expect(board.minutes).toEqual({ done: 70, spared: 0, of: 290 });
    expect(board.days.map(day => day.minutes)).toEqual([
      { done: 40, spared: 0, of: 60 },
      { done: 0, spared: 0, of: 60 },
      { done: 0, spared: 0, of: 50 },
      { done: 0, spared: 0, of: 60 },
      { done: 30, spared: 0, of: 60 },
    ]);
  });

  test.each<[string, string, string[], string]>([
    [
      '2026-11-24T04:59:00Z',
      'America/New_York',
      ['today', 'future', 'future', 'future', 'future'],
      'Monday evening there',
    ],
    ['2026-11-23T13:00:00Z', 'Australia/Sydney', ['past', 'today', 'future', 'future', 'future'], 'Tuesday there'],
    ['2026-11-28T12:00:00Z', 'Europe/London', ['past', 'past', 'past', 'past', 'past'], 'on Saturday no day is today'],
  ])('at %s in %s the days are %j: %s', (now, timeZone, expected) => {
    const board = boardFor(week, [], new Date(now), timeZone);

    expect(board.days.map(day => day.state)).toEqual(expected);
  });

  test('leaves out ticks of another week and of tasks it does not know', () => {
    const strange: readonly Tick[] = [
      { ...ticked('content', priya, '2026-11-17T10:00:00Z'), week: '2026-11-16' },
      ticked('nonsense', priya, '2026-11-23T10:00:00Z'),
    ];

    const board = boardFor(week, strange, new Date('2026-11-23T10:00:00Z'), 'Europe/London');

    expect(board).toEqual(boardFor(week, [], new Date('2026-11-23T10:00:00Z'), 'Europe/London'));
  });
});

describe('tick', () => {
  const now = new Date('2026-11-23T10:00:00Z');

  test('says who did what and when, and nothing else about the person', () => {
    const set = tick(undefined, { week: '2026-11-23', task: 'plan', person: { ...priya, owner: true } as Person, now });

    expect(set).toEqual({ week: '2026-11-23', task: 'plan', tickedBy: priya, tickedAt: '2026-11-23T10:00:00.000Z' });
  });

  test('a second one keeps the first', () => {
    const first = ticked('plan', priya, '2026-11-23T09:00:00Z');

    const second = tick(first, { week: '2026-11-23', task: 'plan', person: tomasz, now });

    expect(second).toBe(first);
  });

  test.each<[Person, boolean, string]>([
    [priya, true, 'who set it'],
    [tomasz, false, 'somebody else'],
  ])('%j may take it back: %s, as it is %s', (person, expected) => {
    const may = mayUntick(ticked('plan', priya, '2026-11-23T09:00:00Z'), person);

    expect(may).toBe(expected);
  });
});

function ticked(task: string, tickedBy: Person, tickedAt: string): Tick {
  return { week: '2026-11-23', task, tickedBy, tickedAt };
}

function settings(timeZone: string, day: Weekday, time: string): Pick<Settings, 'timeZone' | 'facilitation'> {
  return { timeZone, facilitation: { day, time, facilitators: [], destination: 'chats' } };
}
