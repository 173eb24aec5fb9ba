import { describe, expect, test } from '@jest/globals';
import {
  isOfAnotherMeeting,
  localStart,
  matched,
  type Expected,
  type Matched,
} from '../../../domain/events/attendance-matching.ts';
import type { Attendee } from '../../../domain/events/attendance-report.ts';

function attendee(name: string, more: Partial<Attendee> = {}): Attendee {
  return { name, address: null, aliases: [], minutes: 30, joins: 1, guest: false, phone: false, ...more };
}

function member(name: string, more: Partial<Expected> = {}): Expected {
  const id = name.toLowerCase().replaceAll(' ', '-');
  const address = `${id.replaceAll('-', '.')}@cedarvalley.example`;
  return { id, name, addresses: [address], says: null, was: 'unknown', ...more };
}

const priya = member('Priya Raman');
const daniel = member('Daniel Fitzgerald');
const petra = member('Petra Moore', {
  addresses: ['petra.moore_northgate.example#EXT#@cedarvalley.onmicrosoft.example'],
});
const community = [priya, daniel, petra];

function match(
  people: readonly Attendee[],
  among: readonly Expected[] = community,
  mode: 'online' | 'both' = 'online',
): Matched {
  return matched({ people }, among, mode);
}

const ids = ({ was }: Matched): readonly string[] => was.map(({ person }) => person.id);

describe('by address', () => {
  test.each([
    [
      'in another case',
      attendee('?', { address: 'priya.raman@cedarvalley.example' }),
      'PRIYA.Raman@CedarValley.example',
    ],
    [
      'their principal name',
      attendee('?', { address: 'pr@elsewhere.example', aliases: ['priya.raman@cedarvalley.example'] }),
      null,
    ],
    ['one of several', attendee('?', { address: 'priya@cedarvalley.example' }), 'smtp:priya@cedarvalley.example'],
  ])('%s', (_what, someone, alias) => {
    const known = { ...priya, addresses: [...priya.addresses, ...(alias === null ? [] : [alias])] };
    expect(match([someone], [known, daniel])).toMatchObject({
      was: [{ person: { id: 'priya-raman', name: 'Priya Raman' }, minutes: 30, by: 'address' }],
      guests: [],
      unsure: [],
    });
  });

  test('a guest of the tenant by their own address, and by the name the tenant gave them', () => {
    expect(ids(match([attendee('P', { address: 'petra.moore@northgate.example', guest: true })]))).toEqual([
      'petra-moore',
    ]);
    expect(
      ids(match([attendee('P', { address: 'petra.moore_northgate.example#ext#@cedarvalley.onmicrosoft.example' })])),
    ).toEqual(['petra-moore']);
  });

  test('whoever has two accounts there is one person', () => {
    const twice = match([
      attendee('Priya Raman', { address: 'priya.raman@cedarvalley.example', minutes: 20 }),
      attendee('Priya Raman', { guest: true, minutes: 50 }),
    ]);
    expect(twice.was).toEqual([{ person: { id: 'priya-raman', name: 'Priya Raman' }, minutes: 50, by: 'address' }]);
    expect(twice.guests).toEqual([]);
  });
});

describe('by name', () => {
  test('without an address, and with another address of the same organisation', () => {
    const found = match([
      attendee('Raman, Priya', { guest: true }),
      attendee('Daniel Fitzgerald', { address: 'dfitz@cedarvalley.example' }),
    ]);
    expect(found.was.map(({ person, by }) => [person.id, by])).toEqual([
      ['priya-raman', 'name'],
      ['daniel-fitzgerald', 'name'],
    ]);
  });

  test('two people of one name are offered to choose from', () => {
    const other = { ...priya, id: 'other-priya', addresses: ['p.raman@cedarvalley.example'] };
    expect(match([attendee('Priya Raman')], [priya, other])).toEqual({
      was: [],
      missing: [],
      guests: [],
      unsure: [
        {
          name: 'Priya Raman',
          organisation: '',
          minutes: 30,
          candidates: [
            { id: 'priya-raman', name: 'Priya Raman' },
            { id: 'other-priya', name: 'Priya Raman' },
          ],
        },
      ],
    });
  });

  test('initials decide where they fit one person, and not where they fit two', () => {
    expect(ids(match([attendee('P. Raman')]))).toEqual(['priya-raman']);
    const unsure = match([attendee('P. Raman')], [priya, member('Paul Raman')]);
    expect(unsure.was).toEqual([]);
    expect(unsure.unsure[0]?.candidates.map(({ id }) => id)).toEqual(['priya-raman', 'paul-raman']);
  });

  test('the same name with an address of another organisation is asked about', () => {
    const { was, unsure } = match([attendee('Priya Raman', { address: 'priya@elsewhere.example', guest: true })]);
    expect(was).toEqual([]);
    expect(unsure).toEqual([
      {
        name: 'Priya Raman',
        organisation: 'elsewhere.example',
        minutes: 30,
        candidates: [{ id: 'priya-raman', name: 'Priya Raman' }],
      },
    ]);
  });

  test('two accounts of one name that one person could be are asked about', () => {
    const { was, unsure } = match([
      attendee('Priya Raman', { address: 'priya1@cedarvalley.example' }),
      attendee('Priya Raman', { address: 'priya2@cedarvalley.example' }),
    ]);
    expect(was).toEqual([]);
    expect(unsure).toHaveLength(2);
  });

  test('a first name alone is asked about, and somebody of another name is a guest', () => {
    const { guests, unsure } = match([attendee('Priya'), attendee('Jordan Vale')]);
    expect(unsure.map(({ name }) => name)).toEqual(['Priya']);
    expect(guests.map(({ name }) => name)).toEqual(['Jordan Vale']);
  });

  test('whoever the roster has no name of is nobody’s namesake', () => {
    expect(match([attendee('🌻'), attendee('')], [member(''), priya]).was).toEqual([]);
  });
});

