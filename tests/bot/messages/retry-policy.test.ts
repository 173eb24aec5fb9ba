import { describe, expect, test } from '@jest/globals';
import { afterFailure, mostFailures, mostUncertain } from '../../../bot/messages/retry-policy.ts';
import { PermanentError, RetryableError } from '../../../bot/messages/delivery-errors.ts';

const unavailable = new RetryableError('unavailable', '503 ServiceError');

describe('another try', () => {
  test.each<
    [
      string,
      Parameters<typeof afterFailure>[0],
      { failures: number; uncertain: number },
      ReturnType<typeof afterFailure>,
    ]
  >([
    [
      'a refusal is for good',
      new PermanentError('blocked', '403 MessageWritesBlocked'),
      { failures: 1, uncertain: 0 },
      'never',
    ],
    ['the first wait is short', unavailable, { failures: 1, uncertain: 0 }, { again: 750 }],
    ['waits double', unavailable, { failures: 4, uncertain: 0 }, { again: 6000 }],
    ['up to ten minutes', unavailable, { failures: 30, uncertain: 0 }, { again: 450_000 }],
    [
      'what Teams asks for is kept to exactly',
      new RetryableError('throttled', '429 Throttled', { retryAfter: 7000 }),
      { failures: 4, uncertain: 0 },
      { again: 7000 },
    ],
    [
      'a Teams that is back at once may be asked at once',
      new RetryableError('throttled', '429 Throttled', { retryAfter: 0 }),
      { failures: 4, uncertain: 0 },
      { again: 0 },
    ],
    [
      'an unknown outcome is tried again',
      new RetryableError('unavailable', '504 GatewayTimeout', { uncertain: true }),
      { failures: 1, uncertain: 1 },
      { again: 750 },
    ],
    [
      'but each may have left a copy, so not for ever',
      new RetryableError('unavailable', '504 GatewayTimeout', { uncertain: true }),
      { failures: 5, uncertain: mostUncertain },
      'never',
    ],
    ['there is an end to all of it', unavailable, { failures: mostFailures, uncertain: 0 }, 'never'],
  ])('%s', (_reason, failure, counts, expected) => {
    expect(afterFailure(failure, counts, () => 0.5)).toEqual(expected);
  });

  test('what failed together does not come back together', () => {
    const waits = [0, 0.25, 0.5, 0.999].map(chance =>
      afterFailure(unavailable, { failures: 3, uncertain: 0 }, () => chance),
    );

    expect(waits).toEqual([{ again: 2000 }, { again: 2500 }, { again: 3000 }, { again: 3998 }]);
  });
});
