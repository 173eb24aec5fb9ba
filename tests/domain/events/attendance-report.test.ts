import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readReport, type AttendanceReport } from '../../../domain/events/attendance-report.ts';
import { largestReport } from '../../../domain/events/report-api.ts';
import { readTableFile } from '../../../bot/shared/table-file.ts';
import { createChance } from '../../support/random.ts';
import {
  asTeamsWrites,
  attendanceFile,
  attendanceText,
  clocks,
  encodings,
  expectedPeople,
  languages,
  layouts,
  madeMeeting,
  withSecondDevices,
  type Language,
  type MadeMeeting,
  type Style,
} from '../../support/attendance-files.ts';

function read(bytes: Uint8Array, near?: string): ReturnType<typeof readReport> | { readonly refused: string } {
  const table = readTableFile(bytes, largestReport);
  return 'refused' in table ? table : readReport(table, near);
}

function report(text: string, near?: string): AttendanceReport {
  const found = read(new TextEncoder().encode(text), near);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

const style: fc.Arbitrary<Style> = fc
  .record({
    layout: fc.constantFrom(...layouts),
    language: fc.constantFrom(...(Object.keys(languages) as Language[])),
    clock: fc.constantFrom(...clocks),
    encoding: fc.constantFrom(...encodings),
    separator: fc.constantFrom('\t', ',', ';', '|' as const),
    lineEnd: fc.constantFrom('\r\n', '\n', '\r' as const),
    quoted: fc.boolean(),
    padded: fc.boolean(),
    split: fc.boolean(),
  })
  .map(one => ({ ...one, split: one.split && one.separator === ',' && !one.quoted }));

/** A list says nothing of two devices, and is none without anybody in it. */
function meetingFor({ layout }: Style, seed: number, most = 15): MadeMeeting {
  const chance = createChance(seed);
  const bare = layout === 'list' || layout === 'live';
  const meeting = madeMeeting(chance, chance.between(bare ? 1 : 0, most));
  return bare ? meeting : withSecondDevices(chance, meeting);
}

test('what was put into a file is what is read, in every layout, language, clock and encoding', () => {
  fc.assert(
    fc.property(style, fc.nat(), (how, seed) => {
      const meeting = meetingFor(how, seed);
      const found = read(attendanceFile(meeting, how), meeting.start);
      if ('refused' in found) throw new Error(found.refused);

      expect(
        found.people.map(({ name, address, minutes, guest, phone }) => ({ name, address, minutes, guest, phone })),
      ).toEqual(expectedPeople(meeting, how));
      expect(found.meeting.startedAt).toBe(meeting.start);
      if (how.layout !== 'list' && how.layout !== 'live')
        expect(found.meeting.title).toBe(meeting.title.replace(/\s+/g, ' '));
      expect(found.cut).toBe(false);
    }),
    { numRuns: 400 },
  );
});

test.each(layouts)('every language and encoding of the layout %s', layout => {
  for (const language of Object.keys(languages) as Language[]) {
    for (const encoding of encodings) {
      const how = { ...asTeamsWrites, layout, language, encoding };
      const meeting = meetingFor(how, 16);
      const found = read(attendanceFile(meeting, how), meeting.start);
      expect('refused' in found ? found.refused : found.people.map(({ name }) => name)).toEqual(
        meeting.people.map(({ name }) => name),
      );
    }
  }
});

describe('a file that breaks off', () => {
  test('is refused, or nobody is missing', () => {
    const cuttable = style.filter(({ layout }) => layout !== 'list' && layout !== 'live');
    fc.assert(
      fc.property(cuttable, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (how, seed, share) => {
        const meeting = meetingFor(how, seed, 6);
        const file = attendanceFile(meeting, how);
        const found = read(file.subarray(0, Math.floor(file.length * share)), meeting.start);
        if ('refused' in found) return;
        expect(new Set(found.people.map(({ name }) => name))).toEqual(new Set(meeting.people.map(({ name }) => name)));
      }),
      { numRuns: 600 },
    );
  });

  const meeting = madeMeeting(createChance(7), 6);
  const text = attendanceText(meeting, asTeamsWrites);
  test.each([
    ['in the list of people', text.indexOf('3. In-Meeting') - 30],
    ['before the list of people', text.indexOf('2. Participants') + 4],
    ['before its details', text.indexOf('3. In-Meeting') - 80],
  ])('%s is refused', (_where, length) => {
    expect(read(new TextEncoder().encode(text.slice(0, length)))).toEqual({ refused: 'cut' });
  });

  test('among the details everybody is known by what the list says', () => {
    const found = report(text.slice(0, text.indexOf('Duration\tEmail\tRole') + 60));
    expect(found.cut).toBe(true);
    expect(found.people.map(({ name }) => name)).toEqual(meeting.people.map(({ name }) => name));
  });
});

test('of any bytes, and of a file with any bytes changed, it never throws', () => {
  const meeting = meetingFor(asTeamsWrites, 3);
  const file = attendanceFile(meeting, { ...asTeamsWrites, encoding: 'utf-8' });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 40 }), changes => {
      const bytes = file.slice();
      for (const [place, byte] of changes) bytes[place] = byte;
      const found = read(bytes);
      expect('refused' in found ? found.refused : found.people.length).toBeDefined();
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 9 }), { maxLength: 12 }),
      rows => {
        expect(readReport({ rows, whole: true })).toBeDefined();
      },
    ),
    { numRuns: 500 },
  );
});