describe('guests', () => {
  test.each([
    ['petra@northgate.example', 'northgate.example'],
    ['petra@gmail.com', ''],
    ['petra@web.de', ''],
    ['petra_northgate.example#ext#@tenant.onmicrosoft.com', 'northgate.example'],
  ])('of %s come from %j', (address, organisation) => {
    expect(match([attendee('Somebody Else', { address, guest: true })]).guests).toEqual([
      { name: 'Somebody Else', organisation, minutes: 30 },
    ]);
  });

  test('a telephone shows no more than the end of its number', () => {
    expect(match([attendee('+1 555 010 0147', { phone: true, guest: true })]).guests).toEqual([
      { name: '…147', organisation: '', minutes: 30 },
    ]);
  });
});

describe('against what was answered', () => {
  const answered = [
    member('Coming There', { says: 'coming' }),
    member('Not There', { says: 'not' }),
    member('Coming Away', { says: 'coming' }),
    member('Maybe Away', { says: 'maybe' }),
    member('Not Away', { says: 'not' }),
    member('Silent Away'),
    member('Ticked Away', { says: 'coming', was: 'yes' }),
  ];
  const report = [attendee('Coming There'), attendee('Not There')];

  test('whoever is in the report was there; whoever meant to come and is not in it was not', () => {
    const found = match(report, answered);
    expect(ids(found)).toEqual(['coming-there', 'not-there']);
    expect(found.missing.map(({ id }) => id)).toEqual(['coming-away', 'maybe-away']);
  });

  test('a report knows nobody who sat together in a room', () => {
    expect(match(report, answered, 'both').missing).toEqual([]);
  });

  test('whoever somebody in the report may be is not said to be missing', () => {
    expect(match([attendee('Coming')], answered).missing.map(({ id }) => id)).toEqual(['maybe-away']);
  });
});

const event = { startsAt: '2026-06-04T12:00:00.000Z', minutes: 60, timeZone: 'Europe/Berlin' };

test('an event begins by the clock of its community', () => {
  expect(localStart(event)).toBe('2026-06-04T14:00:00');
});

test.each([
  ['the same hour', '2026-06-04T14:00:00', '2026-06-04T15:00:00', false],
  ['the clock of somebody in New Zealand', '2026-06-05T00:00:00', '2026-06-05T01:00:00', false],
  ['the clock of somebody in California', '2026-06-04T05:00:00', '2026-06-04T06:00:00', false],
  ['begun long before', '2026-06-04T08:00:00', '2026-06-04T20:00:00', false],
  ['the day before', '2026-06-03T14:00:00', '2026-06-03T15:00:00', true],
  ['the week after', '2026-06-11T14:00:00', '2026-06-11T15:00:00', true],
])('%s', (_what, startedAt, endedAt, other) => {
  expect(isOfAnotherMeeting({ startedAt, endedAt, utc: false }, event)).toBe(other);
});

test('a report that does not say when it was is taken for the right one', () => {
  expect(isOfAnotherMeeting({ utc: false }, event)).toBe(false);
});

test('a thousand people are matched with five thousand in no time', () => {
  const many = Array.from({ length: 5_000 }, (_one, place) => member(`Person Number ${place.toString(36)}`));
  const people = many.slice(0, 1_000).map(({ name }) => attendee(name));
  const before = process.cpuUsage();

  const { was } = match(people, many);

  expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
  expect(was).toHaveLength(1_000);
});
