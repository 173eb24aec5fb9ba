import { AsyncLocalStorage } from 'node:async_hooks';
import { CommunityError } from '../../domain/errors.ts';
import { createBudget, type Budget, type Purchase } from './budget.ts';
import { createCallQueue, type CallQueue } from './call-queue.ts';
import { readRateLimit } from './rate-limit-headers.ts';

/**
 * The one place that decides when a call of Graph is sent, for the whole process: within SharePoint's resource units,
 * not too many at once, people before background work, of several sites the one first that has spent least, and not
 * before Microsoft 365 wants it. However much some sites ask, a part of the units is kept for those that ask little.
 * @see https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */
export interface GraphThrottle {
  /** Waits for a slot, and sends. Throws `throttled`, with the seconds to wait, when that would take too long. */
  send(call: Purchase, send: () => Promise<Response>): Promise<Response>;
  /** Takes note of what an answer says about limits; for those inside a batch, which `send` does not see. */
  observe(scope: string, answer: Pick<Response, 'status' | 'headers'>): void;
  /** Every call made by this work waits until people have been served. */
  inBackground<R>(work: () => Promise<R>): Promise<R>;
  /** Whether the work that asks is background work. */
  isBackground(): boolean;
  /**
   * Which part of the units for a minute is spent, from 0 to 1: as we count, or as Microsoft 365 says when that is
   * more.
   */
  spent(): number;
}

export interface GraphThrottleParts {
  /** Resource units a minute that Microsoft 365 allows the app in this tenant. */
  readonly unitsAMinute: number;
  /** Milliseconds that only ever grow. */
  readonly now?: () => number;
}

/** Milliseconds that a call for a person waits at most, and one of a job, which is tried again later. */
export const maxWait = { urgent: 20_000, background: 120_000 } as const;

export function createGraphThrottle({
  unitsAMinute,
  now = () => performance.now(),
}: GraphThrottleParts): GraphThrottle {
  const budget = createBudget(unitsAMinute);
  const queue = createCallQueue(budget);
  const wakeUp = createAlarm(serve);

  function opensAt(call: Purchase): number {
    return Math.max(queue.pausedUntil(call.scope), budget.affordableAt(call));
  }

  function forget(at: number): void {
    budget.forget(at);
    for (const call of queue.overdue(at)) call.refuse(tooLong(call.scope, opensAt(call) - at));
  }

  /** Looks at the clock once: what comes between two looks would neither be over yet nor have a timer. */
  function serve(): void {
    const at = now();
    forget(at);
    for (let call = queue.next(at); call; call = queue.next(at)) {
      budget.spend(call, at);
      call.go();
    }
    // Answers that come in wake the calls that wait; only time itself needs a timer.
    const waiting = queue.wakesAt();
    wakeUp(at, waiting.length === 0 ? [] : [...waiting, ...budget.changesAt()]);
  }

  async function waitForSlot({ scope, units, urgent }: Purchase): Promise<void> {
    await new Promise<void>((go, refuse) => {
      const at = now();
      forget(at);
      const deadline = at + (urgent ? maxWait.urgent : maxWait.background);
      const opens = opensAt({ scope, units, urgent });
      if (opens > deadline) return refuse(tooLong(scope, opens - at));
      queue.add({ scope, units, urgent, deadline, go, refuse });
      serve();
    });
  }

  return {
    ...createBackground(),
    observe(scope, answer) {
      note({ scope, answer, at: now() }, budget, queue);
      serve();
    },
    spent() {
      forget(now());
      return budget.spentShare();
    },
    async send(call, send) {
      await waitForSlot(call);
      let response: Response | undefined;
      try {
        response = await send();
        return response;
      } finally {
        queue.finish(call);
        if (response) note({ scope: call.scope, answer: response, at: now() }, budget, queue);
        serve();
      }
    },
  };
}

function createBackground(): Pick<GraphThrottle, 'inBackground' | 'isBackground'> {
  const background = new AsyncLocalStorage<true>();
  return {
    inBackground: work => background.run(true, work),
    isBackground: () => background.getStore() === true,
  };
}

/** Rings once, at the first of these moments that is still to come. */
function createAlarm(ring: () => void): (at: number, moments: readonly number[]) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (at, moments) => {
    clearTimeout(timer);
    const toCome = moments.filter(moment => moment > at);
    if (toCome.length === 0) return;
    timer = setTimeout(ring, Math.ceil(Math.min(...toCome) - at));
    // A server that stops does not wait for it.
    timer.unref();
  };
}

interface Answered {
  readonly scope: string;
  readonly answer: Pick<Response, 'status' | 'headers'>;
  readonly at: number;
}

/** Keeps to what an answer says of limits. */
function note({ scope, answer, at }: Answered, budget: Budget, queue: CallQueue): void {
  const { units, pause } = readRateLimit(answer, Date.now());
  if (units)
    budget.report({
      limit: units.limit,
      until: at + units.resetSeconds * 1000,
      // Microsoft 365 may not have counted calls that are under way.
      used: units.limit - units.remaining + queue.unitsUnderWay(),
    });
  if (pause) queue.pause(pause.of === 'everything' ? null : scope, at + pause.seconds * 1000);
}

function tooLong(scope: string, milliseconds: number): CommunityError {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  return new CommunityError(
    'throttled',
    `Microsoft 365 takes no more calls of ${scope} for ${retryAfter} s: try again then`,
    { retryAfter },
  );
}
