import { Worker } from 'node:worker_threads';
import { CommunityError } from '../../../domain/errors.ts';
import type { CharterDocument } from './export.ts';
import type { PdfWork } from './pdf-worker.ts';
import type { PdfWords } from './write-pdf.ts';

/** Makes a PDF without holding up anybody else. Fails with `unavailable`. */
export type MakePdf = (charter: CharterDocument, words: PdfWords) => Promise<Uint8Array>;

export interface PdfThreads {
  /** At once; others wait. Each takes a processor and about 100 MB for a second. */
  readonly most?: number;
  /** Milliseconds after which a document is given up. */
  readonly longest?: number;
  /** What the thread runs. */
  readonly program?: URL;
}

const memory = { maxOldGenerationSizeMb: 256 } as const;

/** Laying out a PDF takes most of a second in which the server would answer nobody: it is done in a thread of its own. */
export function createPdfThreads({ most = 2, longest = 30_000, program = new URL('./pdf-worker.ts', import.meta.url) }: PdfThreads = {}): MakePdf {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async (charter, words) => {
    if (running >= most) await new Promise<void>(resolve => waiting.push(resolve));
    else running++;
    try {
      return await inThread({ charter, words }, program, longest);
    } finally {
      // The place goes to the next in line, without being free in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

function inThread(work: PdfWork, program: URL, longest: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: work, resourceLimits: memory });
    // A server that is told to stop does not wait for it.
    worker.unref();
    const timer = setTimeout(() => fail(`it took more than ${longest} ms`), longest);
    function end(): void {
      clearTimeout(timer);
      void worker.terminate();
    }
    function fail(why: string): void {
      end();
      reject(new CommunityError('unavailable', `the PDF could not be made: ${why}. Word and Markdown need no such work; try those`, { format: 'pdf' }));
    }
    worker.once('message', (bytes: Uint8Array) => {
      end();
      resolve(bytes);
    });
    worker.once('error', error => fail(error.message));
    worker.once('exit', code => fail(`its thread ended with ${code}`));
  });
}
