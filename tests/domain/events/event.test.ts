import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  added,
  canMove,
  changedFields,
  edited,
  Event,
  EventAddress,
  eventMoves,
  eventStates,
  lastWords,
  mayEdit,
  moved,
  nextEvents,
  openPs,
  takesAnswers,
  type EventMove,
  type EventState,
  type KeptEvent,
} from '../../../domain/events/event.ts';
import { eventKindIds, eventKinds, kindOf, learningMenu, activityIds, usualOf } from '../../../domain/events/method.ts';
import { plannedMinutes } from '../../../domain/events/agenda.ts';
import { community, member, person } from '../../support/feature-parts.ts';

const surgery: Event = {
  title: 'Chart surgery',
  kind: 'learning',
  activity: 'case-clinic',
  day: '2026-11-26',
  time: '15:00',
  minutes: 60,
  mode: 'online',
  place: '',
  link: 'https://teams.microsoft.com/l/meetup-join/1',
  audience: 'everybody',
  named: [],
  hosts: [person('Gwen Parry')],
  agenda: [],
  keep: '',
  change: '',
  summary: '',
  recording: null,
};
const by = { by: person('Priya Raman'), now: new Date('2026-11-20T09:00:00Z') };
const { day: _day, time: _time, ...said } = surgery;
const draft = added(said, { startsAt: '2026-11-26T15:00:00.000Z' }, by);
const later = { by: person('Gwen Parry'), now: new Date('2026-11-21T09:00:00Z') };
const early = new Date('2026-11-26T14:59:59Z');
const begun = new Date('2026-11-26T15:00:00Z');
const over = new Date('2026-11-26T16:00:00Z');

describe('what becomes of an event', () => {
  const expected: Readonly<Record<EventState, Readonly<Record<'early' | 'begun', readonly EventMove[]>>>> = {
    draft: { early: ['announce', 'cancel'], begun: ['cancel', 'hold'] },
    announced: { early: ['cancel'], begun: ['cancel', 'hold'] },
    held: { early: [], begun: [] },
    cancelled: { early: ['reopen'], begun: [] },
  };

  test.each(eventStates)('%s', state => {
    const possible = (now: Date) => eventMoves.filter(move => canMove({ ...draft, state }, move, now));

    expect({ early: possible(early), begun: possible(begun) }).toEqual(expected[state]);
  });

  test('is said by who pressed, and pressed again it is so already', () => {
    const announced = moved(draft, 'announce', later);

    expect(announced).toMatchObject({
      state: 'announced',
      announcedBy: person('Gwen Parry'),
      changedAt: later.now.toISOString(),
    });
    expect(moved(announced as KeptEvent, 'announce', by)).toBe(announced);
    expect(moved(draft, 'announce', { ...by, now: begun })).toBeNull();
  });

  test('a cancelled event that comes back is a draft, and is announced anew', () => {
    const cancelled = moved(moved(draft, 'announce', by) as KeptEvent, 'cancel', later) as KeptEvent;

    expect(moved(cancelled, 'reopen', later)?.state).toBe('draft');
  });
});

test.each([
  ['draft', early, false],
  ['announced', early, true],
  ['announced', begun, true],
  ['announced', over, false],
  ['held', over, false],
  ['cancelled', early, false],
] as const)('%s at %s takes answers: %s', (state, now, expected) => {
  expect(takesAnswers({ ...draft, state }, now)).toBe(expected);
});

describe('whoever', () => {
  const here = community({ acceptances: [{ role: 'agenda-activists', person: 'lars-holm' }] });

  test.each([
    ['hosts it', member('Gwen Parry'), ['draft', 'announced', 'held', 'cancelled']],
    ['proposed it', member('Amara Okafor'), ['draft']],
    ['coordinates', member('Priya Raman'), ['draft', 'announced', 'held', 'cancelled']],
    ['owns the team', member('Olu Ade', { owner: true }), ['draft', 'announced', 'held', 'cancelled']],
    ['is an agenda activist', member('Lars Holm'), ['draft', 'announced', 'held', 'cancelled']],
    ['is anybody else', member('Daniel Fitzgerald'), []],
  ])('%s may change it while it is %j', (_who, who, states) => {
    const event = { hosts: surgery.hosts, addedBy: person('Amara Okafor') };

    expect(eventStates.filter(state => mayEdit({ ...event, state }, who, here))).toEqual(states);
  });
});

describe('an edit', () => {
  const announced = moved(draft, 'announce', by) as KeptEvent;

  test.each([
    [draft, '2026-11-27T15:00:00.000Z', null, 'of a draft: nobody had answered'],
    [announced, '2026-11-27T15:00:00.000Z', later.now.toISOString(), 'to another moment'],
    [announced, '2026-11-26T15:00:00Z', null, 'that writes the same moment otherwise'],
  ])('moves an event: %#', (event, startsAt, movedAt, _reason) => {
    expect(edited(event, { startsAt }, later)).toMatchObject({ startsAt, movedAt, changedBy: later.by });
  });

  test('of its title is no move, and one that has moved stays moved', () => {
    const once = edited(announced, { startsAt: '2026-11-27T15:00:00.000Z' }, by);

    expect(edited(once, { title: 'Chart clinic' }, later)).toMatchObject({ movedAt: by.now.toISOString() });
  });

  test.each([
    [{}, []],
    [{ title: 'Chart clinic', place: 'Room 4' }, ['title', 'place']],
    [{ hosts: [{ id: 'gwen-parry', name: 'G. Parry' }] }, []],
    [{ hosts: [] }, ['hosts']],
    [{ agenda: [{ id: 'one', title: 'Hello', minutes: 5, who: '', first: false }] }, ['agenda']],
  ] as const)('that says %j changes %j', (change, fields) => {
    expect(changedFields(surgery, { ...surgery, ...change } as Event)).toEqual(fields);
  });
});

