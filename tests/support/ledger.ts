import type { DeliveryReason, DeliveryState } from '../../domain/delivery/delivery.ts';

/** What a message is known by: community, kind, period, recipient. */
export type Key = string;

/** A message as the outbox has it in the end. */
export interface Kept {
  readonly key: Key;
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  /** Calls of which nobody knows whether Teams took the message. */
  readonly uncertain: number;
}

export interface Evidence {
  /** Every message that had to be decided on. */
  readonly expected: Iterable<Key>;
  /** What arrived in Teams, one entry a copy. */
  readonly arrived: readonly Key[];
  readonly kept: readonly Kept[];
  /**
   * How often, of each message, somebody saw Teams take it while the answer could not be noted: its server was killed
   * at that moment, or its connection cut. Left out where nobody could look; then what the outbox counted is believed.
   */
  readonly cut?: ReadonlyMap<Key, number>;
}

/** What is wrong with a delivery. Nothing, when every list is empty. */
export interface Verdict {
  /** Expected, not arrived, and the outbox gives no reason. */
  readonly missing: readonly Key[];
  /** More copies arrived than outcomes were unknown. */
  readonly doubled: readonly string[];
  /** Copies beyond the first of which the outbox does not know that it may have sent them. */
  readonly concealed: readonly string[];
  /** Refused or expired, and yet no reason; or not settled at all. */
  readonly unexplained: readonly string[];
  /** Nobody asked for these. */
  readonly strangers: readonly Key[];
}

export const faultless: Verdict = { missing: [], doubled: [], concealed: [], unexplained: [], strangers: [] };

/** Holds what arrived against what had to, and against what the outbox says of it. */
export function verdictOf({ expected, arrived, kept, cut }: Evidence): Verdict {
  const wanted = new Set(expected);
  const copies = new Map<Key, number>();
  for (const key of arrived) copies.set(key, (copies.get(key) ?? 0) + 1);
  const rows = new Map(kept.map(row => [row.key, row]));
  const allowed = cut ?? new Map(kept.map(({ key, uncertain }) => [key, uncertain]));
  const extra = [...copies]
    .map(([key, count]) => ({ key, count, beyond: count - 1 }))
    .filter(({ beyond }) => beyond > 0);

  return {
    missing: [...wanted].filter(key => !copies.has(key) && !(rows.get(key)?.reason ?? null)),
    doubled: extra
      .filter(({ key, beyond }) => beyond > (allowed.get(key) ?? 0))
      .map(({ key, count }) => `${key} arrived ${count} times`),
    concealed: extra
      .filter(({ key, beyond }) => beyond > (rows.get(key)?.uncertain ?? 0))
      .map(
        ({ key, count }) =>
          `${key} arrived ${count} times, and ${rows.get(key)?.uncertain ?? 0} outcomes were counted as unknown`,
      ),
    unexplained: kept
      .filter(
        ({ key, state, reason }) =>
          wanted.has(key) && state !== 'sent' && (reason === null || state === 'waiting' || state === 'sending'),
      )
      .map(({ key, state, reason }) => `${key} is ${state}, reason ${reason}`),
    strangers: [...copies.keys()].filter(key => !wanted.has(key)),
  };
}
