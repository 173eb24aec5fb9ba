import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { Community, Member } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Feature, TabAnswer, TabRequest } from '../../bot/feature.ts';
import { translateFor } from './feature-parts.ts';

export interface RequestChoices {
  readonly who: Member;
  readonly community: Community;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly ifMatch?: string | null;
}

/**
 * Asks a feature's route the way a tab does: the body and the answer go through the endpoint's schemas, and throw when
 * they do not fit.
 */
export async function request(
  feature: Feature,
  endpoint: AnyEndpoint,
  { who, community, params = {}, body, ifMatch }: RequestChoices,
): Promise<TabAnswer<unknown>> {
  const found = feature.routes?.find(candidate => candidate.endpoint === endpoint);
  if (!found) throw new Error(`feature ${feature.name} does not answer ${endpoint.method} ${endpoint.path}`);
  const asked = {
    who,
    community,
    params,
    body: endpoint.body?.parse(body),
    ifMatch,
    onBehalfOf: tokenOf(who),
    t: translateFor(feature),
  };
  const answer = await found.handle(asked as TabRequest<never>);
  endpoint.answer.parse(answer.body);
  return answer;
}

/** What a person's own token is in tests. */
export function tokenOf(who: Pick<Member, 'id'>): string {
  return `token of ${who.id}`;
}

/** The expected failure of a call; throws when it succeeds or fails otherwise. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{ readonly code: string; readonly details: Readonly<Record<string, unknown>> }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof CommunityError) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error('expected a CommunityError, but the call succeeded');
}
