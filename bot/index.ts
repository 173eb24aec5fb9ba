import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { startApp, type App } from './app.ts';
import { readConfig } from './config.ts';
import { watchProcess } from './process.ts';
import { StartError, whyNotStarted } from './start-error.ts';
import { traceId } from './telemetry/telemetry.ts';

/** How long a start may take, in milliseconds: longer than any change of the tables, and not for ever. */
const startWithin = 120_000;
const tooLate =
  'The server was not ready after two minutes and gives up: its database does not answer, or another server changes its ' +
  'tables. Whoever runs the server looks after the database, and starts it again.';

/** The production server. */
async function main(): Promise<void> {
  // What is kept on this machine is for the server's own account.
  process.umask(0o077);
  const late = setTimeout(() => end(tooLate), startWithin);
  const config = readConfig();
  if (!existsSync(join(config.tabsDir, 'index.html'))) {
    const place = resolve(config.tabsDir);
    throw new StartError(
      `TABS_DIR is ${config.tabsDir}, and there are no tabs in ${place}: run npm run build, or set TABS_DIR to where dist/tabs was brought.`,
    );
  }
  const log = pino({ level: config.logLevel, base: null, mixin: () => ({ trace: traceId() }) });
  for (const names of config.renamed)
    log.warn(names, 'a variable of the environment has another name now; the next release knows only that one');
  const started: { app?: App } = {};
  watchProcess({ log, close: async () => started.app?.close() });

  const app = (started.app = await startApp(config, { now: () => new Date(), fetch: globalThis.fetch, log }));
  clearTimeout(late);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void app.close().then(() => process.exit(0)));
  }
}

function end(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

try {
  await main();
} catch (error) {
  end(whyNotStarted(error));
}
