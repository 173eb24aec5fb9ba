import { join } from 'node:path';
import { pino } from 'pino';
import { startApp } from '../../bot/app.ts';
import { ConfigurationError } from '../../bot/config.ts';
import { watchProcess } from '../../bot/process.ts';
import { startMicrosoft365 } from './microsoft365.ts';
import { addPlaygroundTeam } from './playground.ts';
import { localConfig, localOutside } from './product.ts';
import { bringSampleToLife } from './sample.ts';

/** What `npm start` and `npm run playground` run: Microsoft 365 on this machine, the product, and a sample community. */
async function main(): Promise<void> {
  const playground = process.argv.includes('--playground');
  const port = Number(process.env['PORT'] || 3978);
  const dataDir = process.env['DATA_DIR'] || '.data';

  // Before anything starts: production settings and an open door do not go together.
  const options = { port, dataDir, botDoor: playground ? 'open' : 'signed', environment: process.env } as const;
  const { publicUrl } = localConfig({ ...options, microsoft365Url: 'http://localhost' });

  const microsoft365 = await startMicrosoft365({
    port: Number(process.env['LOCAL_PORT'] || 4365),
    dataDir,
    productUrl: () => publicUrl,
    latencyMs: Number(process.env['LATENCY_MS'] || 0),
  });
  const config = localConfig({ ...options, microsoft365Url: microsoft365.url });
  const log = pino({ level: config.logLevel, base: null });
  const app = await startApp(config, { ...localOutside(microsoft365), log });
  watchProcess({ log, close: () => app.close() });
  microsoft365.clock.onMove(() => {
    app.checkCalendar().catch((error: unknown) => log.error({ error: String(error) }, 'the calendar could not be checked after the clock was moved'));
  });

  if (playground) addPlaygroundTeam(microsoft365);
  else await bringSampleToLife(microsoft365, publicUrl);

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void app.close().then(() => microsoft365.close()).then(() => process.exit(0)));
  }
  process.stdout.write(
    playground
      ? `\nThe bot listens at ${publicUrl}/api/messages, without authentication, on this machine only.\nTalk to it with:  npx @microsoft/m365agentsplayground -e ${publicUrl}/api/messages -c msteams\n\n`
      : `\nCoP Companion is ready.\n\n  Open the desk:  ${microsoft365.url}\n\n  The bot and its tabs are at ${publicUrl}; everything is kept in ${join(dataDir, '/')}\n\n`,
  );
}

try {
  await main();
} catch (error) {
  const known = error instanceof ConfigurationError || (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
  if (!known) throw error;
  process.stderr.write(`${error.message}\n`);
  if ('code' in error) process.stderr.write('Something else uses this port. Stop it, or choose others: PORT=… LOCAL_PORT=… npm start\n');
  process.exit(1);
}
