import type { ExportFormat } from '../../domain/charter/export.ts';
import type { DocumentContent } from './document.ts';
import type { PdfWords } from './write-pdf.ts';

/** What the process is asked for. */
export interface DocumentWork {
  readonly format: ExportFormat;
  readonly content: DocumentContent;
  readonly words: PdfWords;
}

/** What it reports: where it is, so that the server knows when it has to kill it, and what came of it. */
export type Report =
  | { readonly is: 'section'; readonly section: string }
  | { readonly is: 'done'; readonly bytes: Uint8Array }
  | { readonly is: 'failed'; readonly why: string };

function report(what: Report): void {
  process.send?.(what);
}

/** Each format brings code of several megabytes, which is read when that format is first asked for. */
async function written({ format, content, words }: DocumentWork): Promise<Uint8Array> {
  const at = (section: string): void => report({ is: 'section', section });
  switch (format) {
    case 'docx':
      return (await import('./write-word.ts')).writeWord(content, at);
    case 'pdf':
      return (await import('./write-pdf.ts')).writePdf(content, words, at);
    case 'md':
      return (await import('./write-markdown.ts')).writeMarkdown(content, at);
  }
}

// The whole life of a process: one document after the other, until the server ends it or is gone.
process.on('disconnect', () => process.exit(0));
process.on('message', (work: DocumentWork) => {
  written(work).then(
    bytes => report({ is: 'done', bytes }),
    (error: unknown) => report({ is: 'failed', why: error instanceof Error ? error.message : String(error) }),
  );
});
