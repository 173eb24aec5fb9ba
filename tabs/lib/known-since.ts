/** As of when a community is known, where SharePoint does not say what changed since. */
export interface KnownSince {
  /** Null while it is known as it is now. */
  of(community: string): Date | null;
  /** @returns what ends it */
  listen(listener: () => void): () => void;
}

export function createKnownSince(): KnownSince & { hear(community: string, said: string | null): void } {
  const moments = new Map<string, Date>();
  const listeners = new Set<() => void>();
  return {
    of: community => moments.get(community) ?? null,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** @param said what the server's header says; null where an answer rests on no list */
    hear(community, said) {
      if (said === null) return;
      const moment = new Date(said);
      const before = moments.get(community);
      if (Number.isNaN(moment.getTime())) moments.delete(community);
      else moments.set(community, before?.getTime() === moment.getTime() ? before : moment);
      if (moments.get(community) !== before) for (const listener of listeners) listener();
    },
  };
}
