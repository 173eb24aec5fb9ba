// Moves the embedded database into PostgreSQL: `npm run move-to-postgresql`, with the environment of the server to come.
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig, type Config } from './config.ts';
import { openDatabase, readEmbedded, type Database } from './database/connection.ts';
import { copyDatabase, type CopiedTable } from './database/copy-database.ts';
import { markMoved, refuseSecondMove } from './database/moved-mark.ts';
import { refuseServers } from './database/running-servers.ts';
import { databasePassword } from './graph/credential.ts';
import { startQueue } from './scheduler/queue.ts';
import { reasonsOf, StartError, whyNotStarted } from './start-error.ts';

const usage = `npm run move-to-postgresql

Copies everything from the embedded database in DATA_DIR into the empty PostgreSQL database of DATABASE_URL, counts and
compares it there, and changes nothing in the folder but for a mark that it has been moved. Stop the server before, and
start it with this environment afterwards. What breaks off leaves nothing behind: run it again.`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) return say(usage);
  process.umask(0o077);
  const config = readConfig();
  const { databaseUrl, dataDir } = config;
  if (databaseUrl === null)
    throw new StartError('DATABASE_URL is missing: it says which PostgreSQL database everything is moved to.');
  refuseSecondMove(dataDir);
  const source = await readEmbedded(dataDir);
  try {
    const copied = await moveTo({ ...config, databaseUrl }, source);
    markMoved(dataDir, new Date());
    return say(reportOf(copied, config));
  } finally {
    await source.close();
  }
}

async function moveTo(
  config: Config & { readonly databaseUrl: string },
  source: Database,
): Promise<readonly CopiedTable[]> {
  const { databaseUrl, dataDir } = config;
  const target = await openDatabase({ databaseUrl, dataDir, password: databasePassword(config) });
  try {
    await refuseServers(target.db);
    // Makes the queue's tables, as the first start would.
    await (await startQueue(target, pino({ level: 'silent' }))).stop();
    return await copyDatabase(source.db, target.db);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `Nothing was moved: ${reasonsOf(error).join(': ')}. PostgreSQL is as empty as it was: mend that, and run this again.`,
      { cause: error },
    );
  } finally {
    await target.close();
  }
}

function reportOf(copied: readonly CopiedTable[], { dataDir, keysDir }: Config): string {
  const width = Math.max(...copied.map(({ rows }) => String(rows).length));
  return [
    'Everything is in PostgreSQL, counted and compared:',
    ...copied.filter(({ rows }) => rows > 0).map(({ name, rows }) => `  ${String(rows).padStart(width)}  ${name}`),
    '',
    'Start the server with this environment. The keys of open anonymous surveys are not in any database: the server, and',
    `every further one, needs KEYS_DIR as it is now (${keysDir}).`,
    `${dataDir}/database is as it was, and of no use any more: delete it, and database.moved beside it, once all is well.`,
  ].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${whyNotStarted(error)}\n`);
  process.exitCode = 1;
}
