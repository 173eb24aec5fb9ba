import { Worker as Thread } from 'node:worker_threads';
import { api } from '../../../domain/api.ts';
import type { User } from '../../../infra/local/directory.ts';
import { rest } from './intensity.ts';
import { percentile } from './percentile.ts';
import { pressOf, type Target, type TargetCommunity } from './target.ts';

/** What somebody noticed who went on working. */
export interface Noticed {
  readonly asked: number;
  /** Everything that was not an answer of 200. */
  readonly refusals: readonly string[];
  /** How long each answer took, and within how long 95 of 100 came, in milliseconds. */
  readonly took: readonly number[];
  readonly p95: number;
  /** How many times slower this machine was meanwhile for a thread that asks the server nothing; 1 is not at all. */
  readonly slowed: number;
}

export interface Worker {
  readonly who: User;
  readonly community: TargetCommunity;
  /** The address they sit at. */
  readonly from?: string;
}

/** So few answers say nothing of how fast 95 of 100 come. */
const fewest = 20;

/**
 * Somebody reads and presses a button, each time on a new connection, until they are told to stop and have asked often
 * enough.
 */
export function startWork(target: Target, { who, community, from }: Worker, every = 10): { stop(): Promise<Noticed> } {
  const at = from === undefined ? {} : { from };
  const turns = [
    () => target.ask(who, api.community, { community, ...at }),
    () => target.ask(who, api.plan, { community, ...at }),
    () =>
      target.deliver(who, pressOf('facilitation.refresh', { community: community.team.id, week: '2026-11-16' }), {
        community,
        ...at,
      }),
    () => target.ask(who, api.roles, { community, ...at }),
  ];
  const took: number[] = [];
  const refusals: string[] = [];
  let working = true;

  async function work(): Promise<void> {
    for (let turn = 0; working || turn < fewest; turn++) {
      const { status, milliseconds, body } = await turns[turn % turns.length]!();
      took.push(milliseconds);
      if (status !== 200 || /^\{"statusCode":[^2]/.test(body)) refusals.push(`${status} ${body.slice(0, 200)}`);
      await rest(every);
    }
  }
  const yardstick = new Thread(new URL('./yardstick.ts', import.meta.url));
  const done = work();
  let noticed: Promise<Noticed> | undefined;

  async function notice(): Promise<Noticed> {
    working = false;
    await done;
    const slowed = await new Promise<number>((resolve, reject) => {
      yardstick.once('message', resolve).once('error', reject);
      yardstick.postMessage('how much?');
    });
    return { asked: took.length, refusals, took, p95: Math.round(percentile(took, 95)), slowed };
  }

  return { stop: () => (noticed ??= notice()) };
}
