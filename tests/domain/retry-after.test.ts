import { expect, test } from '@jest/globals';
import { secondsToWait } from '../../domain/retry-after.ts';

const now = Date.parse('2026-11-22T09:00:00Z');

test.each([
  { header: '7', seconds: 7, reason: 'seconds' },
  { header: '0', seconds: 0, reason: 'at once' },
  { header: ' 1.5 ', seconds: 1.5, reason: 'part of a second, which some gateways send' },
  { header: '3, 3', seconds: 3, reason: 'a header sent twice' },
  { header: 'Sun, 22 Nov 2026 09:00:08 GMT', seconds: 8, reason: 'a moment to come' },
  { header: 'Sun, 22 Nov 2026 08:00:00 GMT', seconds: 0, reason: 'a moment that has passed' },
  { header: '-5', seconds: 0, reason: 'what Date.parse takes for a year long ago' },
  { header: 'soon', seconds: undefined, reason: 'neither' },
  { header: '', seconds: undefined, reason: 'empty' },
  { header: null, seconds: undefined, reason: 'no header' },
  { header: undefined, seconds: undefined, reason: 'no header, as the Bot Connector’s client says it' },
])('$header asks for $seconds seconds: $reason', ({ header, seconds }) => {
  expect(secondsToWait(header, now)).toBe(seconds);
});
