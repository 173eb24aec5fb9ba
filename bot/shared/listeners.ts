/** Hands on what happens to those who listen, one after the other; they may come later than the one who tells. */
export interface Listeners<What extends readonly unknown[]> {
  add(listener: (...what: What) => unknown): void;
  /** Waits for every listener; fails as the first of them that fails. */
  tell(...what: What): Promise<void>;
}

export function createListeners<What extends readonly unknown[]>(): Listeners<What> {
  const listeners: ((...what: What) => unknown)[] = [];
  return {
    add: listener => void listeners.push(listener),
    async tell(...what) {
      for (const listener of listeners) await listener(...what);
    },
  };
}
