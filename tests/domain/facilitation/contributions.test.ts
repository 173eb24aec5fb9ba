import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contributionSets, contributionsFor } from '../../../domain/facilitation/contributions.ts';
import { memberWeekOf, type MemberFacts } from '../../../domain/facilitation/member-week.ts';
import { addDays } from '../../../domain/schedule.ts';
import { methodIn } from '../../support/method-text.ts';

const t = methodIn('facilitation');

test.each(contributionSets.map((set, index) => [index, set] as const))(
  'set %i is three small things of half an hour at most, one of them with somebody',
  (_index, set) => {
    expect(set).toHaveLength(3);
    expect(set.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(30);
    expect(set.some(({ withPeople }) => withPeople)).toBe(true);
    expect(set.filter(({ id }) => t(`method.contribution.${id}`) === `method.contribution.${id}`)).toEqual([]);
  },
);

test('nothing is repeated within two months, once something else was shown', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 2000 }), (person, days) => {
      const today = addDays('2026-11-23', days);
      const yesterday = contributionsFor(person, addDays(today, -1));
      const set = contributionsFor(person, today);
      if (set === yesterday) return;

      const earlier = Array.from({ length: 62 }, (_, back) => contributionsFor(person, addDays(today, -1 - back)));
      expect(earlier.some(before => before === set)).toBe(false);
    }),
  );
});

const nothing: MemberFacts = {
  person: 'ann',
  today: '2026-11-26',
  actions: [],
  openSurveys: [],
  vacant: [],
  offered: [],
};
const ann = { id: 'ann', name: 'Ann Li' };
const ben = { id: 'ben', name: 'Ben Ito' };
const action = (title: string, due: string | null, rest: object = {}) => ({
  ...{ title, due, state: 'to-do' as const, owners: [ann] },
  ...rest,
});

test('a member’s own actions are those that are overdue or due within a week', () => {
  const { actions } = memberWeekOf({
    ...nothing,
    actions: [
      action('Later', '2026-12-04'),
      action('Soon', '2026-12-03'),
      action('Late', '2026-11-25'),
      action('Some day', null),
      action('Done', '2026-11-25', { state: 'done' }),
      action('Of another', '2026-11-25', { owners: [ben] }),
    ],
  });

  expect(actions).toEqual([
    { title: 'Late', due: '2026-11-25', overdue: true },
    { title: 'Soon', due: '2026-12-03', overdue: false },
  ]);
});

test('what was answered or offered is not asked for again', () => {
  const week = memberWeekOf({
    ...nothing,
    openSurveys: [
      { title: 'Energy', closesOn: '2026-12-01', answered: true },
      { title: 'Pulse', closesOn: '2026-12-02', answered: false },
    ],
    vacant: ['sponsor', 'member-support'],
    offered: ['member-support'],
  });

  expect([week.surveys, week.freeRoles, week.offered]).toEqual([
    [{ title: 'Pulse', closesOn: '2026-12-02' }],
    ['sponsor'],
    ['member-support'],
  ]);
});
