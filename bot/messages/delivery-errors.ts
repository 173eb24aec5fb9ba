import type { DeliveryReason } from '../../domain/delivery/delivery.ts';

/** Teams will not take this, and trying again will not help. The message is the detail for the administrator. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly reason: DeliveryReason;

  constructor(reason: DeliveryReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/**
 * Teams did not take this now, or Entra lets us speak to it only once an administrator has put the registration right.
 * The message is the detail for the administrator.
 */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  readonly reason: 'throttled' | 'unavailable' | 'not-authorised';
  /** Teams may have taken it all the same: no answer came. */
  readonly uncertain: boolean;
  /** Milliseconds Teams asked us to wait; null when it did not say. */
  readonly retryAfter: number | null;

  constructor(
    reason: RetryableError['reason'],
    detail: string,
    {
      uncertain = false,
      retryAfter = null,
    }: { readonly uncertain?: boolean; readonly retryAfter?: number | null } = {},
  ) {
    super(detail);
    this.reason = reason;
    this.uncertain = uncertain;
    this.retryAfter = retryAfter;
  }
}
