import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** That a person was forgotten in a community, said so that it names nobody: it only tells whether somebody is meant. */
export interface Erasure {
  readonly id: string;
  readonly community: string;
  /** A hash of the community's and the person's ids. */
  readonly whom: string;
  readonly quiet: boolean;
  readonly at: string;
}

/**
 * Who was forgotten, kept outside the database: a backup that is brought back brings people back with it, and by this
 * they are forgotten again.
 */
export interface ErasureLog {
  note(erasure: {
    readonly community: string;
    readonly person: string;
    readonly quiet: boolean;
    readonly at: Date;
  }): Promise<Erasure>;
  all(): Promise<readonly Erasure[]>;
  /** Lets go of those for which no backup is left. */
  forgetOld(now: Date): Promise<void>;
}

/** No backup is kept for longer, says docs/moving.md. The database knows for longer what was done: see retention.ts. */
const days = 400;

/** @param directory one folder for all servers that share a database, and in no backup; made with the first erasure */
export function createErasureLog(directory: string): ErasureLog {
  const fileOf = (id: string): string => join(directory, `${id}.json`);

  async function all(): Promise<readonly Erasure[]> {
    const names = await readdir(directory).catch(unlessMissing);
    const files = (names ?? []).filter(name => name.endsWith('.json'));
    return Promise.all(files.map(async name => JSON.parse(await readFile(join(directory, name), 'utf8')) as Erasure));
  }

  return {
    async note({ community, person, quiet, at }) {
      const erasure = { id: randomUUID(), community, whom: whom(community, person), quiet, at: at.toISOString() };
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const file = await open(fileOf(erasure.id), 'wx', 0o600);
      await file.writeFile(`${JSON.stringify(erasure)}\n`);
      await file.sync().finally(() => file.close());
      return erasure;
    },
    all,
    async forgetOld(now) {
      const before = new Date(now.getTime() - days * 86_400_000).toISOString();
      for (const { id, at } of await all()) if (at < before) await rm(fileOf(id), { force: true });
    },
  };
}

export function whom(community: string, person: string): string {
  return createHash('sha256').update(`${community} ${person}`).digest('base64url');
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
