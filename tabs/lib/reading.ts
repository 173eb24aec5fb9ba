import type { QueryKey } from '@tanstack/react-query';
import type { Endpoint } from '../../domain/endpoint.ts';
import type { Client } from './api.ts';
import type { Session } from './session.tsx';

/** Who reads, and of which community. */
export type Reader = Pick<Session, 'client' | 'communityId'>;

/** What TanStack Query is told about it. */
export interface Reading<Answer> {
  readonly queryKey: QueryKey;
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Answer>;
  readonly initialData: () => Answer | undefined;
  readonly initialDataUpdatedAt: () => number | undefined;
}

/**
 * How something is read from the server: asked for before it is shown as when it is shown. It begins with what this
 * browser kept of it, which is old, and so is read anew.
 */
export function reading<Answer>(
  client: Client,
  queryKey: QueryKey,
  endpoint: Endpoint<unknown, Answer>,
  params = {},
): Reading<Answer> {
  return {
    queryKey,
    queryFn: ({ signal }) => client(endpoint, { params, signal }),
    initialData: () => client.kept(endpoint, params)?.answer,
    initialDataUpdatedAt: () => client.kept(endpoint, params)?.at,
  };
}

/** The same for what belongs to a community. */
export function readingOf<Answer>(
  { client, communityId }: Reader,
  keyOf: (community: string) => QueryKey,
  endpoint: Endpoint<unknown, Answer>,
): Reading<Answer> {
  return reading(client, keyOf(communityId), endpoint, { community: communityId });
}
