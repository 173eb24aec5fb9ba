import { setTimeout as sleep } from 'node:timers/promises';

/** What came of asking again and again. */
export interface Load {
  readonly answers: readonly { readonly status: number; readonly milliseconds: number }[];
  /** How many answers had this status. */
  count(status: number): number;
  /** In milliseconds. */
  percentile(share: number): number;
}

/**
 * Asks so often, whether or not the answers keep up, for so many milliseconds, and waits for the last answer.
 * @param ask gets the number of the request, from 0, and returns the status of its answer.
 */
export async function load({
  perSecond,
  milliseconds,
  ask,
}: {
  readonly perSecond: number;
  readonly milliseconds: number;
  readonly ask: (index: number) => Promise<number>;
}): Promise<Load> {
  const began = performance.now();
  const asked: Promise<{ status: number; milliseconds: number }>[] = [];
  for (let index = 0; index < (perSecond * milliseconds) / 1000; index++) {
    const due = began + (index * 1000) / perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    const start = performance.now();
    asked.push(ask(index).then(status => ({ status, milliseconds: performance.now() - start })));
  }
  return together(await Promise.all(asked));
}

/** Several loads as one. */
export function together(answers: Load['answers']): Load {
  const times = answers.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
  return {
    answers,
    count: status => answers.filter(answer => answer.status === status).length,
    percentile: share => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0,
  };
}
