import { fromKysely, fromPglite, PgBoss, type JobWithMetadata, type Queue as BossQueue, type WorkOptions } from 'pg-boss';
import type { Logger } from 'pino';
import type { Transaction } from 'kysely';
import type { Database, Db, Tables } from '../data/database.ts';

/** The queues there are: `run` does what fell due in a community. Messages have a queue of their own, the outbox. */
export type QueueName = 'run';

export interface Work<Data> {
  readonly data: Data;
  /** True when a failure now is final. */
  readonly lastAttempt: boolean;
}

/** Work that must happen although the process may end at any moment: pg-boss, behind the little of it that we use. */
export interface Queue {
  /** Puts one piece of work in, in the same transaction as the decision. Work with the same key that still waits is not doubled. */
  add(transaction: Transaction<Tables> | Db, name: QueueName, key: string, data: object): Promise<void>;
  /** Tells the workers here that there is work, so that nobody waits for the next poll. Call after the commit. */
  wake(name: QueueName): void;
  work<Data extends object>(name: QueueName, parallel: number, handle: (work: Work<Data>) => Promise<void>): Promise<void>;
  /** Calls every minute, on one instance only. */
  everyMinute(handle: () => Promise<void>): Promise<void>;
  /** Lets work in flight finish. */
  stop(): Promise<void>;
}

/** Eight tries over about ten minutes: 2 s, 4 s, … with jitter. */
const retries = { retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 } as const;

const queues: readonly BossQueue[] = [
  // Stately: for one key, one may wait while one is under way, so what comes meanwhile is not lost and not doubled.
  { name: 'run', policy: 'stately', expireInSeconds: 300, deleteAfterSeconds: 24 * 3600, ...retries },
];
const minuteQueue: BossQueue = { name: 'minute', policy: 'short', expireInSeconds: 60, deleteAfterSeconds: 3600, retryLimit: 0 };

export async function startQueue(database: Database, databaseUrl: string | null, log: Logger): Promise<Queue> {
  const boss = new PgBoss(
    database.embedded || databaseUrl === null
      ? { db: fromPglite(database.embedded!), backend: 'pglite', schema: 'pgboss' }
      : { connectionString: databaseUrl, schema: 'pgboss', application_name: 'cop-companion-queue', max: 5 },
  );
  boss.on('error', error => log.error({ error: error.message }, 'the job queue had an error'));
  await boss.start();
  for (const queue of [...queues, minuteQueue]) await ensureQueue(boss, queue);
  const workers = new Map<QueueName, string[]>();

  return {
    async add(transaction, name, key, data) {
      await boss.send(name, data, { singletonKey: key, db: fromKysely(transaction) });
    },
    wake(name) {
      for (const worker of workers.get(name) ?? []) boss.notifyWorker(worker);
    },
    async work<Data extends object>(name: QueueName, parallel: number, handle: (work: Work<Data>) => Promise<void>) {
      const ids: string[] = [];
      for (let index = 0; index < parallel; index++) {
        ids.push(
          await boss.work<Data, void, WorkOptions & { includeMetadata: true }>(name, { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: 2 }, async ([job]: JobWithMetadata<Data>[]) => {
            if (job) await handle({ data: job.data, lastAttempt: job.retryCount >= job.retryLimit });
          }),
        );
      }
      workers.set(name, ids);
    },
    async everyMinute(handle) {
      await boss.work(minuteQueue.name, { pollingIntervalSeconds: 5 }, handle);
      await boss.schedule(minuteQueue.name, '* * * * *');
    },
    stop: () => boss.stop({ graceful: true, timeout: 15_000 }),
  };
}

async function ensureQueue(boss: PgBoss, { name, ...options }: BossQueue): Promise<void> {
  await boss.createQueue(name, options);
  const { policy: _fixed, ...changeable } = options;
  await boss.updateQueue(name, changeable);
}
