import type { Subscriptions } from '../lists/subscriptions.ts';
import { scarce, type Live } from './live.ts';

/** How often it is looked what changed in SharePoint itself, in milliseconds: shown within half a minute. */
const every = 20_000;
/** While SharePoint's units are scarce, one look of so many is made. */
const oneOf = 6;
/** While Graph tells of changes by itself, one look of so many is made: what it tells may get lost. */
const oneOfWhenTold = 9;
export interface LookAgainParts {
  readonly live: Pick<Live, 'watched'>;
  /** Reads what changed in the lists of a community that people look at; whoever hears of it asks anew. */
  readonly lookAgain: (community: string) => void;
  /** Which part of SharePoint's units for a minute is spent, from 0 to 1. */
  readonly spent: () => number;
  readonly subscriptions: Pick<Subscriptions, 'want' | 'covers'>;
}

/**
 * What people change in SharePoint itself is looked for while somebody has a tab open, unless Graph may tell of it.
 *
 * @returns what ends it
 */
export function startLookingAgain({ live, lookAgain, spent, subscriptions }: LookAgainParts): () => void {
  let looks = 0;
  const timer = setInterval(() => {
    looks++;
    if (spent() >= scarce && looks % oneOf !== 0) return;
    for (const community of live.watched()) {
      subscriptions.want(community);
      if (!subscriptions.covers(community) || looks % oneOfWhenTold === 0) lookAgain(community);
    }
  }, every).unref();
  return () => clearInterval(timer);
}
