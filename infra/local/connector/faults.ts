import { messagingId } from '../directory.ts';
import type { Kind } from './limits.ts';
import { chatId } from './memory.ts';

/**
 * What goes wrong between a bot and Teams, on request: `microsoft365.connector.faults`. It has more ways than the faults of
 * the whole tenant (`infra/local/faults.ts`, which the desk offers), because what matters here is whether Teams took the
 * message although the bot never heard so.
 *
 * ```ts
 * connector.faults.add({ call: 'send', answer: { status: 504 }, taken: true, count: 1 });            // delivered, and a 504
 * connector.faults.add({ answer: { status: 429, retryAfter: 3 }, chance: 0.05 });                     // now and then, for ever
 * connector.faults.add({ call: 'send', to: person, answer: 'reset', taken: true, count: 2 });         // delivered, line dead
 * connector.faults.add({ answer: 'silence', taken: false, count: 1 });                                // never answered
 * connector.faults.latency = { from: 50, to: 200 };
 * connector.tally.copies();   // [{ conversation, summary, count }]: how often each message really arrived
 * ```
 */
export interface ConnectorFault {
  /** Which calls: `create` opens a chat or posts into a channel, `send`, `update`, `read` (members, team). All when left out. */
  readonly call?: Call;
  /** Only calls about this conversation, or about this person's own chat (object id). */
  readonly to?: string;
  /** An answer with this status; a connection that breaks; or none at all, until the bot gives up. */
  readonly answer: FaultyAnswer | 'reset' | 'silence';
  /** Whether Teams does what it was asked before it answers so. False when left out. */
  readonly taken?: boolean;
  /** How many calls it meets before it is over; without end when left out. */
  readonly count?: number;
  /** The share of calls it meets, 0 to 1; every one when left out. */
  readonly chance?: number;
}

export interface FaultyAnswer {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  /** Seconds for the Retry-After header. */
  readonly retryAfter?: number;
}

export type Call = 'create' | 'send' | 'update' | 'delete' | 'read';

/** The limits count reading apart, and everything else together. */
export function kindOf(call: Call): Kind {
  return call === 'read' ? 'read' : 'send';
}

export interface ConnectorFaults {
  add(fault: ConnectorFault): void;
  clear(): void;
  /** The fault that meets this call about this conversation, counted down; undefined when none does. */
  take(call: Call, conversation: string): ConnectorFault | undefined;
  /** Each answer waits this many milliseconds, evenly spread. */
  latency: { readonly from: number; readonly to: number };
}

export function createConnectorFaults(random: () => number = Math.random): ConnectorFaults & { delay(): number } {
  let faults: { readonly fault: ConnectorFault; left: number }[] = [];
  return {
    latency: { from: 0, to: 0 },
    add: fault => void faults.push({ fault, left: fault.count ?? Infinity }),
    clear: () => void (faults = []),
    take(call, conversation) {
      const found = faults.find(
        ({ fault }) =>
          (fault.call ?? call) === call && isAbout(fault.to, conversation) && random() < (fault.chance ?? 1),
      );
      if (!found) return undefined;
      found.left -= 1;
      faults = faults.filter(({ left }) => left > 0);
      return found.fault;
    },
    delay() {
      return this.latency.from + random() * (this.latency.to - this.latency.from);
    },
  };
}

/** A chat that is not yet opened goes by Teams' id of the person. */
function isAbout(to: string | undefined, conversation: string): boolean {
  return to === undefined || [to, messagingId(to)].includes(conversation) || conversation.startsWith(chatId(to));
}

/** How often one message really arrived, whatever the bot was answered. */
interface Copies {
  /** Without the thread in it. */
  readonly conversation: string;
  readonly summary: string;
  readonly count: number;
}

/** Counts what reached Teams, and what it answered. In this process only. */
export interface Tally {
  /** New messages by conversation and summary; updates are not new messages. */
  copies(): readonly Copies[];
  /** Answers by status, 0 where there was none; only those about this conversation or this person's own chat, if one is named. */
  answers(to?: string): Readonly<Record<number, number>>;
  /** Begins anew. */
  clear(): void;
}

export function createTally(): Tally & {
  took(conversation: string, summary: string): void;
  answered(conversation: string, status: number): void;
} {
  const copies = new Map<string, Copies>();
  const answers = new Map<string, Map<number, number>>();
  return {
    took(conversation, summary) {
      const key = `${conversation} ${summary}`;
      copies.set(key, { conversation, summary, count: (copies.get(key)?.count ?? 0) + 1 });
    },
    answered(conversation, status) {
      const known = answers.get(conversation) ?? new Map<number, number>();
      answers.set(conversation, known.set(status, (known.get(status) ?? 0) + 1));
    },
    copies: () => [...copies.values()],
    answers(to) {
      const sums: Record<number, number> = {};
      for (const [conversation, counts] of answers) {
        if (isAbout(to, conversation)) for (const [status, count] of counts) sums[status] = (sums[status] ?? 0) + count;
      }
      return sums;
    },
    clear() {
      copies.clear();
      answers.clear();
    },
  };
}
