import { pino } from 'pino';
import { startApp, type App } from './app.ts';
import { ConfigurationError, readConfig } from './config.ts';
import { watchProcess } from './process.ts';

/** The production server. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = pino({ level: config.logLevel, base: null });
  const started: { app?: App } = {};
  watchProcess({ log, close: async () => started.app?.close() });

  const app = (started.app = await startApp(config, { now: () => new Date(), fetch: globalThis.fetch, log }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void app.close().then(() => process.exit(0)));
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
