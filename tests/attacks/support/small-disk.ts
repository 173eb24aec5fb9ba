import { spawnSync } from 'node:child_process';
import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own with little room; where nobody may mount one, the system's word that a process may write no more. */
export interface SmallDisk {
  readonly folder: string;
  /** What Node needs to be told to see an error where it would be ended. */
  readonly nodeOptions: readonly string[];
  /** Leaves no byte free to this process. */
  fill(process: number): Promise<void>;
  free(process: number): Promise<void>;
  close(): Promise<void>;
}

const megabytes = 192;

export async function openSmallDisk(): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'cop-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'cop-disk', folder]);
  return status === 0 ? mounted(folder) : limited(folder);
}

/** For those who may mount: a file takes all the room there is. */
function mounted(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast');

  return {
    folder,
    nodeOptions: [],
    async fill() {
      const file = await open(ballast, 'a');
      try {
        for (let size = 1024 * 1024; size >= 1; ) {
          const { bytesWritten } = await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }));
          if (bytesWritten < size) size = Math.floor(size / 2);
        }
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async close() {
      spawnSync('umount', [folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For those who may not: files of the process may grow to no more than a byte (RLIMIT_FSIZE), which PostgreSQL meets like a full disk. */
function limited(folder: string): SmallDisk {
  function limit(process: number, bytes: string): void {
    const { status, stderr } = spawnSync('prlimit', [`--pid=${process}`, `--fsize=${bytes}:`], { encoding: 'utf8' });
    if (status !== 0)
      throw new Error(
        `this machine has no disk that can be filled: neither mount nor prlimit works (${stderr?.trim() ?? 'no prlimit'})`,
      );
  }
  return {
    folder,
    // The system's signal would end Node before the write fails.
    nodeOptions: ['--import', "data:text/javascript,process.on('SIGXFSZ',()=>{})"],
    fill: async process => limit(process, '1'),
    free: async process => limit(process, 'unlimited'),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
