import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Erasure = z.object({
  id: z.string(),
  community: z.string(),
  /** A hash of the community's and the person's ids. */
  whom: z.string(),
  quiet: z.boolean(),
  at: z.iso.datetime(),
});
/** That a person was forgotten in a community, said so that it names nobody: it only tells whether somebody is meant. */
export type Erasure = Readonly<z.infer<typeof Erasure>>;

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

/**
 * @param directory one folder for all servers that share a database, and in no backup; made with the first erasure
 * @param unreadable hears of each file that somebody or something broke: whoever it meant cannot be told
 */
export function createErasureLog(directory: string, unreadable: (file: string) => void): ErasureLog {
  const fileOf = (id: string): string => join(directory, `${id}.json`);

  async function read(name: string): Promise<readonly Erasure[]> {
    const file = join(directory, name);
    const erasure = Erasure.safeParse(parsed(await readFile(file, 'utf8')));
    if (!erasure.success) unreadable(file);
    return erasure.success ? [erasure.data] : [];
  }

  async function all(): Promise<readonly Erasure[]> {
    const names = await readdir(directory).catch(unlessMissing);
    return (await Promise.all((names ?? []).filter(name => name.endsWith('.json')).map(read))).flat();
  }

  return {
    async note({ community, person, quiet, at }) {
      const erasure = { id: randomUUID(), community, whom: whom(community, person), quiet, at: at.toISOString() };
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // Under another name until it is whole: a server may end at any moment.
      const unfinished = join(directory, `${erasure.id}.unfinished`);
      const file = await open(unfinished, 'wx', 0o600);
      await file.writeFile(`${JSON.stringify(erasure)}\n`);
      await file.sync().finally(() => file.close());
      await rename(unfinished, fileOf(erasure.id));
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
