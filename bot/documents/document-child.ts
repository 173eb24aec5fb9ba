import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { CommunityError } from '../../domain/errors.ts';
import type { DocumentWork, Report } from './document-worker.ts';

export interface ChildLimits {
  /** Milliseconds for one document. */
  readonly longest: number;
  /** Megabytes of V8's heap, beyond which the process aborts by itself. */
  readonly heapMb: number;
  /** Megabytes of everything, beyond which it is killed; watched where the system tells, which is Linux. */
  readonly residentMb: number;
}

/** A process that makes one document after the other. */
export interface Child {
  /**
   * Fails with `too-complex` when it took too long or too much memory, `unavailable` otherwise; it is of no use any
   * more then.
   */
  make(work: DocumentWork): Promise<Uint8Array>;
  alive(): boolean;
  end(): void;
}

/** How often its memory is looked at, in milliseconds. */
const lookEvery = 100;

/**
 * The process gets no secrets, may write nowhere, start nothing, and reads its work over a channel: all it is for is
 * to be killed. It ends by itself when the server is gone.
 */
export function startChild(program: URL, { longest, heapMb, residentMb }: ChildLimits): Child {
  const child = fork(program, [], {
    execArgv: [
      '--permission',
      '--allow-fs-read=*',
      `--max-old-space-size=${heapMb}`,
      '--disable-warning=ExperimentalWarning',
    ],
    // It would inherit the server's secrets.
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // A server that stops does not wait for it.
  child.unref();
  child.channel?.unref();

  return {
    alive: () => child.connected && child.exitCode === null && child.signalCode === null,
    end: () => void child.kill('SIGKILL'),
    make: work => make(child, work, { longest, residentMb }),
  };
}

/** Sends one document's work and waits for it, as long and for as much memory as it may take. */
function make(
  child: ChildProcess,
  work: DocumentWork,
  { longest, residentMb }: Pick<ChildLimits, 'longest' | 'residentMb'>,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let section = '';
    const timer = setTimeout(() => end(tooMuch('time', section)), longest);
    const watch = setInterval(() => void look(), lookEvery);

    async function look(): Promise<void> {
      if ((await residentOf(child)) > residentMb) end(tooMuch('memory', section));
    }
    function end(error: CommunityError): void {
      settle();
      child.kill('SIGKILL');
      reject(error);
    }
    function settle(): void {
      clearTimeout(timer);
      clearInterval(watch);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
    }
    function onMessage(report: Report): void {
      if (report.is === 'section') section = report.section;
      else if (report.is === 'failed') end(broken(report.why));
      else {
        settle();
        resolve(report.bytes);
      }
    }
    function onExit(code: number | null, signal: string | null): void {
      // V8 aborts when its heap is full.
      const isHeapFull = signal === 'SIGABRT' || code === 134;
      end(isHeapFull ? tooMuch('memory', section) : broken(`its process ended with ${signal ?? code}`));
    }
    function onError(error: Error): void {
      end(broken(error.message));
    }

    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(work, error => {
      if (error) onError(error);
    });
  });
}

/** @param section where it was; empty before the first one. */
function tooMuch(of: 'time' | 'memory', section: string): CommunityError {
  return new CommunityError(
    'too-complex',
    `a document took too much ${of}${section === '' ? '' : `, at the section ${section}`}`,
    { context: section === '' ? 'document' : 'documentAt', section },
  );
}

function broken(why: string): CommunityError {
  return new CommunityError('unavailable', `the document could not be made: ${why}`, { context: 'document' });
}

/** Megabytes; 0 where the system does not say. */
async function residentOf({ pid }: ChildProcess): Promise<number> {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
