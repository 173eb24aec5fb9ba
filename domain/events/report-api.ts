import { z } from 'zod';
import { Person } from '../community.ts';
import { community, endpoint, fileUpTo } from '../endpoint.ts';

/** In bytes. Several times what 5,000 people who come and go bring about. */
export const largestReport = 10 * 1024 * 1024;

/** Why an attendance report is not taken. */
const reportRefusals = ['empty', 'too-large', 'workbook', 'not-a-report', 'cut', 'other-meeting'] as const;
export type ReportRefusal = (typeof reportRefusals)[number];

/** The meeting that the report is of, as it says itself. */
const ReportedMeeting = z.object({
  title: z.string().nullable(),
  /** ISO, by the clock of whoever downloaded it, or in UTC; null where it does not say. */
  startedAt: z.string().nullable(),
});

const Guest = z.object({ name: z.string(), organisation: z.string(), minutes: z.number().int() });

/** What was found in a report. Nothing of it is noted yet. */
const FoundInReport = z.object({
  refused: z.null(),
  meeting: ReportedMeeting,
  /** Everybody is there, but the file breaks off among the times of each. */
  cut: z.boolean(),
  was: z.array(z.object({ person: Person, minutes: z.number().int(), by: z.enum(['address', 'name']) })),
  /** They said that they come, or may, and are not in the report. */
  missing: z.array(Person),
  guests: z.array(Guest),
  /** People who may be one of several, or a guest. */
  unsure: z.array(Guest.extend({ candidates: z.array(Person) })),
});
export type FoundInReport = z.infer<typeof FoundInReport>;

const RefusedReport = z.object({ refused: z.enum(reportRefusals), meeting: ReportedMeeting.nullable() });
export type RefusedReport = z.infer<typeof RefusedReport>;

export const ReportView = z.union([FoundInReport, RefusedReport]);
export type ReportView = z.infer<typeof ReportView>;

export const reportApi = {
  readReport: endpoint({
    method: 'POST',
    path: `${community}/events/{event}/attendance/report`,
    summary: 'Read the attendance report of Teams: who of the community was there, and who else. It notes nothing',
    ...fileUpTo(largestReport),
    answer: ReportView,
  }),
};
