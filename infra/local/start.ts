import { join } from 'node:path';
import { startApp } from '../../bot/app.ts';
import { prepareDataFolder } from '../../bot/database/data-folder.ts';
import type { HealthPart } from '../../bot/http/health.ts';
import { watchProcess } from '../../bot/process.ts';
import { codeOf, StartError, whyNotStarted } from '../../bot/start-error.ts';
import { createLocalLog } from './log.ts';
import { startMicrosoft365 } from './microsoft365.ts';
import { addPlaygroundTeam } from './playground.ts';
import { localConfig, localOutside } from './product.ts';
import { emptyTeam, sampleTeam } from './sample-people.ts';
import { bringSampleToLife } from './sample.ts';

/**
 * What `npm start` and `npm run playground` run: Microsoft 365 on this machine, the product, and a sample community.
 */
async function main(): Promise<void> {
  // What is kept on this machine is for the account that starts it.
  process.umask(0o077);
  const playground = process.argv.includes('--playground');
  const port = Number(process.env['PORT'] || 3978);
  const localPort = Number(process.env['LOCAL_PORT'] || 4365);
  const dataDir = process.env['DATA_DIR'] || '.data';

  // Before anything starts: production settings and BOT_AUTH=open do not go together.
  const options = { port, dataDir, botAuth: playground ? 'open' : 'signed', environment: process.env } as const;
  const { publicUrl } = localConfig({ ...options, microsoft365Url: 'http://localhost' });
  prepareDataFolder(dataDir);

  const microsoft365 = await startMicrosoft365({
    port: localPort,
    dataDir,
    productUrl: () => publicUrl,
    latencyMs: Number(process.env['LATENCY_MS'] || 0),
  }).catch((error: unknown) => {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new StartError(
      `LOCAL_PORT is ${localPort}: something else on this machine listens there. ` +
        'Stop it, or choose another, such as LOCAL_PORT=4366 npm start.',
    );
  });
  const config = localConfig({ ...options, microsoft365Url: microsoft365.url });
  const { log, file, tellWarnings } = createLocalLog(dataDir, config.logLevel, say);

  let filling = !playground;
  const sample: HealthPart = {
    name: 'sample',
    async check() {
      if (filling) throw new Error('the sample community is being set up');
      return undefined;
    },
  };
  const app = await startApp(config, { ...localOutside(microsoft365), log, health: playground ? [] : [sample] });
  watchProcess({ log, close: () => app.close() });
  microsoft365.clock.onMove(() => {
    app
      .checkCalendar()
      .catch((error: unknown) =>
        log.error({ error: String(error) }, 'the calendar could not be checked after the clock was moved'),
      );
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(
      signal,
      () =>
        void app
          .close()
          .then(() => microsoft365.close())
          .then(() => process.exit(0)),
    );
  }

  if (playground) addPlaygroundTeam(microsoft365);
  else {
    await bringSampleToLife(microsoft365, publicUrl).catch((error: unknown) => {
      log.warn({ error: String(error) }, 'the sample community was not set up to the end');
      say(
        microsoft365.connector.isInstalled(sampleTeam.id)
          ? 'The sample community could not be set up to the end; what is there works. ' +
              `Why is in ${file}, and the next start goes on with it.`
          : `The app is not in ${sampleTeam.displayName} any more, so the sample stays as it is. ` +
              'Add the app again on the desk to go on.',
      );
    });
    if (!microsoft365.directory.team(emptyTeam.id)) microsoft365.directory.putTeam(emptyTeam);
    // What an administrator grants each team's site as docs/deploying.md says.
    microsoft365.graph.grantSite(emptyTeam.id, 'fullcontrol');
  }
  filling = false;
  tellWarnings();
  say(
    playground
      ? `\nThe bot listens at ${publicUrl}/api/messages, without authentication, on this machine only.\nTalk to it with:  npx @microsoft/m365agentsplayground -e ${publicUrl}/api/messages -c msteams\n`
      : `\nCoP Companion is ready.\n\n  Open the desk:  ${microsoft365.url}\n\n  The bot and its tabs are at ${publicUrl}; everything is kept in ${join(dataDir, '/')}\n`,
  );
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${whyNotStarted(error)}\n`);
  process.exit(1);
}
