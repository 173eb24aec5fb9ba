import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compiledOnce } from '../../infra/local/instances.ts';
import { untilEnd, within } from './clean-up.ts';

const root = join(import.meta.dirname, '../..');

export interface ServerProcess {
  /** What it has printed so far, on both streams. */
  said(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly gone: Promise<number | NodeJS.Signals | null>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Runs one of the project's programs in a process of its own, with nothing of our environment but what is given.
 * @param folder where the project is, if it is not this one
 */
export function startProcess(
  program: string,
  environment: Readonly<Record<string, string>>,
  folder: string = root,
  args: readonly string[] = [],
): ServerProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...compiledOnce(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const gone = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  // Who waits for something else of it need not wait for this.
  gone.catch(() => {});
  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await within(25_000, `${program} to end`, gone, () => said).catch(() => child.kill('SIGKILL'));
  }
  untilEnd(() => stop('SIGKILL'));
  return { said: () => said, gone, stop };
}
