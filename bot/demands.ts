import type { Community, Member, ReadyCommunity } from '../domain/community.ts';
import { mustBeAble, mustBeReady, type Owned, type Permission } from '../domain/permissions.ts';

/**
 * What somebody must be allowed, and of which community, before anything of a feature runs for them. It stands where a
 * route, a button or a word is declared, and is asked by whatever was made from that: nothing inside can forget it.
 */
export interface Demands {
  /** `community.read` is for everybody in the team. */
  readonly may: Permission;
  /**
   * It is done to something that is somebody's: inside, the domain is asked whether it is this person's (`ofOthers`).
   */
  readonly own?: Owned;
  /** Only where the community is set up; then what answers gets a community with settings. */
  readonly ready?: true;
}

/** The community as something with these demands may rely on it. */
export type CommunityFor<D extends Demands> = D extends { readonly ready: true } ? ReadyCommunity : Community;

/** Only what the functions of feature.ts made has this, so that nothing answers without having been asked who may. */
declare const demanded: unique symbol;
export interface Demanding {
  readonly demands: Demands;
  readonly [demanded]: true;
}

/** Answers the same, but throws `not-allowed` or `not-set-up` for whoever may not be served here. */
export function demanding<Request extends { readonly who: Member; readonly community: Community }, Answer>(
  demands: Demands,
  answer: (request: Request) => Promise<Answer>,
): (request: Request) => Promise<Answer> {
  return async request => {
    mustMeet(demands, request);
    return answer(request);
  };
}

/** Throws `not-allowed` or `not-set-up` for whoever may not be served here. */
export function mustMeet(
  { may, ready }: Demands,
  { who, community }: { readonly who: Member; readonly community: Community },
): void {
  mustBeAble(who, may, community);
  if (ready) mustBeReady(who, community);
}
