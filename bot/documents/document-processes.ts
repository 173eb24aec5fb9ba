import type { Child } from './document-child.ts';

/** The processes that make documents: one that has nothing to do waits a while for the next document. */
export interface Processes {
  take(): Child;
  /** It is well, and has nothing to do. */
  putBack(child: Child): void;
  end(child: Child): void;
  /** Ends all of them. */
  stop(): void;
}

/** @param idle milliseconds after which a process that has nothing to do is ended. */
export function createProcesses(start: () => Child, idle: number): Processes {
  const children = new Set<Child>();
  const resting = new Map<Child, ReturnType<typeof setTimeout>>();

  function started(): Child {
    const child = start();
    children.add(child);
    return child;
  }

  function rested(): Child | undefined {
    const [child, timer] = resting.entries().next().value ?? [];
    if (!child) return undefined;
    clearTimeout(timer);
    resting.delete(child);
    // A process that died while it had nothing to do is replaced.
    return child.alive() ? child : rested();
  }

  function end(child: Child): void {
    resting.delete(child);
    children.delete(child);
    child.end();
  }

  return {
    take: () => rested() ?? started(),
    putBack: child => void resting.set(child, setTimeout(() => end(child), idle).unref()),
    end,
    stop() {
      for (const timer of resting.values()) clearTimeout(timer);
      resting.clear();
      for (const child of children) child.end();
      children.clear();
    },
  };
}
