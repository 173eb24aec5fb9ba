import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { mayPass } from './api.ts';

/** What is asked once and shared by the screens. */
export const keys = {
  community: (id: string): QueryKey => ['community', id],
  members: (id: string): QueryKey => ['members', id],
  charter: (id: string): QueryKey => ['charter', id],
  roles: (id: string): QueryKey => ['roles', id],
  history: (id: string, section: string): QueryKey => ['charter-history', id, section],
  settings: (id: string): QueryKey => ['settings', id],
  surveys: (id: string): QueryKey => ['surveys', id],
  delivery: (id: string | null, filter: object): QueryKey => ['delivery', id, filter],
  newcomers: (id: string): QueryKey => ['newcomers', id],
};

/** Reads are asked again when that may help; changes are not, because their owner decides. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && mayPass(error),
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
