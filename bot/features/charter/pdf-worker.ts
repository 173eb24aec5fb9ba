import { parentPort, workerData } from 'node:worker_threads';
import type { CharterDocument } from './export.ts';
import { writePdf, type PdfWords } from './write-pdf.ts';

/** What the thread is given. */
export interface PdfWork {
  readonly charter: CharterDocument;
  readonly words: PdfWords;
}

// The whole life of a thread: one document.
const { charter, words } = workerData as PdfWork;
const bytes = await writePdf(charter, words);
parentPort?.postMessage(bytes);
