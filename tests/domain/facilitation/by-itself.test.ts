import { describe, expect, test } from '@jest/globals';
import type { WeekSize } from '../../../domain/community.ts';
import { byItselfIn, nothingSeen, type Seen } from '../../../domain/facilitation/by-itself.ts';
import { weekFrom, type Tick } from '../../../domain/facilitation/facilitation.ts';
import { settings } from '../../support/feature-parts.ts';

const week = weekFrom('2026-11-23');

function found(at: string, seen: Partial<Seen> = {}, ticks: readonly Tick[] = [], size: WeekSize = 'full') {
  const chosen = settings({ facilitation: { size } });
  return Object.fromEntries(
    byItselfIn(week, { ...nothingSeen, ...seen }, ticks, { settings: chosen, now: new Date(at) }),
  );
}

function greeted(task: string, tickedAt: string): Tick {
  return { week: week.key, task, tickedBy: { id: 'priya', name: 'Priya Raman' }, tickedAt };
}

describe('welcoming needs nobody', () => {
  test.each([
    ['2026-11-23T09:00:00Z', [], [], ['newcomers-1'], 'nobody joined; the days to come are not known yet'],
    ['2026-11-25T09:00:00Z', [], [], ['newcomers-1', 'newcomers-2', 'newcomers-3'], 'on Wednesday'],
    ['2026-11-23T09:00:00Z', ['2026-11-21T12:00:00Z'], [], [], 'somebody joined at the weekend'],
    ['2026-11-23T09:00:00Z', ['2026-11-18T14:00:00Z'], [], [], 'nobody greeted them in the week before'],
    [
      '2026-11-23T09:00:00Z',
      ['2026-11-18T14:00:00Z'],
      [greeted('newcomers-5', '2026-11-20T10:00:00Z')],
      ['newcomers-1'],
      'they were greeted in the week before',
    ],
    ['2026-11-23T09:00:00Z', ['2026-11-16T08:59:00Z'], [], ['newcomers-1'], 'longer ago than the card tells'],
    ['2026-11-23T16:00:00Z', ['2026-11-23T14:00:00Z'], [], [], 'today, after the card came'],
    [
      '2026-11-24T09:00:00Z',
      ['2026-11-23T14:00:00Z'],
      [],
      ['newcomers-1'],
      'whoever came on Monday afternoon is Tuesday’s, and Tuesday’s alone',
    ],
    [
      '2026-11-24T09:00:00Z',
      ['2026-11-23T14:00:00Z'],
      [greeted('newcomers-1', '2026-11-23T15:00:00Z')],
      ['newcomers-1', 'newcomers-2'],
      'they were greeted the same afternoon',
    ],
    [
      '2026-11-24T09:00:00Z',
      ['2026-11-23T14:00:00Z'],
      [greeted('newcomers-1', '2026-11-23T13:00:00Z')],
      ['newcomers-1'],
      'the tick was before they came',
    ],
  ])('at %s, joined %j, ticks %j: %j, %s', (at, joined, ticks, expected) => {
    expect(Object.keys(found(at, { joined }, ticks))).toEqual(expected);
  });

  test('in a light week whoever came on Tuesday is Wednesday’s', () => {
    const joined = ['2026-11-24T14:00:00Z'];

    expect(Object.keys(found('2026-11-24T15:00:00Z', { joined }, [], 'light'))).toEqual(['newcomers-1']);
    expect(Object.keys(found('2026-11-25T09:00:00Z', { joined }, [], 'light'))).toEqual(['newcomers-1']);
  });
});

test.each([
  [{ surveys: [{ title: 'Energy', opensOn: '2026-11-25' }] }, '2026-11-25T10:00:00Z', 'survey', 'it opened'],
  [{ surveys: [{ title: 'Energy', opensOn: '2026-11-25' }] }, '2026-11-24T10:00:00Z', undefined, 'it opens tomorrow'],
  [{ surveys: [{ title: 'Energy', opensOn: '2026-11-20' }] }, '2026-11-24T10:00:00Z', undefined, 'last week'],
] as const)('%j at %s: members are asked by %s, %s', (seen, at, expected, _reason) => {
  expect(found(at, seen)['listen']?.reason).toBe(expected);
});

test.each([
  [{ digests: ['2026-11-24T09:00:00Z'] }, '2026-11-24T10:00:00Z', { reason: 'digest', on: '2026-11-24' }],
  [{ digests: ['2026-11-20T09:00:00Z'] }, '2026-11-24T10:00:00Z', undefined],
])('%j at %s: everybody got a highlight with %j', (seen, at, expected) => {
  expect(found(at, seen)['newsletter']).toEqual(expected);
});
