import type { Logger } from 'pino';
import { errorText } from '../shared/error-text.ts';

/** How long after one look at a list the next one begins at the earliest, in milliseconds, however often it is told of. */
const pause = 2_000;

export interface HeardListParts {
  /** Whoever reads the list next reads what changed first. */
  readonly doubt: (community: string, list: string) => Promise<void>;
  /** Reads what changed in a list, behind everybody. */
  readonly look: (community: string, list: string) => Promise<unknown>;
  /** Whether somebody has a tab of this community open, on whatever server. */
  readonly isWatched: (community: string) => boolean;
  readonly log: Logger;
}

export interface HeardLists {
  /** Graph told that something in this list was changed; resolves once that cannot be lost any more. */
  changed(community: string, list: string): Promise<void>;
  stop(): void;
}

/**
 * What Graph tells of lists: looked at at once while somebody has it open, and else when somebody next reads it. Graph
 * tells of what the app itself wrote as well, often of several changes in a row: they share a look.
 */
export function createHeardLists({ doubt, look, isWatched, log }: HeardListParts): HeardLists {
  /** Lists that were looked at just now, and whether they were told of since. */
  const busy = new Map<string, { isToldAgain: boolean }>();
  const timers = new Set<NodeJS.Timeout>();

  async function lookAt(community: string, list: string): Promise<void> {
    await doubt(community, list);
    await look(community, list);
  }

  function begin(community: string, list: string): void {
    const name = JSON.stringify([community, list]);
    const state = { isToldAgain: false };
    busy.set(name, state);
    lookAt(community, list)
      .catch((error: unknown) =>
        log.debug({ community, list, error: errorText(error) }, 'what changed in a list could not be read'),
      )
      .finally(() => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          busy.delete(name);
          if (state.isToldAgain) begin(community, list);
        }, pause).unref();
        timers.add(timer);
      });
  }

  return {
    async changed(community, list) {
      const state = busy.get(JSON.stringify([community, list]));
      // It was told before that another look is to come.
      if (state?.isToldAgain) return;
      await doubt(community, list);
      if (state) state.isToldAgain = true;
      else if (isWatched(community)) begin(community, list);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
