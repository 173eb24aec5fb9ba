import { liveTopics, type LiveTopic } from '../../domain/live/live.ts';
import type { LiveChanges, LiveListener } from '../ports.ts';
import { createPresence } from './presence.ts';
import type { News, Relay } from './relay.ts';

/** How long changes are gathered before they are told, in milliseconds. */
const gathering = 100;
/** The same while SharePoint's units are scarce: whoever hears of a change reads lists anew. */
const gatheringWhenScarce = 5_000;
/** They are scarce once this part of what a minute has is spent: to make the lists of a community costs nearly half. */
export const scarce = 2 / 3;
/**
 * For how long a change is told to whoever comes after it, in milliseconds: a tab reads its screen before it listens, and
 * what that reading found out about a list is told in between.
 */
const toldFor = 10_000;

export interface Live extends LiveChanges {
  /** What a topic shows was changed, or perhaps was. */
  tell(community: string, topic: LiveTopic): void;
  /** The communities of which somebody has a tab open, on this server. */
  watched(): readonly string[];
  /** Whether somebody has a tab open, on whatever server. */
  isWatched(community: string): boolean;
  /** Somebody came or left. */
  tellPeople(community: string): void;
  /** Ends every open answer, and tells nothing more. */
  stop(): Promise<void>;
}

export interface LiveParts {
  /** To the other servers on the same database; null where there are none. */
  readonly relay: Relay | null;
  /** Which part of SharePoint's units for a minute is spent, from 0 to 1. */
  readonly spent: () => number;
  /** Hears that people came or left a community, as another server was told. */
  readonly peopleChanged: (community: string) => void;
}

/** Who has a tab open hears at once what others changed, on whatever server: which topics, and never what they say. */
export function createLive({ relay, spent, peopleChanged }: LiveParts): Live {
  const { of, add, communities } = createListening();
  const lately = createLately();
  const gathered = new Map<string, Set<LiveTopic>>();
  let timer: NodeJS.Timeout | undefined;

  const presence = createPresence({
    tell(community, people) {
      for (const listener of of(community)) listener.here(people);
    },
    share: (community, here) => relay?.send({ community, topics: [], people: false, here }),
  });

  function hear({ community, topics, people }: News): void {
    if (people) for (const listener of of(community)) listener.people();
    if (topics.length === 0) return;
    lately.note(community, topics);
    for (const listener of of(community)) listener.changed(topics);
  }

  function share(news: News): void {
    hear(news);
    relay?.send(news);
  }

  function tellGathered(): void {
    timer = undefined;
    const all = [...gathered];
    gathered.clear();
    for (const [community, topics] of all) share({ community, topics: [...topics], people: false });
  }

  relay?.listen({
    hear(news, from) {
      if (news.people) peopleChanged(news.community);
      if (news.here) presence.heard(news.community, from, news.here);
      hear(news);
    },
    // What was told meanwhile is lost: everything may have changed.
    missed() {
      for (const community of communities()) hear({ community, topics: liveTopics, people: true });
    },
  });

  return {
    tell(community, topic) {
      gathered.set(community, (gathered.get(community) ?? new Set()).add(topic));
      timer ??= setTimeout(tellGathered, spent() >= scarce ? gatheringWhenScarce : gathering).unref();
    },
    watched: communities,
    isWatched: community => of(community).length > 0 || presence.isAnybody(community),
    tellPeople: community => share({ community, topics: [], people: true }),
    listen(community, listener) {
      const leave = add(community, listener);
      const told = lately.of(community);
      if (told.length > 0) listener.changed(told);
      return leave;
    },
    enter: presence.enter,
    async stop() {
      clearTimeout(timer);
      presence.stop();
      for (const community of communities()) for (const listener of of(community)) listener.ended();
      await relay?.stop();
    },
  };
}

/** Who listens to which community, on this server. */
function createListening() {
  const listeners = new Map<string, Set<LiveListener>>();
  return {
    of: (community: string): readonly LiveListener[] => [...(listeners.get(community) ?? [])],
    communities: (): readonly string[] => [...listeners.keys()],
    /** @returns what ends it */
    add(community: string, listener: LiveListener): () => void {
      const here = listeners.get(community) ?? new Set();
      listeners.set(community, here.add(listener));
      return () => {
        here.delete(listener);
        if (here.size === 0 && listeners.get(community) === here) listeners.delete(community);
      };
    },
  };
}

/** Which topics of communities were told a moment ago. */
function createLately() {
  const moments = new Map<string, Map<LiveTopic, number>>();

  function of(community: string): readonly LiveTopic[] {
    const since = performance.now() - toldFor;
    return [...(moments.get(community) ?? [])].flatMap(([topic, at]) => (at > since ? [topic] : []));
  }

  return {
    of,
    note(community: string, topics: readonly LiveTopic[]): void {
      const told = moments.get(community) ?? new Map<LiveTopic, number>();
      for (const topic of topics) told.set(topic, performance.now());
      moments.set(community, told);
      setTimeout(() => {
        if (of(community).length === 0) moments.delete(community);
      }, toldFor).unref();
    },
  };
}
