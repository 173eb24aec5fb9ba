import type { Logger } from 'pino';

/** How long work in flight may take to finish once the process cannot go on, in milliseconds. */
const endWithin = 10_000;

export interface ProcessParts {
  readonly log: Logger;
  /** Lets work in flight finish. */
  readonly close: () => Promise<void>;
  readonly within?: number;
}

/**
 * What becomes of errors that nobody handles. A promise that fails unnoticed is a fault of one request or job, so it is
 * logged and counted, and everybody else is served on. An exception that escapes may leave anything half done: it is
 * said why, what is in flight may finish, and the process ends for whoever supervises it to start it anew.
 */
export function watchProcess({ log, close, within = endWithin }: ProcessParts): void {
  let rejections = 0;
  let ending = false;

  process.on('unhandledRejection', reason => {
    rejections++;
    log.error({ ...about(reason), count: rejections }, 'a promise failed and nobody noticed');
  });
  process.on('uncaughtException', error => {
    if (ending) return log.fatal(about(error), 'another exception escaped while the server ends');
    log.fatal(about(error), 'an exception escaped: the server ends');
    ending = true;
    const end = (): never => process.exit(1);
    setTimeout(end, within);
    close().then(end, end);
  });
}

function about(error: unknown): object {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
}
