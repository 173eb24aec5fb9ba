interface Window {
  readonly calls: number;
  readonly milliseconds: number;
}

/**
 * Calls of one bot into one chat or channel (Teams, "Optimize your agent with rate limiting", October 2026).
 */
export const conversationWindows: readonly Window[] = [
  { calls: 7, milliseconds: 1000 },
  { calls: 8, milliseconds: 2000 },
  { calls: 60, milliseconds: 30_000 },
  { calls: 1800, milliseconds: 3_600_000 },
];

/**
 * The first moment at which one more call may go into a conversation, given when the earlier ones ended, oldest first.
 */
export function conversationFreeAt(calls: readonly number[], windows: readonly Window[] = conversationWindows): number {
  return windows.reduce((latest, window) => {
    const first = calls.at(-window.calls);
    return first === undefined ? latest : Math.max(latest, first + window.milliseconds);
  }, -Infinity);
}

/** The calls that still count against some window. */
export function callsThatCount(
  calls: readonly number[],
  now: number,
  windows: readonly Window[] = conversationWindows,
): number[] {
  const longest = Math.max(...windows.map(window => window.milliseconds));
  const most = Math.max(...windows.map(window => window.calls));
  return calls.filter(call => call > now - longest).slice(-most);
}

/**
 * Whether Teams' "too many" can be about this conversation: some window is at least half full. If not, it is about the
 * tenant.
 */
export function isBusyConversation(
  calls: readonly number[],
  now: number,
  windows: readonly Window[] = conversationWindows,
): boolean {
  return windows.some(window => calls.filter(call => call > now - window.milliseconds).length >= window.calls / 2);
}
