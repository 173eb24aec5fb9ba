import { createContext, use, useCallback } from 'react';
import type { CommunityView } from '../../domain/tab/api.ts';
import type { Endpoint } from '../../domain/endpoint.ts';
import type { Call, Client } from './api.ts';
import type { PageConfig } from './config.ts';
import type { Host } from './teams.ts';
import type { Sentences, Texts, Translate } from './text.ts';

/** Something that was done, in a sentence, and the way back. */
export interface Undoable {
  readonly sentence: string;
  /** Resolves to whether it is as before; where it is not, whoever did it says why. */
  readonly undo: () => Promise<boolean>;
}

/** What every page needs: who, and the ways out of it. */
export interface Visit {
  readonly host: Host;
  readonly config: PageConfig;
  readonly texts: Texts;
  readonly client: Client;
  /** Has a screen reader say this, politely. */
  readonly announce: (sentence: string) => void;
  /** Says and shows what was done, and offers to take it back. */
  readonly offerUndo: (done: Undoable) => void;
}

/** What every screen of a community needs. */
export interface Session extends Visit {
  /** The group id of the community. */
  readonly communityId: string;
  /** Puts a link to this place into the person's clipboard; false when the host cannot. */
  readonly share: (link: { readonly subPageId: string; readonly label: string }) => boolean;
}

export const VisitContext = createContext<Visit | null>(null);
export const SessionContext = createContext<Session | null>(null);
export const CommunityContext = createContext<CommunityView | null>(null);

export function useVisit(): Visit {
  const visit = use(VisitContext);
  if (!visit) throw new Error('useVisit needs a VisitContext around it: see visit.tsx');
  return visit;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession needs a SessionContext around it: see shell.tsx');
  return session;
}

/** The community, and what this person may do in it. */
export function useCommunity(): CommunityView {
  const community = use(CommunityContext);
  if (!community) throw new Error('useCommunity needs a CommunityContext around it: see shell.tsx');
  return community;
}

/** Calls an endpoint of this community. */
export function useCall(): <Body, Answer>(
  endpoint: Endpoint<Body, Answer>,
  call?: Omit<Call<Body>, 'params'> & { readonly params?: Readonly<Record<string, string>> },
) => Promise<Answer> {
  const { client, communityId } = useSession();
  return useCallback(
    (endpoint, call) => client(endpoint, { ...call, params: { ...call?.params, community: communityId } }),
    [client, communityId],
  );
}

/** The sentences of one part, in the person's language. */
export function useText(part: string, sentences: Sentences): Translate {
  return useVisit().texts.for(part, sentences);
}

/**
 * The hook for the sentences of one part. They come with the code of that part, so that a tab loads only what it shows.
 */
export function textOf(part: string, sentences: Sentences): () => Translate {
  return () => useText(part, sentences);
}
