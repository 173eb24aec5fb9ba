import { expect, test } from '@jest/globals';
import { sortDue } from '../../../bot/messages/claim.ts';

const now = new Date('2026-11-23T09:00:00Z');
const earlier = new Date(now.getTime() - 1);
const later = new Date(now.getTime() + 1);

function due(id: string, changes: Partial<Parameters<typeof sortDue>[0][number]> = {}) {
  return { id, state: 'waiting' as const, expires_at: later, opted_out: false, thread: id, ...changes };
}

test('what is due is too late, not wanted, or the next message of its conversation', () => {
  const messages = [
    due('next'),
    due('behind the first of its conversation', { thread: 'next' }),
    due('too late', { expires_at: now }),
    due('too late, and not wanted either', { expires_at: earlier, opted_out: true }),
    due('not wanted', { opted_out: true }),
    due('never too late', { expires_at: null }),
    due('sent, and to be updated whatever was said since', { state: 'sent', expires_at: earlier, opted_out: true }),
    due('its server died with it', { state: 'sending' }),
  ];

  const { expired, optedOut, next } = sortDue(messages, now);

  expect({
    expired: expired.map(({ thread }) => thread),
    optedOut: optedOut.map(({ thread }) => thread),
    next: [...next.keys()],
  }).toEqual({
    expired: ['too late', 'too late, and not wanted either'],
    optedOut: ['not wanted'],
    next: ['next', 'never too late', 'sent, and to be updated whatever was said since', 'its server died with it'],
  });
  expect(next.get('next')).toBe(messages[0]);
});