test.each([
  [{}, 10, ['purpose', 'people'], 'two weeks before'],
  [{}, 5, ['purpose', 'people', 'presentation', 'participation', 'place'], 'a week before, with what was left open'],
  [{ purpose: { text: '', done: true }, people: { text: 'Ann', done: false } }, 10, ['people'], 'written is not done'],
  [{}, 2, ['purpose', 'people', 'presentation', 'participation', 'place', 'preparation'], 'two days before'],
] as const)('of %j are open %i working days before: %j (%s)', (ps, days, expected, _reason) => {
  expect(openPs({ kind: 'meeting', ps }, days)).toEqual(expected);
});

describe('what comes next', () => {
  const event = (title: string, startsAt: string, state: EventState = 'announced') => ({
    ...draft,
    title,
    startsAt,
    state,
  });

  test('is announced and not over, soonest first', () => {
    const events = [
      event('Later', '2026-12-03T15:00:00.000Z'),
      event('Running', '2026-11-26T15:00:00.000Z'),
      event('Over', '2026-11-26T14:00:00.000Z'),
      event('Draft', '2026-11-27T15:00:00.000Z', 'draft'),
      event('Cancelled', '2026-11-28T15:00:00.000Z', 'cancelled'),
    ];

    expect(nextEvents(events, new Date('2026-11-26T15:30:00Z')).map(({ title }) => title)).toEqual([
      'Running',
      'Later',
    ]);
  });

  test('is prepared with what was said after the last two of its kind, else of any', () => {
    const held = (title: string, startsAt: string, words: Partial<KeptEvent>): KeptEvent => ({
      ...event(title, startsAt, 'held'),
      ...words,
    });
    const events = [
      held('June', '2026-06-01T15:00:00.000Z', { keep: 'Pairs' }),
      held('July', '2026-07-01T15:00:00.000Z', { change: 'More time for questions' }),
      held('Silent', '2026-08-01T15:00:00.000Z', { keep: ' ' }),
      held('Coffee', '2026-09-01T15:00:00.000Z', { kind: 'coffee', keep: 'Cake' }),
      held('October', '2026-10-01T15:00:00.000Z', { keep: 'Short' }),
      held('After', '2026-12-24T15:00:00.000Z', { keep: 'Not yet' }),
    ];
    const before = (kind: KeptEvent['kind']) =>
      lastWords({ kind, startsAt: draft.startsAt }, events).map(({ title }) => title);

    expect(before('learning')).toEqual(['October', 'July']);
    expect(before('coffee')).toEqual(['Coffee']);
    expect(before('visit')).toEqual(['October', 'Coffee']);
  });
});

describe('addresses', () => {
  test.each([
    ['https://teams.microsoft.com/l/meetup-join/19%3ameeting', true],
    ['https://192.168.1.20/room', true],
    ['https://example.org/@ann/talk?mail=a@b.example', true],
    ['javascript:alert(1)', false],
    ['http://example.org', false],
    ['https://ann:secret@example.org/', false],
    ['https://ann@example.org', false],
    ['https:\\\\ann:secret@example.org', false],
    ['data:text/html,hello', false],
    ['Room 4', false],
    [`https://example.org/${'x'.repeat(2000)}`, false],
  ])('%s is taken: %s', (address, expected) => {
    expect(EventAddress.safeParse(address).success).toBe(expected);
  });
});

describe('the method', () => {
  test('has a kind for every id, and an activity', () => {
    expect(eventKinds.map(({ id }) => id)).toEqual([...eventKindIds]);
    expect(learningMenu.flatMap(({ activities }) => activities.map(({ id }) => id))).toEqual([...activityIds]);
  });

  test.each(eventKinds.flatMap(kind => [kind, ...(kind.later ? [{ ...kind, ...kind.later }] : [])]))(
    'the usual agenda of $id ($minutes minutes) fits into its time',
    ({ minutes, agenda }) => {
      const planned = plannedMinutes(agenda);

      expect([0, minutes]).toContain(planned);
      expect(new Set(agenda.map(({ id }) => id)).size).toBe(agenda.length);
    },
  );

  test('the first meeting with the sponsor is another than those after it', () => {
    expect(usualOf('sponsor', false).minutes).toBe(45);
    expect(usualOf('sponsor', true).minutes).toBe(30);
    expect(usualOf('coffee', true)).toEqual(kindOf('coffee'));
  });
});

test('nobody brings an event from one state to another in which it was already, and no press brings it back in time', () => {
  const moves = fc.array(fc.constantFrom(...eventMoves), { maxLength: 12 });
  fc.assert(
    fc.property(moves, fc.boolean(), (all, hasBegun) => {
      let event: KeptEvent = draft;
      for (const move of all) {
        const next = moved(event, move, { ...by, now: hasBegun ? begun : early });
        if (next === null) continue;
        if (event.state === 'held') expect(next).toBe(event);
        event = next;
      }
      expect(event.addedAt).toBe(draft.addedAt);
      expect(hasBegun ? ['draft', 'held', 'cancelled'] : ['draft', 'announced', 'cancelled']).toContain(event.state);
    }),
  );
});