const sections = (people: string, details: string, summary = ''): string =>
  `1. Summary\nMeeting title\tTalk\n${summary}Start time\t9/22/26, 2:00:00 PM\nEnd time\t9/22/26, 3:00:00 PM\n\n` +
  `2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n${people}\n\n` +
  `3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n${details}\n`;

describe('people', () => {
  test('time on two devices counts once, and time away does not', () => {
    const { people } = report(
      sections(
        'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t1h 20m\tada@a.example\tada@a.example\tPresenter',
        'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 2:30:00 PM\t30m\tada@a.example\tPresenter\n' +
          'Ada\t9/22/26, 2:10:00 PM\t9/22/26, 2:40:00 PM\t30m\tADA@a.example\tPresenter\n' +
          'Ada\t9/22/26, 2:50:00 PM\t9/22/26, 3:00:00 PM\t10m\tada@a.example\tPresenter',
      ),
    );
    expect(people).toMatchObject([
      {
        name: 'Ada',
        minutes: 50,
        joins: 3,
        joinedAt: '2026-09-22T14:00:00',
        leftAt: '2026-09-22T15:00:00',
        role: 'presenter',
      },
    ]);
  });

  test('an account whose principal name is another is one person', () => {
    const { people } = report(
      sections(
        'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t1h\tada@a.example\tt1234@a.example\tPresenter',
        'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t1h\tada@a.example\tPresenter',
      ),
    );
    expect(people).toMatchObject([{ address: 'ada@a.example', aliases: ['t1234@a.example'], guest: false }]);
  });

  test('a guest without an address who comes back has several rows, and is one', () => {
    const row = (from: number, to: number): string =>
      `Flo (Unverified)\t9/22/26, 2:${from}:00 PM\t9/22/26, 2:${to}:00 PM\t10m`;
    const { people } = report(
      sections(`${row(10, 20)}\t\t\tAttendee\n${row(30, 40)}\t\t\tAttendee`, `${row(10, 20)}\n${row(30, 40)}`),
    );
    expect(people).toMatchObject([{ name: 'Flo', minutes: 20, joins: 2, guest: true, address: null }]);
  });

  test('a row of the details without its address is of who is called so in the list', () => {
    const { people } = report(
      sections(
        'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t40m\tada@a.example\tada@a.example\tPresenter',
        'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 2:30:00 PM\t30m\t\tPresenter\n' +
          'Ada\t9/22/26, 2:50:00 PM\t9/22/26, 3:00:00 PM\t10m\t\tPresenter',
      ),
    );
    expect(people).toMatchObject([{ address: 'ada@a.example', minutes: 40, joins: 2, guest: false }]);
  });

  test('whoever registered and did not come is not there', () => {
    const { people } = report(
      sections(
        'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t1h\tada@a.example\tada@a.example\tX\tAda\tA\tada@a.example\t9/1/26, 2:00:00 PM\n' +
          '\t\t\t\t\t\t\tBo\tB\tbo@b.example\t9/2/26, 2:00:00 PM',
        '',
      ),
    );
    expect(people.map(({ name }) => name)).toEqual(['Ada']);
  });

  test('whoever has no times is listed without any', () => {
    const { people } = report(sections('Ada\t\t\t\tada@a.example\tada@a.example\tAttendee', ''));
    expect(people).toEqual([
      {
        name: 'Ada',
        address: 'ada@a.example',
        aliases: [],
        minutes: 0,
        joins: 0,
        role: 'attendee',
        guest: false,
        phone: false,
      },
    ]);
  });

  test.each([
    ['Ada (External)', 'ada@b.example', 'Ada', true],
    ['Ada (Externo)', 'ada@b.example', 'Ada', true],
    ['Ada (EXT)', 'ada@a.example', 'Ada (EXT)', false],
    ['Ada (Northgate) (Unverified)', '', 'Ada (Northgate)', true],
    ['[Org] Ada', 'ada@a.example', '[Org] Ada', false],
    ['\u200fعمر (لم يتم التحقق منه)', '', 'عمر', true],
    ['葵（未確認）', '', '葵', true],
  ])('%s with the address %j is called %s', (shown, address, name, guest) => {
    const [found] = report(
      sections(
        `${shown}\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t1h\t${address}\t${address}\tX\nB\t\t\t\tb@a.example\tb@a.example\tX`,
        '',
      ),
    ).people;
    expect(found).toMatchObject({ name, guest });
  });

  test('a mark in a language that nobody knows is seen where all without an address have it', () => {
    const row = (name: string): string => `${name} (Qux zan)\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t1h\t\t\tX`;
    const { people } = report(sections(`${row('Ada')}\n${row('Bo')}`, ''));
    expect(people.map(({ name }) => name)).toEqual(['Ada', 'Bo']);
  });

  test('a formula is text', () => {
    const name = '=HYPERLINK("https://example.com")';
    const { people } = report(
      sections(`"${name.replaceAll('"', '""')}"\t9/22/26, 2:00:00 PM\t9/22/26, 3:00:00 PM\t1h\t\t\tX`, ''),
    );
    expect(people[0]?.name).toBe(name);
  });

  test('a name whose comma was not quoted is whole again', () => {
    const { people } = report(
      'Full Name,User Action,Timestamp\nRaman, Priya,Joined,"22/09/2026, 14:00:00"\nRaman, Priya,Left,"22/09/2026, 14:40:00"\nBo,Joined,"22/09/2026, 14:00:00"\n',
    );
    expect(people).toMatchObject([
      { name: 'Raman, Priya', minutes: 40 },
      { name: 'Bo', minutes: 40 },
    ]);
  });
});

