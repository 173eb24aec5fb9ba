import { z } from 'zod';
import { setUpBy } from '../community.ts';
import { deliveryReasons } from '../delivery/delivery.ts';
import { endpoint } from '../endpoint.ts';
import { switchNames } from '../switches.ts';
import { communityStates } from './administration.ts';

/** What one check found, in words. The last three are there where something is to be done, or to be known. */
export const ToldFinding = z.object({
  check: z.string(),
  state: z.enum(['good', 'gap', 'hint', 'unknown']),
  /** What is looked at. */
  title: z.string(),
  happened: z.string().optional(),
  /** Who can mend it. */
  who: z.string().optional(),
  /** A command or a way to click. */
  todo: z.string().optional(),
});
export type ToldFinding = z.infer<typeof ToldFinding>;

export const ReportView = z.object({ lookedAt: z.iso.datetime(), found: z.array(ToldFinding) });
export type ReportView = z.infer<typeof ReportView>;

const count = z.number().int().min(0);

/** How many messages there are for one reason; null is for those that nobody has tried to send yet. */
const ReasonCount = z.object({
  code: z.enum(deliveryReasons).nullable(),
  said: z.string(),
  todo: z.string(),
  messages: count,
  communities: count,
});
export type ReasonCount = z.infer<typeof ReasonCount>;

/** Everything about the app in the whole organisation that is a figure or a code. */
export const AdministrationView = z.object({
  communities: z.record(z.enum(communityStates), count),
  messages: z.object({ waiting: z.array(ReasonCount), notDelivered: z.array(ReasonCount) }),
  /** By outcome. */
  acts: z.object({ done: count, refused: count, failed: count }),
  switches: z.array(z.object({ name: z.enum(switchNames), on: z.boolean() })),
  setUpBy: z.enum(setUpBy),
  forgetAfterDays: count,
  versions: z.object({
    server: z.string(),
    /** The newest migration that this server knows, and the newest that the database has had. */
    migration: z.string(),
    database: z.string(),
  }),
});
export type AdministrationView = z.infer<typeof AdministrationView>;

/** One community as it was found when somebody last looked. */
export const CommunityReport = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(communityStates),
  /** Null when nobody has looked yet. */
  lookedAt: z.iso.datetime().nullable(),
  found: z.array(ToldFinding),
  /** How many wait to be sent, and how many were refused of late. */
  messages: z.object({ waiting: count, refused: count }),
  /** How many rows of its lists were set aside. */
  aside: count,
});
export type CommunityReport = z.infer<typeof CommunityReport>;

export const CommunitiesView = z.object({
  entries: z.array(CommunityReport),
  /** What to ask for as `after`; null when that was all. */
  next: z.string().nullable(),
});
export type CommunitiesView = z.infer<typeof CommunitiesView>;

export const administrationApi = {
  administration: endpoint({
    method: 'GET',
    path: '/api/administration',
    summary: 'How the app is in the whole organisation, in figures',
    answer: AdministrationView,
  }),
  serverReport: endpoint({
    method: 'GET',
    path: '/api/administration/report',
    summary: 'What the checks have found of the server, a minute ago at most',
    answer: ReportView,
  }),
  checkServer: endpoint({
    method: 'POST',
    path: '/api/administration/report',
    summary: 'Looks at the server anew',
    answer: ReportView,
  }),
  communityReports: endpoint({
    method: 'GET',
    path: '/api/administration/communities',
    summary: 'Every community as it was found when somebody last looked, those that need somebody first',
    query: ['state', 'name', 'after'],
    answer: CommunitiesView,
  }),
  checkCommunity: endpoint({
    method: 'POST',
    path: '/api/administration/communities/{id}/report',
    summary: 'Looks at one community anew',
    answer: CommunityReport,
  }),
};
