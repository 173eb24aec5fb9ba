import type { Live } from './live.ts';

/** How often it is looked what changed in SharePoint itself, in milliseconds: shown within half a minute. */
const every = 20_000;
/** While SharePoint's units are scarce, one look of so many is made. */
const oneOf = 6;
/** They are scarce once this part of what a minute has is spent. */
const scarce = 1 / 3;

export interface LookAgainParts {
  readonly live: Pick<Live, 'watched'>;
  /** Reads what changed in the lists of a community that people look at; whoever hears of it asks anew. */
  readonly lookAgain: (community: string) => void;
  /** Which part of SharePoint's units for a minute is spent, from 0 to 1. */
  readonly spent: () => number;
}

/**
 * Nobody tells us what people change in SharePoint itself. While somebody has a tab open, it is looked for.
 *
 * @returns what ends it
 */
export function startLookingAgain({ live, lookAgain, spent }: LookAgainParts): () => void {
  let looks = 0;
  const timer = setInterval(() => {
    if (spent() >= scarce && ++looks % oneOf !== 0) return;
    for (const community of live.watched()) lookAgain(community);
  }, every).unref();
  return () => clearInterval(timer);
}
