import type { Wanted } from '../../../domain/attention/mornings.ts';
import type { Wish } from '../../feature.ts';

/** A wish of one feature, with what decides about it. */
export interface AskedWish extends Wanted {
  readonly wish: Wish;
}
