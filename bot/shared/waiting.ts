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

/** What waits for somebody, and is put to people by cards of its own as well. */
export interface OpenQuestion {
  readonly kind: string;
  readonly period: string;
  /** Whom it is put to, by their ids. */
  readonly to: readonly string[];
  /** The day on which it came up. */
  readonly cameUp: string;
  /** The day on which it was put first, where that was on no morning. */
  readonly since: string | null;
}

/**
 * Those of these that come to a reader of the week's card by themselves in its week: who gets a card about something is
 * not told of it the day before.
 */
export type ReadComing = <Question extends OpenQuestion>(
  community: ReadyCommunity,
  week: string,
  questions: readonly Question[],
) => Promise<ReadonlySet<Question>>;

/** The first day of the week in which a card is read. */
export function weekIn({ clock }: { readonly clock: Clock }, { settings }: ReadyCommunity): string {
  return weekOf(settings, clock()).key;
}
