import { expect, test } from '@jest/globals';
import { nextWeekCard } from '../../../domain/facilitation/card-day.ts';
import { settings } from '../../support/feature-parts.ts';
import { restWith } from '../../support/rest.ts';

test.each([
  ['2026-12-14T08:59:00Z', '2026-12-14T09:00:00Z', 'a minute before'],
  ['2026-12-14T09:00:00Z', '2026-12-22T09:00:00Z', 'the Monday after is a holiday: on Tuesday'],
  ['2026-12-21T10:00:00Z', '2026-12-22T09:00:00Z', 'on that holiday'],
  ['2026-12-22T09:00:00Z', '2027-01-04T09:00:00Z', 'the community rests all of the week between'],
])('at %s the next card goes out at %s: %s', (now, expected) => {
  const rest = restWith({
    holidays: ['2026-12-21'],
    quiet: [{ from: '2026-12-28', to: '2027-01-03', title: 'Closed' }],
  });

  expect(nextWeekCard(settings(), rest, new Date(now))).toEqual(new Date(expected));
});
