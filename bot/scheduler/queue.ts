import { fromKysely, fromPglite, PgBoss, type Queue as BossQueue } from 'pg-boss';
import type { Logger } from 'pino';
import type { Transaction } from 'kysely';
import type { Database } from '../database/connection.ts';
import { serverName } from '../database/running-servers.ts';
import type { Db, Tables } from '../database/tables.ts';

/**
 * Runs that fell due in a community, under the name by which databases have known this queue from the start. Messages
 * have a queue of their own, the outbox.
 */
export const runQueue = 'occasion';

type QueueName = typeof runQueue;

export interface Work {
  /** Work with the same key that still waits is not doubled. */
  readonly key: string;
  readonly data: object;
  /** Goes before what is not. */
  readonly urgent: boolean;
}

/** Work that must happen although the process may end at any moment: pg-boss, behind the little of it that we use. */
export interface Queue {
  /** Puts pieces of work in, in the same transaction as the decision. */
  add(transaction: Transaction<Tables> | Db, name: QueueName, works: readonly Work[]): Promise<void>;
  /** Tells the workers here that there is work, so that none of it waits for the next poll. Call after the commit. */
  wake(name: QueueName): void;
  /** Does so many pieces of work side by side. What fails is tried again, for four days. */
  work<Data extends object>(name: QueueName, parallel: number, handle: (data: Data) => Promise<void>): Promise<void>;
  /** Calls every minute, on one server only. */
  everyMinute(handle: () => Promise<void>): Promise<void>;
  /** Calls once a night, on one server only. */
  everyNight(handle: () => Promise<void>): Promise<void>;
  /** Lets work in flight finish. */
  stop(): Promise<void>;
}

/**
 * After 2, 4, 8 … seconds with jitter, then every five minutes for four days: longer than any message waits for its
 * turn, so that the job itself finds that it is too late, and says so where people look.
 */
const retries = { retryLimit: 1200, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 } as const;

/** For so many seconds a server that says nothing keeps its claim; then another has it within one look more. */
const silence = 30;
const lookForSilent = 10;

/**
 * How often one worker of each server looks by itself, and the others, whom it calls when there is something, in
 * seconds.
 */
const pollFirst = 2;
const pollOthers = 30;

const queues: readonly BossQueue[] = [
  // Short: of one key, one may wait. pg-boss's policies that let only one of a key be under way remember which are, and
  // pass them over for a minute and more after their server was killed.
  {
    name: runQueue,
    policy: 'short',
    expireInSeconds: 300,
    heartbeatSeconds: silence,
    deleteAfterSeconds: 24 * 3600,
    ...retries,
  },
];
const minuteQueue: BossQueue = {
  name: 'minute',
  policy: 'short',
  expireInSeconds: 60,
  deleteAfterSeconds: 3600,
  retryLimit: 0,
};
const nightQueue: BossQueue = {
  name: 'night',
  policy: 'short',
  expireInSeconds: 3600,
  heartbeatSeconds: silence,
  deleteAfterSeconds: 24 * 3600,
  retryLimit: 3,
  retryDelay: 60,
};

export async function startQueue({ embedded, postgres }: Database, log: Logger): Promise<Queue> {
  const supervision = { superviseIntervalSeconds: lookForSilent, monitorIntervalSeconds: lookForSilent };
  const boss = new PgBoss(
    embedded || postgres === null
      ? { db: fromPglite(embedded!), backend: 'pglite', schema: 'pgboss', ...supervision }
      : {
          ...postgres,
          schema: 'pgboss',
          application_name: serverName,
          max: 5,
          ...supervision,
        },
  );
  boss.on('error', error => log.error({ error: error.message }, 'the job queue had an error'));
  await boss.start();
  for (const queue of [...queues, minuteQueue, nightQueue]) await ensureQueue(boss, queue);
  const workers = new Map<QueueName, string[]>();

  function wake(name: QueueName): void {
    for (const worker of workers.get(name) ?? []) boss.notifyWorker(worker);
  }

  return {
    async add(transaction, name, works) {
      if (works.length > 0)
        await boss.insert(
          name,
          works.map(({ key, data, urgent }) => ({ singletonKey: key, data, priority: urgent ? 1 : 0 })),
          { db: fromKysely(transaction) },
        );
    },
    wake,
    async work<Data extends object>(name: QueueName, parallel: number, handle: (data: Data) => Promise<void>) {
      const ids: string[] = [];
      workers.set(name, ids);
      for (let index = 0; index < parallel; index++) {
        const pollingIntervalSeconds = index === 0 ? pollFirst : pollOthers;
        ids.push(
          await boss.work<Data>(name, { batchSize: 1, pollingIntervalSeconds }, async ([job]) => {
            if (!job) return;
            // Where there is one there may be more: idle workers look now, and busy ones, this one too, look
            // again as soon as they are done. Otherwise pg-boss sleeps after each piece of work until the next poll.
            wake(name);
            await handle(job.data);
          }),
        );
      }
    },
    async everyMinute(handle) {
      await boss.work(minuteQueue.name, { pollingIntervalSeconds: 5 }, handle);
      await boss.schedule(minuteQueue.name, '* * * * *');
    },
    async everyNight(handle) {
      await boss.work(nightQueue.name, { pollingIntervalSeconds: 60 }, handle);
      await boss.schedule(nightQueue.name, '17 3 * * *');
    },
    stop: () => boss.stop({ graceful: true, timeout: 15_000 }),
  };
}

async function ensureQueue(boss: PgBoss, { name, ...options }: BossQueue): Promise<void> {
  await boss.createQueue(name, options);
  const { policy: _fixed, ...changeable } = options;
  await boss.updateQueue(name, changeable);
}
