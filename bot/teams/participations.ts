import type { Community, Member } from '../../domain/community.ts';
import type { Installations } from '../database/communities.ts';
import type { Roster } from '../ports.ts';

/** A person in a community. */
export interface Participation {
  readonly community: Community;
  readonly who: Member;
}

export interface ParticipationParts {
  readonly communities: Pick<Installations, 'met'>;
  readonly roster: Pick<Roster, 'member'>;
}

/** In which of these communities a person is. That they were met there is remembered. */
export async function participationsOf(
  { communities, roster }: ParticipationParts,
  person: string,
  candidates: readonly Community[],
): Promise<readonly Participation[]> {
  const members = await Promise.all(
    candidates.map(async community => ({ community, who: await roster.member(community.id, person) })),
  );
  const found = members.flatMap(({ community, who }) => (who ? [{ community, who }] : []));
  for (const { community } of found) await communities.met(community.id, person);
  return found;
}
