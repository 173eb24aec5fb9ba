import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activityIds, learningMenu, type ActivityId } from '../../../domain/events/method.ts';
import type { EventState } from '../../../domain/events/event.ts';
import { lastBeforeNothing, suggestionsFor } from '../../../domain/events/suggestions.ts';

const now = new Date('2026-11-23T09:00:00Z');
const on = (days: number, activity: ActivityId | null = null, state: EventState = 'held') => ({
  title: `${days}`,
  startsAt: new Date(now.getTime() + days * 86_400_000).toISOString(),
  activity,
  state,
});
const clusterOf = (id: ActivityId): string =>
  learningMenu.find(({ activities }) => activities.some(one => one.id === id))!.id;
const outside = new Set(learningMenu.flatMap(({ activities }) => activities.filter(one => one.outside)).map(a => a.id));

describe('whether a community has nothing before it', () => {
  test.each([
    ['one that has never met', [], undefined],
    ['one that met and has nothing', [on(-30), on(-10)], '-10'],
    ['one whose last was this week', [on(-30), on(-5)], undefined],
    ['a draft in sight', [on(-10), on(20, null, 'draft')], undefined],
    ['something in five weeks', [on(-10), on(35, null, 'announced')], '-10'],
    ['something that was cancelled', [on(-10), on(7, null, 'cancelled')], '-10'],
    ['only a draft that passed', [on(-10, null, 'draft')], undefined],
    ['one that nobody has said was held', [on(-10, null, 'announced')], '-10'],
  ])('%s', (_what, events, expected) => {
    expect(lastBeforeNothing(events, now)?.title).toBe(expected);
  });
});

describe('what to meet for', () => {
  test('is small to begin with', () => {
    const first = suggestionsFor([on(-40)], now);

    expect(first).toHaveLength(3);
    for (const id of first)
      expect(learningMenu.flatMap(({ activities }) => activities).find(one => one.id === id)).toMatchObject({
        stage: 1,
      });
  });

  test('is another one after the next event', () => {
    expect(suggestionsFor([on(-40), on(-30)], now)).not.toEqual(suggestionsFor([on(-40)], now));
  });

  test('begins with a look outside where there was none for a quarter', () => {
    const some = [on(-200, 'guest'), on(-40, 'tips'), on(-30, 'topic-talk')];

    expect(outside.has(suggestionsFor(some, now)[0]!)).toBe(true);
    expect(clusterOf(suggestionsFor([...some, on(-20, 'guest')], now)[0]!)).not.toBe('taught');
  });

  test('is three, each of another cluster, first those that were not used for eight weeks', () => {
    const past = fc.record({ days: fc.integer({ min: 1, max: 300 }), activity: fc.constantFrom(null, ...activityIds) });
    fc.assert(
      fc.property(fc.array(past, { maxLength: 30 }), all => {
        const events = all.map(({ days, activity }) => on(-days, activity));
        const suggested = suggestionsFor(events, now).map(clusterOf);
        const used = new Set(
          all.flatMap(({ days, activity }) => (days < 56 && activity !== null ? [clusterOf(activity)] : [])),
        );
        expect(new Set(suggested).size).toBe(suggested.length);
        expect(suggested).toHaveLength(3);
        const rested = suggested.filter(cluster => !used.has(cluster as never));
        expect(suggested.slice(0, rested.length)).toEqual(rested);
      }),
    );
  });
});
