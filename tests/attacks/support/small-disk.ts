import { spawnSync } from 'node:child_process';
import { open, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A disk of its own with little room; where nobody may mount one, a server whose files cannot grow. */
export interface SmallDisk {
  readonly folder: string;
  /** What a server on it is started with. */
  readonly nodeOptions: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Leaves no byte free. */
  fill(): Promise<void>;
  free(): Promise<void>;
  close(): Promise<void>;
}

const megabytes = 192;

export async function openSmallDisk(): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'cop-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'cop-disk', folder]);
  return status === 0 ? mounted(folder) : pretended(folder);
}

/** For those who may mount: a file takes all the room there is. */
function mounted(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast');

  return {
    folder,
    nodeOptions: [],
    environment: {},
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

/**
 * For those who may not: the server's own files refuse to grow. A limit of the system (RLIMIT_FSIZE) would refuse
 * overwriting too.
 */
function pretended(folder: string): SmallDisk {
  const sign = `${folder}.full`;

  return {
    folder,
    nodeOptions: ['--import', pathToFileURL(join(import.meta.dirname, 'no-room.ts')).href],
    environment: { NO_ROOM: sign },
    fill: () => writeFile(sign, ''),
    free: () => rm(sign, { force: true }),
    async close() {
      await rm(sign, { force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
