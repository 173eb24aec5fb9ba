import type { Store } from './store.ts';

/**
 * The desk's clock: it runs at the usual pace and can be moved. Tokens keep real time; everything else follows this.
 */
export interface MovableClock {
  now(): Date;
  /** Moves the clock so that it is this moment now. */
  moveTo(moment: Date): void;
  /** Puts the clock back to real time. */
  reset(): void;
  /** True when it shows something else than real time. */
  readonly moved: boolean;
  /** Calls back after each move. */
  onMove(listener: () => void): void;
}

export function createClock(store: Store): MovableClock {
  const settings = store.collection<{ offset: number }>('clock');
  const listeners: (() => void)[] = [];

  function offset(): number {
    return settings.get('offset')?.offset ?? 0;
  }
  function setOffset(milliseconds: number): void {
    settings.put('offset', { offset: milliseconds });
    for (const listener of listeners) listener();
  }

  return {
    now: () => new Date(Date.now() + offset()),
    moveTo: moment => setOffset(moment.getTime() - Date.now()),
    reset: () => setOffset(0),
    get moved() {
      return offset() !== 0;
    },
    onMove: listener => void listeners.push(listener),
  };
}
