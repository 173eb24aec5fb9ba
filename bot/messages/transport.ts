import type { Card } from '../cards.ts';

/** How long one call to Teams may take, in milliseconds. */
export const callTimeout = 15_000;

/**
 * Posts and updates cards in Teams, each call once. Fails with a `PermanentError` or a `RetryableError`, whatever goes
 * wrong there.
 */
export interface Transport {
  send(card: AddressedCard, waitForSlot: WaitForSlot): Promise<PostedCard>;
  /**
   * Replaces a card in place. Where the whole chat is gone, a card that is still wanted is posted anew.
   * @returns where the card is now, if it was posted anew.
   */
  update(card: ReplacedCard, waitForSlot: WaitForSlot): Promise<PostedCard | undefined>;
}

export interface AddressedCard {
  readonly community: string;
  /** A person's id, or `channel`. */
  readonly recipient: string;
  readonly card: Card;
  readonly summary: string;
}

/** Where Teams put a card. */
export interface PostedCard {
  readonly conversationId: string;
  readonly activityId: string;
}

export interface ReplacedCard extends AddressedCard, PostedCard {
  /** It is not too late to post it for the first time, and its recipient wants messages. */
  readonly isStillWanted: boolean;
}

/** A `message` puts a new message there; an `idempotent` call may be made twice without a trace. */
type CallKind = 'message' | 'idempotent';

/** Awaited before each call to Teams; a message to a person without a chat takes more than one. */
export type WaitForSlot = (kind: CallKind) => Promise<void>;
