import { concurrent, throttled } from './refusals.ts';

interface Window {
  readonly calls: number;
  readonly seconds: number;
}

/** Calls of one bot per conversation (Teams, "Optimize your agent with rate limiting", October 2026). */
const perConversation: Readonly<Record<Kind, readonly Window[]>> = {
  send: [
    { calls: 7, seconds: 1 },
    { calls: 8, seconds: 2 },
    { calls: 60, seconds: 30 },
    { calls: 1800, seconds: 3600 },
  ],
  read: [
    { calls: 14, seconds: 1 },
    { calls: 16, seconds: 2 },
    { calls: 120, seconds: 30 },
    { calls: 3600, seconds: 3600 },
  ],
};
const perTenant: readonly Window[] = [{ calls: 50, seconds: 1 }];

export type Kind = 'send' | 'read';

/** Counts calls as Teams does. The time is real: the desk's clock may stand still or jump. */
export function createLimits(now: () => number = Date.now) {
  const calls = new Map<string, number[]>();
  const sending = new Set<string>();

  function secondsToWait(key: string, windows: readonly Window[]): number {
    const at = calls.get(key) ?? [];
    return (
      windows.reduce((longest, { calls: most, seconds }) => {
        const first = at.at(-most);
        const left = first === undefined ? 0 : first + seconds * 1000 - now();
        return Math.max(longest, left);
      }, 0) / 1000
    );
  }
  function count(key: string, most: number): void {
    calls.set(key, [...(calls.get(key) ?? []), now()].slice(-most));
  }

  return {
    /** Throws 429 with the seconds to wait when this call is one too many. */
    admit(kind: Kind, conversationId: string): void {
      const key = `${kind} ${conversationId}`;
      const wait = Math.max(secondsToWait('tenant', perTenant), secondsToWait(key, perConversation[kind]));
      if (wait > 0) throw throttled(Math.ceil(wait));
      count('tenant', 50);
      count(key, 3600);
    },

    /** Runs a send; throws 412 when another one to the same conversation is under way. */
    async alone<R>(conversationId: string, work: () => Promise<R>): Promise<R> {
      if (sending.has(conversationId)) throw concurrent();
      sending.add(conversationId);
      try {
        return await work();
      } finally {
        sending.delete(conversationId);
      }
    },
  };
}
