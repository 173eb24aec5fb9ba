import type { ReadyCommunity } from '../../domain/community.ts';
import { weekOf } from '../../domain/facilitation/facilitation.ts';
import type { Clock } from '../ports.ts';
import type { Translate } from '../text.ts';

/** What waits for somebody, of one kind, for the card of those who facilitate. Names in it went through `plain`. */
export interface WaitingLine {
  readonly text: string;
  /** How many of this kind are open beside those that are named. */
  readonly more: number;
}

/**
 * In the reader's language; `mayReadNewcomers` says whether they may know who answered the welcome, and who did not.
 */
export type Waiting = (t: Translate, mayReadNewcomers: boolean) => readonly WaitingLine[];

/** Read once, for all readers of a card. */
export type ReadWaiting = (community: ReadyCommunity) => Promise<Waiting>;

/** The first day of the week in which a card is read. */
export function weekIn({ clock }: { readonly clock: Clock }, { settings }: ReadyCommunity): string {
  return weekOf(settings, clock()).key;
}
