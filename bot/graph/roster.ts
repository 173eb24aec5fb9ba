import type { Member } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import { cleanLine } from '../../domain/text.ts';
import type { Clock, Roster } from '../ports.ts';
import type { Graph } from './client.ts';

/** A team's people as Graph lists them, with the resource-specific consent TeamMember.Read.Group. */
interface ConversationMember {
  readonly userId?: string;
  readonly displayName?: string;
  readonly roles?: readonly string[];
}

/** How long a team's people are remembered, in milliseconds; events that change them are told with `forget`. */
const remembered = 5 * 60_000;
/** How soon a stranger makes us ask again. Somebody may have joined a moment ago. */
const askAgain = 10_000;
/** The largest page that Graph gives of a team's people. */
const page = 999;
/** How many teams are remembered at once; the one asked for longest ago is forgotten first. */
const mostTeams = 500;

export interface RememberingRoster extends Roster {
  forget(community: string): void;
}

export function createRoster(graph: Graph, now: Clock): RememberingRoster {
  const known = new Map<string, { readonly at: number; readonly people: Promise<readonly Member[]> }>();

  async function ask(community: string): Promise<readonly Member[]> {
    const members: Member[] = [];
    let next: string | undefined = `/teams/${encodeURIComponent(community)}/members?$top=${page}`;
    while (next) {
      const answer: { value: ConversationMember[]; '@odata.nextLink'?: string } = await graph.get(next);
      for (const { userId, displayName, roles } of answer.value) {
        if (userId)
          members.push({ id: userId, name: cleanLine(displayName ?? ''), owner: roles?.includes('owner') ?? false });
      }
      next = answer['@odata.nextLink'];
    }
    return members;
  }

  function members(community: string, maximumAge = remembered): Promise<readonly Member[]> {
    const entry = known.get(community);
    const age = entry ? Math.abs(now().getTime() - entry.at) : Infinity;
    if (entry && age < maximumAge) return entry.people;
    const people = ask(community);
    known.delete(community);
    known.set(community, { at: now().getTime(), people });
    const [oldest] = known.keys();
    if (oldest !== undefined && known.size > mostTeams) known.delete(oldest);
    people.catch(() => known.delete(community));
    return people;
  }

  return {
    members: community => members(community),
    async member(community, person) {
      try {
        const found = (await members(community)).find(member => member.id === person);
        return found ?? (await members(community, askAgain)).find(member => member.id === person);
      } catch (error) {
        // A team that Graph does not know, or where the app is no longer installed, has no members for us.
        if (error instanceof CommunityError && (error.code === 'not-found' || error.code === 'not-granted'))
          return undefined;
        throw error;
      }
    },
    forget: community => void known.delete(community),
  };
}
