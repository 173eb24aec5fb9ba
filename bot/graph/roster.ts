import type { Member } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import { cleanLine } from '../../domain/text.ts';
import type { Clock, Roster } from '../ports.ts';
import type { Graph } from './client.ts';

/**
 * A team's people as Graph lists them, with the resource-specific consent TeamMember.Read.Group. Guests and people who
 * were deleted may come without a name or an id.
 */
interface ConversationMember {
  readonly userId?: string | null;
  readonly displayName?: string | null;
  readonly roles?: readonly string[] | null;
}

/** Who is in a team, from elsewhere. */
interface Present {
  readonly id: string;
  readonly name: string;
}

/** Somebody else who knows a team's people, though not who owns it. Both throw when that is not known. */
export interface OtherRoster {
  /** Asked when Graph does not give the whole list. Undefined when the app is not in that team. */
  members(community: string): Promise<readonly Present[] | undefined>;
  /** Asked when a list that looks whole lacks somebody whom we know there. Undefined when they are not in the team. */
  member(community: string, person: string): Promise<Present | undefined>;
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

const nobodyElse: OtherRoster = { members: async () => undefined, member: async () => undefined };

/**
 * @param other nobody when left out
 * @param isKnown whether we know this person in the community: a list without them contradicts that
 */
export function createRoster(
  graph: Graph,
  now: Clock,
  other: OtherRoster = nobodyElse,
  isKnown: (community: string, person: string) => Promise<boolean> = async () => false,
): RememberingRoster {
  const known = new Map<string, { readonly at: number; people: Promise<readonly Member[]> }>();
  /** Of the last list that Graph gave whole: the other roster does not say who owns a team. */
  const owners = new Map<string, ReadonlySet<string>>();

  async function ask(community: string): Promise<readonly Member[]> {
    try {
      const members = await readMembers(graph, community);
      keep(owners, community, ownersAfter(members, owners.get(community)));
      return members;
    } catch (error) {
      if (!(error instanceof CommunityError) || error.code === 'throttled') throw error;
      return membersFromElsewhere(community, error);
    }
  }

  async function membersFromElsewhere(community: string, error: CommunityError): Promise<readonly Member[]> {
    const present = await other.members(community).catch(() => 'unknown' as const);
    // Nobody could say who is in the team: no reason to take anybody for a stranger, or for somebody who has left.
    if (present === 'unknown' || (present === undefined && error.code === 'invalid'))
      throw new CommunityError('unavailable', `the people of ${community}: ${error.message}`, error.details);
    // The app is not in that team. It is the list of people that was refused, and no site of SharePoint's.
    if (present === undefined)
      throw error.code === 'not-granted' ? new CommunityError('not-found', error.message, error.details) : error;
    return present.map(person => ({ ...person, owner: owners.get(community)?.has(person.id) ?? false }));
  }

  function members(community: string, maximumAge = remembered): Promise<readonly Member[]> {
    const entry = known.get(community);
    const age = entry ? Math.abs(now().getTime() - entry.at) : Infinity;
    if (entry && age < maximumAge) return entry.people;
    const people = ask(community);
    keep(known, community, { at: now().getTime(), people });
    people.catch(() => known.delete(community));
    return people;
  }

  /** Graph's list now and then lacks one person alone, who is in the team all the same. */
  async function overlooked(community: string, person: string): Promise<Member | undefined> {
    if (!(await isKnown(community, person))) return undefined;
    const present = await other.member(community, person);
    if (!present) return undefined;
    const member = { ...present, owner: owners.get(community)?.has(person) ?? false };
    const entry = known.get(community);
    if (entry) entry.people = entry.people.then(people => [...people.filter(({ id }) => id !== person), member]);
    return member;
  }

  return {
    members: community => members(community),
    async member(community, person) {
      const isThem = ({ id }: Member): boolean => id === person;
      try {
        const found = (await members(community)).find(isThem) ?? (await members(community, askAgain)).find(isThem);
        return found ?? (await overlooked(community, person));
      } catch (error) {
        // A team that Graph does not know, or where the app is no longer installed, has no members for us.
        if (error instanceof CommunityError && error.code === 'not-found') return undefined;
        throw error;
      }
    },
    forget: community => void known.delete(community),
  };
}

/** Every page of a team's people. A list that breaks off is none: who stands on a later page has not left. */
async function readMembers(graph: Graph, community: string): Promise<readonly Member[]> {
  const members = new Map<string, Member>();
  const first = `/teams/${encodeURIComponent(community)}/members?$top=${page}`;
  const followed = new Set<string>();
  for (let next: string | undefined = first; next; ) {
    if (followed.has(next)) throw brokenList(community, 'a link to the next page leads back');
    followed.add(next);
    const answer: { value: ConversationMember[]; '@odata.nextLink'?: string } = await graph
      .get<{ value: ConversationMember[]; '@odata.nextLink'?: string }>(next)
      .catch((error: unknown) => {
        const breaksOff = followed.size > 1 && error instanceof CommunityError && error.code !== 'throttled';
        throw breaksOff ? brokenList(community, error.message) : error;
      });
    for (const { userId, displayName, roles } of answer.value) {
      if (!userId) continue;
      members.set(userId, { id: userId, name: cleanLine(displayName ?? ''), owner: roles?.includes('owner') ?? false });
    }
    next = answer['@odata.nextLink'];
  }
  return [...members.values()];
}

/** Whoever owned a team by the list before, and is not in this one, is not said to own it no longer. */
function ownersAfter(members: readonly Member[], before: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const listed = new Set(members.map(({ id }) => id));
  const owning = members.flatMap(({ id, owner }) => (owner ? [id] : []));
  return new Set([...owning, ...[...before].filter(id => !listed.has(id))]);
}

function brokenList(community: string, why: string): CommunityError {
  return new CommunityError('unavailable', `Graph gave only some of the people of ${community}: ${why}`);
}

function keep<Value>(map: Map<string, Value>, community: string, value: Value): void {
  map.delete(community);
  map.set(community, value);
  const [oldest] = map.keys();
  if (oldest !== undefined && map.size > mostTeams) map.delete(oldest);
}
