import {
  isOfAnotherMeeting,
  localStart,
  matched,
  type Appointed,
  type Expected,
  type Matched,
} from '../../../domain/events/attendance-matching.ts';
import {
  largestReport,
  readReport,
  type AttendanceReport,
  type NoReport,
} from '../../../domain/events/attendance-report.ts';
import { readTableFile, type NoTable } from '../../shared/table-file.ts';

/** Why an attendance report is not taken. */
type ReportRefusal = Exclude<NoTable, 'no-text'> | NoReport | 'other-meeting';

export interface ReadAttendance extends Matched {
  readonly meeting: AttendanceReport['meeting'];
  /** Everybody is there, but the file breaks off among the times of each. */
  readonly cut: boolean;
}

export interface RefusedAttendance {
  readonly refused: ReportRefusal;
  /** Of the other meeting, where it is one. */
  readonly meeting?: AttendanceReport['meeting'];
}

/**
 * Who was there, from the report that Teams gives to organisers. Nothing is noted: a host reads what was found, chooses
 * where it is not sure, and saves.
 * @param community everybody in the team, whether they answered or not
 */
export function readAttendance(
  bytes: Uint8Array,
  community: readonly Expected[],
  event: Appointed & { readonly mode: 'online' | 'room' | 'both' },
): ReadAttendance | RefusedAttendance {
  const table = readTableFile(bytes, largestReport);
  if ('refused' in table) return { refused: table.refused === 'no-text' ? 'not-a-report' : table.refused };
  const report = readReport(table, localStart(event));
  if ('refused' in report) return report;
  const { meeting, cut } = report;
  if (isOfAnotherMeeting(meeting, event)) return { refused: 'other-meeting', meeting };
  return { ...matched(report, community, event.mode), meeting, cut };
}
