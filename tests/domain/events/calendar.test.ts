import { expect, test } from '@jest/globals';
import { meetingOf, meetingsOf, type PlacedEvent } from '../../../domain/events/calendar.ts';
import type { EventState } from '../../../domain/events/event.ts';
import { person } from '../../support/feature-parts.ts';

const here = { id: 'team', name: 'Data Storytellers' };
const event = (id: string, change: Partial<PlacedEvent> = {}) => ({
  id,
  title: 'Chart surgery',
  startsAt: '2026-11-26T15:00:00.000Z',
  minutes: 45,
  place: 'Room 4',
  link: null,
  state: 'announced' as EventState,
  hosts: [person('Gwen Parry')],
  addedAt: '2026-11-01T09:00:00.000Z',
  changedAt: '2026-11-01T09:00:00.000Z',
  community: here,
  announcedBy: person('Priya Raman'),
  ...change,
});

test('a meeting lasts as long as it lasts, in no zone, under a name of its own', () => {
  expect(meetingOf(event('surgery-1'))).toEqual({
    uid: 'event.surgery-1.team@cop-companion',
    sequence: 0,
    changedAt: '2026-11-01T09:00:00.000Z',
    start: '2026-11-26T15:00:00.000Z',
    end: '2026-11-26T15:45:00.000Z',
    status: 'confirmed',
    title: 'Chart surgery',
    place: 'Room 4',
    link: null,
    hosts: ['Gwen Parry'],
    community: here,
  });
});

test.each([
  ['announced', 'confirmed'],
  ['held', 'confirmed'],
  ['cancelled', 'cancelled'],
  ['draft', 'tentative'],
] as const)('%s is %s', (state, status) => {
  expect(meetingOf(event('surgery-1', { state })).status).toBe(status);
});

test('what is moved or cancelled has a higher number than before, under the same name', () => {
  const before = meetingOf(event('surgery-1'));
  const moved = meetingOf(
    event('surgery-1', { startsAt: '2026-11-27T15:00:00.000Z', changedAt: '2026-11-10T09:00:00.000Z' }),
  );
  const cancelled = meetingOf(event('surgery-1', { state: 'cancelled', changedAt: '2026-11-10T09:00:01.000Z' }));

  expect([moved.uid, cancelled.uid]).toEqual([before.uid, before.uid]);
  expect(moved.sequence).toBeGreaterThan(before.sequence);
  expect(cancelled.sequence).toBeGreaterThan(moved.sequence);
});

test('a calendar has what was announced, soonest first, and what of it was cancelled', () => {
  const found = meetingsOf([
    event('later-one', { startsAt: '2026-12-03T15:00:00.000Z' }),
    event('cancelled', { state: 'cancelled' }),
    { ...event('proposal', { state: 'draft' }), announcedBy: null },
    { ...event('withdrawn', { state: 'cancelled' }), announcedBy: null },
    event('brought-back', { state: 'draft' }),
  ]);

  expect(found.map(({ uid, status }) => [uid.split('.')[1], status])).toEqual([
    ['cancelled', 'cancelled'],
    ['later-one', 'confirmed'],
  ]);
});
