import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dueInWeek, reminderDays, remindersFor, remindsOf, weekLater } from '../../../domain/plan/days.ts';
import { dueFilters, isDue } from '../../../domain/plan/due.ts';
import { addDays, localDay, nextOnDays } from '../../../domain/schedule.ts';
import { noRest, restWith } from '../../support/rest.ts';

const monday = '2026-11-23';
const ann = { id: 'ann', name: 'Ann' };
const ben = { id: 'ben', name: 'Ben' };

describe('what one may ask for by day', () => {
  test.each([
    ['to-do', '2026-11-22', ['overdue'], 'the Sunday before'],
    ['to-do', '2026-11-23', ['this-week'], 'today, a Monday'],
    ['stuck', '2026-11-29', ['this-week'], 'the Sunday of this week'],
    ['doing', '2026-11-30', ['next-week'], 'the Monday after'],
    ['doing', '2026-12-06', ['next-week'], 'the Sunday after'],
    ['doing', '2026-12-07', [], 'later still'],
    ['to-do', null, ['no-date'], 'nobody has said'],
    ['done', '2026-11-22', [], 'what is done is not overdue'],
    ['done', '2026-11-24', ['this-week'], 'what was done was due all the same'],
  ] as const)('%s and due %s is %j: %s', (state, due, expected, _reason) => {
    expect(dueFilters.filter(filter => isDue(filter, { state, due }, monday))).toEqual(expected);
  });

  test('in the middle of a week, its first days are overdue and of this week', () => {
    expect(dueFilters.filter(filter => isDue(filter, { state: 'to-do', due: monday }, '2026-11-25'))).toEqual([
      'overdue',
      'this-week',
    ]);
  });
});

test.each([
  ['2026-11-24', '2026-12-01', 'a week after its day'],
  ['2026-11-23', '2026-11-30', 'today'],
  ['2026-10-01', '2026-11-30', 'long overdue: a week from today, not overdue again'],
  ['2026-12-30', '2027-01-06', 'over the end of the year'],
])('a week later than %s is %s: %s', (due, expected) => {
  expect(weekLater(due, monday)).toBe(expected);
});

describe('the beginning of the week', () => {
  test('counts what is due in it, of what is not done and not late', () => {
    const actions = [
      { state: 'to-do', due: '2026-11-24' },
      { state: 'doing', due: '2026-11-29' },
      { state: 'stuck', due: '2026-11-20' },
      { state: 'to-do', due: null },
      { state: 'done', due: '2026-11-25' },
      { state: 'to-do', due: '2026-11-30' },
    ] as const;

    expect(dueInWeek(actions, monday)).toBe(2);
  });
});

describe('the days on which owners are reminded', () => {
  test.each([
    ['2026-11-24', 'Europe/London', '2026-11-23', '2026-11-24', 'an ordinary day'],
    ['2026-03-01', 'Europe/London', '2026-02-28', '2026-03-01', 'the first of a month'],
    [
      '2026-09-06',
      'America/Santiago',
      '2026-09-05',
      '2026-09-06',
      'a day that begins at 01:00, because the clocks skip midnight',
    ],
    ['2026-04-24', 'Africa/Cairo', '2026-04-23', '2026-04-24', 'the same in Cairo'],
    ['2026-10-25', 'Europe/London', '2026-10-24', '2026-10-25', 'a day of 25 hours'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-29', '2011-12-31', 'a day that never was: kept on the day after'],
    [
      '2011-12-31',
      'Pacific/Apia',
      '2011-12-29',
      '2011-12-31',
      'the day after it: the day before is the last one there was',
    ],
  ])('due %s in %s: %s and %s, %s', (due, timeZone, before, on) => {
    expect(reminderDays(due, { timeZone, rest: noRest })).toEqual({ before, on });
  });

  test.each([
    ['2026-11-23', 'today'],
    ['2026-11-24', 'tomorrow'],
    ['2026-11-22', null],
    ['2026-11-25', null],
    [null, null],
  ])('due %s is %s', (due, expected) => {
    expect(remindsOf(due, monday, { timeZone: 'Europe/London', rest: noRest })).toBe(expected);
  });

  test.each([
    ['2026-12-21', '2026-12-17', '2026-12-18', 'last', 'due on a quiet Monday: by the Friday before'],
    ['2026-12-19', '2026-12-17', '2026-12-18', 'last', 'due on a Saturday'],
    ['2026-12-18', '2026-12-17', '2026-12-18', 'today', 'due on an open day'],
    ['2027-01-04', '2026-12-31', '2027-01-04', 'today', 'due on a Monday after a holiday: the open day before it'],
  ])('due %s, owners hear of it on %s and %s, then as due %s: %s', (due, before, on, when) => {
    const rest = restWith({
      holidays: ['2027-01-01'],
      quiet: [{ from: '2026-12-21', to: '2026-12-30', title: 'Closed' }],
    });
    const where = { timeZone: 'Europe/London', rest };

    expect(reminderDays(due, where)).toEqual({ before, on });
    expect([remindsOf(due, on, where), remindsOf(due, before, where) === null]).toEqual([when, false]);
  });

  const zones = [
    'Europe/London',
    'America/Santiago',
    'Africa/Cairo',
    'Pacific/Apia',
    'America/Sao_Paulo',
    'Asia/Beirut',
    'Australia/Lord_Howe',
  ];
  test('property: whatever the zone does to its clocks, a daily look finds each action once as tomorrow’s and once as today’s', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom('00:00', '00:30', '09:00', '23:45'),
        fc.integer({ min: 0, max: 7000 }),
        (timeZone, time, days) => {
          const due = addDays('2009-01-01', days);
          const found: (string | null)[] = [];
          let moment = new Date(Date.parse(due) - 5 * 86_400_000);
          for (let looks = 0; looks < 9; looks++) {
            moment = nextOnDays({ days: [1, 2, 3, 4, 5, 6, 7], time, timeZone }, moment) as Date;
            found.push(remindsOf(due, localDay(moment, timeZone), { timeZone, rest: noRest }));
          }

          expect(found.filter(one => one !== null)).toEqual(['tomorrow', 'today']);
        },
      ),
      {
        numRuns: 300,
        examples: [
          ['Pacific/Apia', '09:00', 1093],
          ['Pacific/Apia', '00:00', 1094],
          ['America/Santiago', '00:30', 6457],
        ],
      },
    );
  });
});

test('a person gets one reminder with all that is due, and none for what is done', () => {
  const actions = [
    { title: 'Today', state: 'to-do', due: '2026-11-23', owners: [ann, ben] },
    { title: 'Tomorrow', state: 'stuck', due: '2026-11-24', owners: [ann] },
    { title: 'Done', state: 'done', due: '2026-11-23', owners: [ann] },
    { title: 'Later', state: 'to-do', due: '2026-11-27', owners: [ben] },
    { title: 'Nobody’s', state: 'to-do', due: '2026-11-23', owners: [] },
  ] as const;

  const reminders = remindersFor(
    actions.map(action => ({ ...action, owners: [...action.owners] })),
    monday,
    { timeZone: 'Europe/London', rest: noRest },
  );

  expect(reminders.map(({ person, actions: due }) => [person.name, due.map(({ title }) => title)])).toEqual([
    ['Ann', ['Today', 'Tomorrow']],
    ['Ben', ['Today']],
  ]);
});
