/** What people wait for: one thing of a person at a time, and people take turns. */
export interface FairQueue<Item> {
  add(person: string, item: Item): void;
  /** The first thing of the person who was served longest ago, of those of whom nothing is under way. */
  take(): { readonly person: string; readonly item: Item } | undefined;
  /** What was taken for this person is done. */
  finish(person: string): void;
  waiting(): number;
  waitingOf(person: string): number;
  /** Takes out everything that waits. */
  clear(): readonly Item[];
}

export function createFairQueue<Item>(): FairQueue<Item> {
  /** The person who was served last stands last. */
  const waiting = new Map<string, Item[]>();
  const served = new Set<string>();

  return {
    add: (person, item) => void waiting.set(person, [...(waiting.get(person) ?? []), item]),
    take() {
      const [person, items = []] = [...waiting].find(([one]) => !served.has(one)) ?? [];
      const item = items.shift();
      if (person === undefined || item === undefined) return undefined;
      if (items.length === 0) waiting.delete(person);
      served.add(person);
      return { person, item };
    },
    finish(person) {
      served.delete(person);
      const more = waiting.get(person);
      if (!more) return;
      waiting.delete(person);
      waiting.set(person, more);
    },
    waiting: () => [...waiting.values()].flat().length,
    waitingOf: person => waiting.get(person)?.length ?? 0,
    clear() {
      const left = [...waiting.values()].flat();
      waiting.clear();
      return left;
    },
  };
}
