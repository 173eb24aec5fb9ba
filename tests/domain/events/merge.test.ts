import { expect, test } from '@jest/globals';
import type { Event } from '../../../domain/events/event.ts';
import { mergeEvents } from '../../../domain/events/merge.ts';

const base: Event = {
  title: 'Chart surgery',
  kind: 'learning',
  activity: null,
  day: '2026-11-26',
  time: '15:00',
  minutes: 60,
  mode: 'online',
  place: '',
  link: null,
  audience: 'everybody',
  named: [],
  hosts: [{ id: 'gwen', name: 'Gwen' }],
  agenda: [],
  keep: 'One.\n\nTwo.\n\nThree.',
  change: '',
  summary: '',
  recording: null,
};

test.each<[string, Partial<Event>, Partial<Event>, Partial<Event>, readonly string[], readonly string[]]>([
  ['what only they changed is kept', {}, { place: 'Room 4' }, { place: 'Room 4' }, ['place'], []],
  ['what only I changed stays', { title: 'Clinic' }, {}, { title: 'Clinic' }, [], []],
  [
    'both, in different places',
    { title: 'Clinic' },
    { minutes: 90 },
    { title: 'Clinic', minutes: 90 },
    ['minutes'],
    [],
  ],
  ['both, the same', { title: 'Clinic' }, { title: 'Clinic' }, { title: 'Clinic' }, [], []],
  ['both, differently', { day: '2026-11-27' }, { day: '2026-12-03' }, { day: '2026-11-27' }, [], ['day']],
  [
    'words in different places',
    { keep: 'One!\n\nTwo.\n\nThree.' },
    { keep: 'One.\n\nTwo.\n\nThree!' },
    { keep: 'One!\n\nTwo.\n\nThree!' },
    ['keep'],
    [],
  ],
  ['hosts, differently', { hosts: [] }, { hosts: [{ id: 'amara', name: 'Amara' }] }, { hosts: [] }, [], ['hosts']],
])('%s', (_what, mine, current, event, theirs, clashes) => {
  expect(mergeEvents(base, { ...base, ...mine }, { ...base, ...current })).toEqual({
    event: { ...base, ...event },
    theirs,
    clashes,
  });
});

test('without anything that both began from, every difference is a clash', () => {
  expect(mergeEvents(null, base, { ...base, title: 'Clinic', minutes: 90 }).clashes).toEqual(['title', 'minutes']);
});
