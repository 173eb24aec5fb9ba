import type { Present } from '../../domain/live/live.ts';

/** How long comings and goings are gathered before they are told, in milliseconds. */
const gathering = 300;
/** The same where so many are there that each of them tells them all. */
const gatheringOfMany = 5_000;
const many = 50;

/** How often a server says again who is there with it, and how long others believe it, in milliseconds. */
const sayAgainEvery = 30_000;
const believedFor = 75_000;

/** Most people that one server names to the others: what PostgreSQL carries is 8,000 bytes. */
const mostNamed = 30;

export interface Presence {
  /** Somebody has the community open. @returns what says that they have left */
  enter(community: string, who: Present): () => void;
  /** Whether somebody has it open, on whatever server. */
  isAnybody(community: string): boolean;
  /** What another server said. */
  heard(community: string, from: string, people: readonly Present[]): void;
  stop(): void;
}

export interface PresenceParts {
  /** Tells those who listen on this server. */
  readonly tell: (community: string, people: readonly Present[]) => void;
  /** Tells the other servers who is there with this one. */
  readonly share: (community: string, people: readonly Present[]) => void;
}

/**
 * Who has a community open at this moment, on whatever server, each person once. It is in memory alone, and gone with
 * the answer that stays open: nothing says later who looked when.
 */
export function createPresence({ tell, share }: PresenceParts): Presence {
  const here = new Map<string, Set<Present>>();
  const elsewhere = new Map<string, Map<string, { readonly people: readonly Present[]; readonly at: number }>>();
  const waiting = new Map<string, NodeJS.Timeout>();

  const local = (community: string): readonly Present[] => eachOnce([...(here.get(community) ?? [])]);

  function all(community: string): readonly Present[] {
    const others = [...(elsewhere.get(community)?.values() ?? [])].filter(({ at }) => Date.now() - at < believedFor);
    return eachOnce([...local(community), ...others.flatMap(({ people }) => people)]);
  }

  function tellSoon(community: string, shares: boolean): void {
    if (shares) toShare.add(community);
    if (waiting.has(community)) return;
    const pause = all(community).length > many ? gatheringOfMany : gathering;
    waiting.set(
      community,
      setTimeout(() => {
        waiting.delete(community);
        tell(community, all(community));
        if (toShare.delete(community)) share(community, local(community).slice(0, mostNamed));
      }, pause).unref(),
    );
  }

  const toShare = new Set<string>();
  const again = setInterval(() => {
    for (const community of here.keys()) share(community, local(community).slice(0, mostNamed));
    for (const [community, servers] of elsewhere) {
      const gone = [...servers].filter(([, { at }]) => Date.now() - at >= believedFor);
      for (const [server] of gone) servers.delete(server);
      if (servers.size === 0) elsewhere.delete(community);
      if (gone.length > 0) tellSoon(community, false);
    }
  }, sayAgainEvery).unref();

  return {
    enter(community, who) {
      const people = here.get(community) ?? new Set();
      here.set(community, people.add(who));
      tellSoon(community, true);
      return () => {
        if (!people.delete(who)) return;
        if (people.size === 0) here.delete(community);
        tellSoon(community, true);
      };
    },
    isAnybody: community => all(community).length > 0,
    heard(community, from, people) {
      const servers = elsewhere.get(community) ?? new Map();
      const before = servers.get(from)?.people ?? [];
      elsewhere.set(community, servers);
      if (people.length === 0) servers.delete(from);
      else servers.set(from, { people, at: Date.now() });
      if (servers.size === 0) elsewhere.delete(community);
      if (here.has(community) && JSON.stringify(before) !== JSON.stringify(people)) tellSoon(community, false);
    },
    stop() {
      clearInterval(again);
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}

/** By name; who has several tabs open edits what they edit in any of them. */
function eachOnce(people: readonly Present[]): readonly Present[] {
  const found = new Map<string, Present>();
  for (const one of people) {
    const before = found.get(one.id);
    found.set(one.id, before && one.editing === null ? before : one);
  }
  return [...found.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}
