import { expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { ReportView } from '../../../../domain/events/report-api.ts';
import { asTeamsWrites, attendanceFile, type MadeMeeting, type MadePerson } from '../../../support/attendance-files.ts';
import { failureOf, request } from '../../../support/requests.ts';
import { amara, daniel, gwen, here, id, priya, scene, type Scene } from './parts.ts';

function attendee(name: string, address: string | null = null): MadePerson {
  return {
    name,
    address,
    principalName: null,
    from: address?.endsWith('@example.org') ? 'inside' : address === null ? 'unknown' : 'outside',
    role: 'attendee',
    stays: [[60, 3000]],
  };
}

const meeting: MadeMeeting = {
  title: 'Chart surgery',
  start: '2026-11-26T14:58:00',
  lasts: 3600,
  people: [
    { ...attendee('Gwen Parry', 'Gwen.Parry@example.org'), role: 'organizer', stays: [[0, 3600]] },
    attendee('Okafor, Amara'),
    attendee('Flo Sand', 'flo@northgate.example'),
  ],
};

async function reads(now: Scene, who = gwen, file = attendanceFile(meeting, asTeamsWrites)): Promise<ReportView> {
  const asked = { who, community: here, params: { event: id }, body: file };
  return (await request(now.feature, api.readReport, asked)).body as ReportView;
}

test('a host reads who was there; nothing is noted until they save it', async () => {
  const now = scene();
  await now.announced();
  await now.answers(amara, 'not');
  await now.answers(daniel, 'coming');
  now.clock.moveTo('2026-11-26T16:30:00Z');

  expect(await reads(now)).toEqual({
    refused: null,
    meeting: { title: 'Chart surgery', startedAt: '2026-11-26T14:58:00' },
    cut: false,
    was: [
      { person: { id: gwen.id, name: gwen.name }, minutes: 60, by: 'address' },
      { person: { id: amara.id, name: amara.name }, minutes: 49, by: 'name' },
    ],
    missing: [{ id: daniel.id, name: daniel.name }],
    guests: [{ name: 'Flo Sand', organisation: 'northgate.example', minutes: 49 }],
    unsure: [],
  });
  expect((await now.seesAttendance(gwen)).counts.there).toBe(0);
});

test('who was there and whom nobody expected is noted as the host saves it', async () => {
  const now = scene();
  await now.announced();
  now.clock.moveTo('2026-11-26T16:30:00Z');
  const found = await reads(now);
  if (found.refused !== null) throw new Error(found.refused);

  const { counts } = await now.notes({
    people: found.was.map(({ person }) => ({ id: person.id, was: 'yes' })),
    guests: found.guests.map(({ name, organisation }) => ({ name, organisation, was: 'yes' })),
  });

  expect(counts).toMatchObject({ there: 3, guests: 1 });
});

test('the report of another day is refused', async () => {
  const now = scene();
  await now.announced();
  const other = attendanceFile({ ...meeting, start: '2026-11-19T14:58:00' }, asTeamsWrites);

  expect(await reads(now, priya, other)).toEqual({
    refused: 'other-meeting',
    meeting: { title: 'Chart surgery', startedAt: '2026-11-19T14:58:00' },
  });
});

test('whoever may not say who was there reads no report', async () => {
  const now = scene();
  await now.announced();

  expect(await failureOf(reads(now, amara))).toMatchObject({ code: 'not-allowed' });
});
