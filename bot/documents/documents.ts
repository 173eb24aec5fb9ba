import { extname } from 'node:path';
import { CommunityError } from '../../domain/errors.ts';
import { startChild, type ChildLimits } from './document-child.ts';
import { createProcesses, type Processes } from './document-processes.ts';
import { createFairQueue } from './fair-queue.ts';
import type { DocumentWork } from './document-worker.ts';

export interface Documents {
  /**
   * Makes a document for a person. Fails with `throttled` when too much waits, `too-complex` when it takes too long or
   * too much memory.
   */
  make(work: DocumentWork, person: string): Promise<Uint8Array>;
  /** Ends every process at once; what was being made fails. */
  stop(): void;
}

export interface DocumentsOptions extends Partial<ChildLimits> {
  /** Processes at once. Each takes a processor and 150 MB. */
  readonly most?: number;
  /** Documents that wait, of all people and of one person. */
  readonly mostWaiting?: number;
  readonly mostOfOne?: number;
  /** Milliseconds after which a process that has nothing to do is ended. */
  readonly idle?: number;
  /** What the processes run. */
  readonly program?: URL;
}

interface Job {
  readonly work: DocumentWork;
  readonly done: (bytes: Uint8Array) => void;
  readonly failed: (error: unknown) => void;
}

/** The seconds after which a person whose document is refused is told to try again. */
const retryAfter = 10;

/**
 * Word, PDF and Markdown are made in processes of their own: what people wrote can take a process any time and memory,
 * and only another process can be killed. One document of a person is made at a time, and people take turns.
 */
export function createDocuments({
  most = 2,
  mostWaiting = 20,
  mostOfOne = 3,
  idle = 60_000,
  longest = 20_000,
  heapMb = 384,
  residentMb = 512,
  // With the same ending as this file: the built server is JavaScript.
  program = new URL(`./document-worker${extname(import.meta.url)}`, import.meta.url),
}: DocumentsOptions = {}): Documents {
  const waiting = createFairQueue<Job>();
  const processes = createProcesses(() => startChild(program, { longest, heapMb, residentMb }), idle);
  let underWay = 0;
  let stopped = false;

  function next(): void {
    while (!stopped && underWay < most) {
      const taken = waiting.take();
      if (!taken) return;
      underWay++;
      void make(processes, taken.item).finally(() => {
        underWay--;
        waiting.finish(taken.person);
        next();
      });
    }
  }

  return {
    make(work, person) {
      const [mine, all] = [waiting.waitingOf(person), waiting.waiting()];
      if (mine >= mostOfOne)
        return Promise.reject(
          new CommunityError('throttled', `${mine} documents wait for this person already`, {
            context: 'documentsOfOne',
            retryAfter,
          }),
        );
      if (all >= mostWaiting)
        return Promise.reject(
          new CommunityError('throttled', `${all} documents wait already`, { context: 'documents', retryAfter }),
        );
      return new Promise((done, failed) => {
        waiting.add(person, { work, done, failed });
        next();
      });
    },
    stop() {
      stopped = true;
      processes.stop();
      for (const { failed } of waiting.clear())
        failed(new CommunityError('unavailable', 'the server is stopping', { context: 'document' }));
    },
  };
}

async function make(processes: Processes, { work, done, failed }: Job): Promise<void> {
  const child = processes.take();
  try {
    done(await child.make(work));
    processes.putBack(child);
  } catch (error) {
    processes.end(child);
    failed(error);
  }
}
