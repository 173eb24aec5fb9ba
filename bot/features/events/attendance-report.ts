import type { Community, Person } from '../../../domain/community.ts';
import {
  isOfAnotherMeeting,
  localStart,
  matched,
  type Appointed,
  type Expected,
} from '../../../domain/events/attendance-matching.ts';
import { readReport, type AttendanceReport } from '../../../domain/events/attendance-report.ts';
import {
  largestReport,
  type RefusedReport,
  type ReportRefusal,
  type ReportView,
} from '../../../domain/events/report-api.ts';
import { readTableFile } from '../../shared/table-file.ts';
import type { PrincipalNames, Roster } from '../../ports.ts';

/** An event, as far as a report is read for it. */
interface ReportedEvent extends Appointed {
  readonly mode: 'online' | 'room' | 'both';
}

/** What is noted of somebody at the event; a guest is nobody of the community. */
type Noted = Pick<Expected, 'says' | 'was'> & { readonly person: Person | null };

/**
 * Who was there, from the report that Teams gives to organisers. Nothing is noted: a host reads what was found, chooses
 * where it is not sure, and saves.
 * @param community everybody who is expected, whether they answered or not
 */
export function readAttendance(bytes: Uint8Array, community: readonly Expected[], event: ReportedEvent): ReportView {
  const table = readTableFile(bytes, largestReport);
  if ('refused' in table) return refused(table.refused === 'no-text' ? 'not-a-report' : table.refused);
  const report = readReport(table, localStart(event));
  if ('refused' in report) return refused(report.refused);
  const meeting = shown(report.meeting);
  if (isOfAnotherMeeting(report.meeting, event)) return refused('other-meeting', meeting);
  const { was, missing, guests, unsure } = matched(report, community, event.mode);
  return {
    ...{ refused: null, meeting, cut: report.cut, was: [...was], missing: [...missing], guests: [...guests] },
    unsure: unsure.map(one => ({ ...one, candidates: [...one.candidates] })),
  };
}

/** The same for an event of a community: its people with their addresses, and what is noted of them so far. */
export async function readReportOf(
  { roster, principalNames }: { readonly roster: Roster; readonly principalNames: Pick<PrincipalNames, 'addresses'> },
  community: Pick<Community, 'id'>,
  event: ReportedEvent,
  { bytes, noted }: { readonly bytes: Uint8Array; readonly noted: readonly Noted[] },
): Promise<ReportView> {
  const [members, addresses] = await Promise.all([
    roster.members(community.id),
    principalNames.addresses(community.id),
  ]);
  const expected = new Map<string, Expected>(
    members.map(({ id, name }) => [
      id,
      { id, name, addresses: addresses.get(id) ?? [], says: null, was: 'unknown' } as const,
    ]),
  );
  for (const { person, says, was } of noted) {
    // Whoever has left the team since is known by what they were called.
    if (person) expected.set(person.id, { ...person, addresses: [], ...expected.get(person.id), says, was });
  }
  return readAttendance(bytes, [...expected.values()], event);
}

function refused(why: ReportRefusal, meeting: RefusedReport['meeting'] = null): RefusedReport {
  return { refused: why, meeting };
}

function shown({ title, startedAt }: AttendanceReport['meeting']): NonNullable<RefusedReport['meeting']> {
  return { title: title ?? null, startedAt: startedAt ?? null };
}
