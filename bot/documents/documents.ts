import { CommunityError } from '../../domain/errors.ts';
import { startChild, type Child, type ChildLimits } from './document-child.ts';
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
  /** Documents that wait, of everybody and of one person. */
  readonly mostWaiting?: number;
  readonly mostOfOne?: number;
  /** Milliseconds after which a process that has nothing to do is ended. */
  readonly idle?: number;
  /** What the processes run. */
  readonly program?: URL;
}

interface Job {
  readonly work: DocumentWork;
  readonly person: string;
  readonly done: (bytes: Uint8Array) => void;
  readonly failed: (error: unknown) => void;
}

/** In seconds: what whoever is turned away is told to wait. */
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
  program = new URL('./document-worker.ts', import.meta.url),
}: DocumentsOptions = {}): Documents {
  /** By person; whoever was served last stands last. */
  const waiting = new Map<string, Job[]>();
  const served = new Set<string>();
  const children = new Set<Child>();
  const resting = new Map<Child, ReturnType<typeof setTimeout>>();
  let stopped = false;

  function next(): void {
    while (!stopped && served.size < most) {
      const person = [...waiting.keys()].find(one => !served.has(one));
      const jobs = person === undefined ? undefined : waiting.get(person);
      const job = jobs?.shift();
      if (person === undefined || !jobs || !job) return;
      if (jobs.length === 0) waiting.delete(person);
      served.add(person);
      void begin(job).finally(() => {
        served.delete(person);
        const more = waiting.get(person);
        if (more) {
          waiting.delete(person);
          waiting.set(person, more);
        }
        next();
      });
    }
  }

  async function begin({ work, done, failed }: Job): Promise<void> {
    const child = rested() ?? started();
    try {
      done(await child.make(work));
      rest(child);
    } catch (error) {
      children.delete(child);
      child.end();
      failed(error);
    }
  }

  function started(): Child {
    const child = startChild(program, { longest, heapMb, residentMb });
    children.add(child);
    return child;
  }

  function rested(): Child | undefined {
    const [child, timer] = resting.entries().next().value ?? [];
    if (!child) return undefined;
    clearTimeout(timer);
    resting.delete(child);
    // One that died while it had nothing to do is replaced.
    return child.alive() ? child : rested();
  }

  function rest(child: Child): void {
    const timer = setTimeout(() => {
      resting.delete(child);
      children.delete(child);
      child.end();
    }, idle);
    timer.unref();
    resting.set(child, timer);
  }

  return {
    make(work, person) {
      const all = [...waiting.values()].reduce((sum, jobs) => sum + jobs.length, 0);
      const mine = waiting.get(person) ?? [];
      if (mine.length >= mostOfOne)
        return Promise.reject(
          new CommunityError('throttled', `${mine.length} documents wait for this person already`, {
            context: 'documentsOfOne',
            retryAfter,
          }),
        );
      if (all >= mostWaiting)
        return Promise.reject(
          new CommunityError('throttled', `${all} documents wait already`, { context: 'documents', retryAfter }),
        );
      return new Promise((done, failed) => {
        waiting.set(person, [...mine, { work, person, done, failed }]);
        next();
      });
    },
    stop() {
      stopped = true;
      for (const timer of resting.values()) clearTimeout(timer);
      resting.clear();
      for (const child of children) child.end();
      children.clear();
      const left = [...waiting.values()].flat();
      waiting.clear();
      for (const { failed } of left)
        failed(new CommunityError('unavailable', 'the server is stopping', { context: 'document' }));
    },
  };
}
