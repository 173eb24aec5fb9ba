import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAttendance, readReportOf } from '../../../../bot/features/events/attendance-report.ts';
import { spreadsheet } from '../../../../bot/shared/csv.ts';
import { largestReport } from '../../../../domain/events/report-api.ts';
import type { Expected } from '../../../../domain/events/attendance-matching.ts';
import { asTeamsWrites, attendanceFile, madeMeeting, type MadeMeeting } from '../../../support/attendance-files.ts';
import { createChance } from '../../../support/random.ts';

const event = { startsAt: '2026-09-10T12:00:00.000Z', minutes: 60, timeZone: 'Europe/London', mode: 'online' } as const;
const meeting = madeMeeting(createChance(11), 12, { title: 'Chart surgery', start: '2026-09-10T12:58:00' });

/** Everybody of the meeting who is from inside, and one who is not in it. */
function communityOf({ people }: MadeMeeting): readonly Expected[] {
  const inside = people.filter(({ from }) => from === 'inside');
  return [
    ...inside.map(({ name, address }, place) => ({
      id: `member-${place}`,
      name,
      addresses: [address ?? ''],
      says: null,
      was: 'unknown' as const,
    })),
    { id: 'away', name: 'Away Today', addresses: ['away@cedarvalley.example'], says: 'coming', was: 'unknown' },
  ];
}

test('members are told from guests, and whoever meant to come and did not is named', () => {
  const found = readAttendance(attendanceFile(meeting, asTeamsWrites), communityOf(meeting), event);
  if (found.refused !== null) throw new Error(found.refused);

  expect(found.meeting).toMatchObject({ title: 'Chart surgery', startedAt: '2026-09-10T12:58:00' });
  expect(found.was).toHaveLength(meeting.people.filter(({ from }) => from === 'inside').length);
  expect(found.guests).toHaveLength(meeting.people.filter(({ from }) => from !== 'inside').length);
  expect(found.guests.map(({ organisation }) => organisation).filter(Boolean)).toEqual(
    meeting.people.filter(({ from }) => from === 'outside').map(() => 'northgate.example'),
  );
  expect(found.missing).toEqual([{ id: 'away', name: 'Away Today' }]);
});

test.each(['en-US', 'en-GB', 'ja', 'th', 'fi'] as const)(
  'a day that could be two, written in %s, is the day of the event',
  clock => {
    const found = readAttendance(attendanceFile(meeting, { ...asTeamsWrites, clock }), [], event);
    expect(found).toMatchObject({ meeting: { startedAt: '2026-09-10T12:58:00' } });
  },
);

describe('refuses', () => {
  const bytes = attendanceFile(meeting, asTeamsWrites);
  test.each([
    ['empty', new Uint8Array()],
    ['too-large', new Uint8Array(largestReport + 1)],
    ['workbook', Uint8Array.of(0x50, 0x4b, 0x03, 0x04)],
    ['not-a-report', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2)],
    ['not-a-report', new TextEncoder().encode('Name,Email\nAda,ada@a.example\n')],
    ['cut', bytes.subarray(0, Math.floor(bytes.length / 3))],
  ])('%s', (refused, file) => {
    expect(readAttendance(file, [], event)).toEqual({ refused, meeting: null });
  });

  test('a report of 100,000 people before anybody in it is looked for', () => {
    const row = 'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t1h\tada@a.example\tada@a.example\tAttendee\n';
    const names = 'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n';
    const file = new TextEncoder().encode(`2. Participants\n${names}${row.repeat(100_000)}`);

    expect(readAttendance(file, [], event)).toEqual({ refused: 'too-large', meeting: null });
  });

  test('the report of another meeting, and says which', () => {
    const week = madeMeeting(createChance(2), 3, { title: 'Last week', start: '2026-09-03T13:00:00' });
    expect(readAttendance(attendanceFile(week, asTeamsWrites), [], event)).toMatchObject({
      refused: 'other-meeting',
      meeting: { title: 'Last week', startedAt: '2026-09-03T13:00:00' },
    });
  });
});

test('of any bytes it never throws', () => {
  const good = attendanceFile(meeting, asTeamsWrites);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(good.length), (noise, place) => {
      const bytes = Buffer.concat([good.subarray(0, place), noise, good.subarray(place)]);
      for (const file of [noise, bytes]) expect(readAttendance(file, communityOf(meeting), event)).toBeDefined();
    }),
    { numRuns: 300 },
  );
});

test('a name that is a formula comes out of our own downloads as text', () => {
  const evil = {
    ...meeting,
    people: meeting.people.map((person, place) =>
      place === 1
        ? { ...person, from: 'unknown' as const, address: null, name: '=HYPERLINK("https://example.com")' }
        : person,
    ),
  };
  const found = readAttendance(attendanceFile(evil, asTeamsWrites), communityOf(meeting), event);
  if (found.refused !== null) throw new Error(found.refused);
  const guest = found.guests.find(({ name }) => name.startsWith('=HYPERLINK'));

  expect(spreadsheet([[guest?.name ?? '']])).toContain("'=HYPERLINK");
});

test('everybody in the team is expected, and whoever answered and has left it since', async () => {
  const [ada, bo] = meeting.people.filter(({ from }) => from === 'inside');
  if (!ada || !bo) throw new Error('too few people in the meeting');
  const members = [
    { id: 'ada', name: 'Ada by another name', owner: false },
    { id: 'cy', name: 'Cy Away', owner: false },
  ];
  const found = await readReportOf(
    {
      roster: { members: async () => members, member: async () => undefined },
      principalNames: { addresses: async () => new Map([['ada', [ada.address ?? '']]]) },
    },
    { id: 'team' },
    event,
    {
      bytes: attendanceFile(meeting, asTeamsWrites),
      noted: [
        { person: { id: 'cy', name: 'Cy Away' }, says: 'coming', was: 'unknown' },
        { person: { id: 'bo', name: bo.name }, says: 'coming', was: 'unknown' },
        { person: null, says: null, was: 'yes' },
      ],
    },
  );

  expect(found).toMatchObject({
    was: [
      { person: { id: 'ada' }, by: 'address' },
      { person: { id: 'bo' }, by: 'name' },
    ],
    missing: [{ id: 'cy', name: 'Cy Away' }],
  });
});