describe('the meeting', () => {
  test.each([
    ['', 'Talk'],
    ['Attended participants\t1\n', 'Talk'],
    ['Attended participants\t1\nOthers\t3\n', 'Talk'],
  ])('its title stands before the numbers: %j', (summary, title) => {
    expect(report(sections('A\t\t\t\ta@a.example\ta@a.example\tX', '', summary)).meeting.title).toBe(title);
  });

  test('several sessions in one file are one', () => {
    const morning = sections(
      'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 2:30:00 PM\t30m\ta@a.example\ta@a.example\tX',
      'Ada\t9/22/26, 2:00:00 PM\t9/22/26, 2:30:00 PM\t30m\ta@a.example\tX',
    );
    const evening = morning.replaceAll('2:', '6:').replaceAll('3:00:00 PM', '7:00:00 PM');
    const { meeting, people } = report(`${morning}\n${evening}`);
    expect(meeting).toMatchObject({ startedAt: '2026-09-22T14:00:00', endedAt: '2026-09-22T19:00:00' });
    expect(people).toMatchObject([{ name: 'Ada', minutes: 60, joins: 2 }]);
  });
});

test.each([
  ['a sign-up list', 'Name,Email,Session\nAda,ada@a.example,Morning\n'],
  [
    'answers to a form',
    'ID,Start time,Completion time,Email,Name\n1,9/22/26 14:00:00,9/22/26 14:05:00,ada@a.example,Ada\n',
  ],
  ['a calendar', 'Subject,Start,End\nLunch,9/22/26 12:00:00,9/22/26 13:00:00\n'],
  [
    'a log',
    'User,Action,Time\nAda,created,9/22/26 12:00:00\nAda,changed,9/22/26 12:01:00\nAda,opened,9/22/26 12:02:00\nBo,deleted,9/22/26 12:03:00\nCy,closed,9/22/26 12:04:00\n',
  ],
  ['a log of a year', 'User,Action,Time\nAda,in,1/2/26 12:00:00\nAda,out,12/2/26 12:01:00\n'],
  ['prose', 'Dear all,\n\nwe meet at 10.\n'],
])('%s is no report', (_what, text) => {
  expect(read(new TextEncoder().encode(text))).toEqual({ refused: 'not-a-report' });
});

test('a meeting of nobody is a report', () => {
  const meeting = madeMeeting(createChance(1), 0);
  expect(read(attendanceFile(meeting, asTeamsWrites))).toMatchObject({ people: [], cut: false });
});

test('five thousand people are read in well under a second', () => {
  const file = attendanceFile(madeMeeting(createChance(5), 5_000), asTeamsWrites);
  read(file);
  const before = process.cpuUsage();

  const found = read(file);

  // The time of a processor that others use as well.
  expect(process.cpuUsage(before).user).toBeLessThan(2_500_000);
  expect(found).toMatchObject({ people: { length: 5_000 } });
});
