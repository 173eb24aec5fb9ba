import { startApp } from './app.ts';
import { ConfigurationError, readConfig } from './config.ts';

/** The production server. */
async function main(): Promise<void> {
  const app = await startApp(readConfig(), { now: () => new Date(), fetch: globalThis.fetch });
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
