import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import getPort from 'get-port';

const root = join(import.meta.dirname, '../..');

/** `npm start` in a process of its own. */
export interface Running {
  readonly deskUrl: string;
  /** Milliseconds from the start of the process until the desk answered with a community that is set up. */
  readonly readyAfter: number;
  stop(): Promise<void>;
}

/** @param dataDir where it keeps everything */
export async function startDesk(dataDir: string): Promise<Running> {
  const [port, localPort] = [await getPort(), await getPort()];
  const began = performance.now();
  const child = spawn(process.execPath, ['infra/dev/launch.mjs', 'start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), LOCAL_PORT: String(localPort), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await saidReady(child);
  const deskUrl = `http://localhost:${localPort}`;
  if (!(await fetch(deskUrl)).ok) throw new Error(`the desk at ${deskUrl} does not answer`);
  return {
    deskUrl,
    readyAfter: performance.now() - began,
    stop: () =>
      new Promise(resolve => {
        child.once('close', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function saidReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('Open the desk')) resolve();
    });
    child.once('close', code => reject(new Error(`npm start ended with ${code}`)));
  });
}
