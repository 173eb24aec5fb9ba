import { expect, test } from '@jest/globals';
import { readRateLimit } from '../../../bot/graph/rate-limit-headers.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
const units = { 'ratelimit-limit': '1250', 'ratelimit-remaining': '4', 'ratelimit-reset': '10' };
const read = { limit: 1250, remaining: 4, resetSeconds: 10 };

test.each([
  { status: 200, headers: {}, expected: { units: null, pause: null }, reason: 'all is well' },
  { status: 200, headers: units, expected: { units: read, pause: null }, reason: 'a warning stops nothing' },
  {
    status: 429,
    headers: { 'retry-after': '7' },
    expected: { units: null, pause: { of: 'scope', seconds: 7 } },
    reason: 'a limit of the site',
  },
  {
    status: 503,
    headers: { 'retry-after': 'Sun, 22 Nov 2026 09:00:08 GMT' },
    expected: { units: null, pause: { of: 'scope', seconds: 8 } },
    reason: 'a moment',
  },
  {
    status: 429,
    headers: { ...units, 'retry-after': '3' },
    expected: { units: read, pause: { of: 'everything', seconds: 10 } },
    reason: 'the app’s own limit; the longer wait counts',
  },
  {
    status: 404,
    headers: { 'retry-after': '7' },
    expected: { units: null, pause: null },
    reason: 'not a refusal for being too many',
  },
  { status: 429, headers: {}, expected: { units: null, pause: null }, reason: 'nothing to keep to' },
  {
    status: 200,
    headers: { 'ratelimit-limit': '1250', 'ratelimit-remaining': 'few', 'ratelimit-reset': '10' },
    expected: { units: null, pause: null },
    reason: 'what cannot be read is no report',
  },
])('$status with $headers: $reason', ({ status, headers, expected }) => {
  expect(readRateLimit(new Response(null, { status, headers: { ...headers } as Record<string, string> }), now)).toEqual(
    expected,
  );
});
