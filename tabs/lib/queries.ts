import { QueryClient, type Query, type QueryKey } from '@tanstack/react-query';
import { mayPass } from './api.ts';

/** What is asked once and shared by the screens. */
export const keys = {
  communities: (): QueryKey => ['communities'],
  community: (id: string): QueryKey => ['community', id],
  overview: (id: string): QueryKey => ['overview', id],
  members: (id: string): QueryKey => ['members', id],
  charter: (id: string): QueryKey => ['charter', id],
  plan: (id: string): QueryKey => ['plan', id],
  /** Whatever is said of the plan, such as that it is out of date, is said of these as well. */
  olderActions: (id: string): QueryKey => ['plan', id, 'older'],
  /** Of one action, or of all. */
  actionComments: (id: string, action?: string): QueryKey =>
    action === undefined ? ['plan-comments', id] : ['plan-comments', id, action],
  calendar: (id: string): QueryKey => ['calendar', id],
  events: (id: string): QueryKey => ['events', id],
  event: (id: string, event: string): QueryKey => ['event', id, event],
  /** Of everything that was searched for. */
  attendances: (id: string, event: string): QueryKey => ['attendance', id, event],
  attendance: (id: string, event: string, name: string): QueryKey => ['attendance', id, event, name],
  agenda: (id: string): QueryKey => ['agenda', id],
  library: (id: string): QueryKey => ['library', id],
  roles: (id: string): QueryKey => ['roles', id],
  history: (id: string, section: string): QueryKey => ['charter-history', id, section],
  settings: (id: string): QueryKey => ['settings', id],
  holidays: (id: string, asked: object): QueryKey => ['holidays', id, asked],
  surveys: (id: string): QueryKey => ['surveys', id],
  surveyPreview: (id: string, draft: unknown): QueryKey => ['survey-preview', id, draft],
  digest: (id: string): QueryKey => ['digest', id],
  digestPreview: (id: string, audience: string, words: unknown): QueryKey => ['digest-preview', id, audience, words],
  sentDigest: (id: string, audience: string, period: string): QueryKey => ['digest-sent', id, audience, period],
  delivery: (id: string | null, filter: object): QueryKey => ['delivery', id, filter],
  audit: (id: string | null, filter: object): QueryKey => ['audit', id, filter],
  administration: (): QueryKey => ['administration'],
  serverReport: (): QueryKey => ['server-report'],
  communityReports: (filter: object): QueryKey => ['community-reports', filter],
  privacy: (id: string): QueryKey => ['privacy', id],
  newcomers: (id: string): QueryKey => ['newcomers', id],
};

/**
 * For how long an answer is shown without asking again, in milliseconds. What this browser kept from an earlier time is
 * always asked again: nobody listened to changes meanwhile.
 */
export function freshFor(milliseconds: number): (query: Pick<Query, 'state'>) => number {
  return ({ state }) => (state.dataUpdateCount === 0 ? 0 : milliseconds);
}

/** Reads are asked again when that may help; changes are not, because their owner decides. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshFor(10_000),
        retry: (count, error) => count < 2 && mayPass(error),
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
