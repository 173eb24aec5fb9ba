import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { startApp } from '../../bot/app.ts';
import { prepareDataFolder } from '../../bot/database/data-folder.ts';
import type { HealthPart } from '../../bot/http/health.ts';
import { watchProcess } from '../../bot/process.ts';
import { codeOf, StartError, whyNotStarted } from '../../bot/start-error.ts';
import { createLocalLog } from './log.ts';
import { startMicrosoft365 } from './microsoft365.ts';
import { addPlaygroundTeam } from './playground.ts';
import { localConfig, localOutside, type LocalConfigOptions } from './product.ts';
import { emptyTeam, sampleTeam } from './sample-people.ts';
import { bringSampleToLife } from './sample.ts';
import { bringSisterToLife } from './sister.ts';

/**
 * What `npm start` and `npm run playground` run: Microsoft 365 on this machine, the product, and a sample community.
 */
async function main(): Promise<void> {
  // What is kept on this machine is for the account that starts it.
  process.umask(0o077);
  const playground = process.argv.includes('--playground');
  const place = {
    port: Number(process.env['PORT'] || 3978),
    dataDir: process.env['DATA_DIR'] || '.data',
    botAuth: playground ? 'open' : 'signed',
    environment: process.env,
  } as const;
  // Before anything starts: production settings and BOT_AUTH=open do not go together.
  const { publicUrl, databaseUrl, logLevel } = localConfig({ ...place, microsoft365Url: 'http://localhost' });
  prepareDataFolder(place.dataDir);
  const { log, file, tellWarnings } = createLocalLog(place.dataDir, logLevel, say);

  let running = await open();
  async function open(): Promise<Everything> {
    return openEverything({
      place,
      publicUrl,
      playground,
      log,
      // What others keep in a PostgreSQL of their own is not this page's to throw away.
      ...(playground || databaseUrl ? {} : { beginAnew: () => void beginAnew().catch(end) }),
      sayTrouble: removed =>
        say(
          removed
            ? `The app is not in ${sampleTeam.displayName} any more, so the sample stays as it is. ` +
                'Add the app again on the desk to go on.'
            : 'The sample community could not be set up to the end; what is there works. ' +
                `Why is in ${file}, and the next start goes on with it.`,
        ),
    });
  }
  async function beginAnew(): Promise<void> {
    say('Everything is thrown away, and begins anew.');
    await running.close();
    forgetEverything(place.dataDir);
    running = await open();
    await running.filled;
    say('CoP Companion is ready again.');
  }

  watchProcess({ log, close: () => running.close() });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void running.close().then(() => process.exit(0)));
  await running.filled;
  tellWarnings();
  say(
    playground
      ? `\nThe bot listens at ${publicUrl}/api/messages, without authentication, on this machine only.\nTalk to it with:  npx @microsoft/m365agentsplayground -e ${publicUrl}/api/messages -c msteams\n`
      : `\nCoP Companion is ready.\n\n  Open the desk:  ${running.url}\n\n  The bot and its tabs are at ${publicUrl}; everything is kept in ${join(place.dataDir, '/')}\n`,
  );
}

interface Opening {
  readonly place: Omit<LocalConfigOptions, 'microsoft365Url'>;
  readonly publicUrl: string;
  readonly playground: boolean;
  readonly log: Logger;
  readonly beginAnew?: () => void;
  /** @param removed whether somebody took the app out of the sample's team */
  readonly sayTrouble: (removed: boolean) => void;
}

/** Microsoft 365 and the product, as far as they are open. */
interface Everything {
  /** Where the desk is. */
  readonly url: string;
  /** When the sample community is there, as far as it could be set up. */
  readonly filled: Promise<void>;
  close(): Promise<void>;
}

async function openEverything(opening: Opening): Promise<Everything> {
  const { place, publicUrl, playground, log, beginAnew, sayTrouble } = opening;
  let filling = !playground;
  const localPort = Number(process.env['LOCAL_PORT'] || 4365);
  const microsoft365 = await startMicrosoft365({
    port: localPort,
    dataDir: place.dataDir,
    productUrl: () => publicUrl,
    latencyMs: Number(process.env['LATENCY_MS'] || 0),
    isFilling: () => filling,
    ...(beginAnew ? { beginAnew } : {}),
  }).catch((error: unknown) => {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new StartError(
      `LOCAL_PORT is ${localPort}: something else on this machine listens there. ` +
        'Stop it, or choose another, such as LOCAL_PORT=4366 npm start.',
    );
  });
  const sample: HealthPart = {
    name: 'sample',
    async check() {
      if (filling) throw new Error('the sample community is being set up');
      return undefined;
    },
  };
  const config = localConfig({ ...place, microsoft365Url: microsoft365.url });
  const app = await startApp(config, { ...localOutside(microsoft365), log, health: playground ? [] : [sample] });
  microsoft365.clock.onMove(() => {
    app
      .checkCalendar()
      .catch((error: unknown) =>
        log.error({ error: String(error) }, 'the calendar could not be checked after the clock was moved'),
      );
  });

  async function fill(): Promise<void> {
    if (playground) return addPlaygroundTeam(microsoft365);
    const bring = async (): Promise<void> => {
      await bringSampleToLife(microsoft365, publicUrl);
      await bringSisterToLife(microsoft365, publicUrl);
    };
    await bring().catch((error: unknown) => {
      log.warn({ error: String(error) }, 'the sample community was not set up to the end');
      sayTrouble(!microsoft365.connector.isInstalled(sampleTeam.id));
    });
    if (!microsoft365.directory.team(emptyTeam.id)) microsoft365.directory.putTeam(emptyTeam);
    // What an administrator grants each team's site as docs/deploying.md says.
    microsoft365.graph.grantSite(emptyTeam.id, 'fullcontrol');
    filling = false;
  }
  return { url: microsoft365.url, filled: fill(), close: async () => app.close().then(() => microsoft365.close()) };
}

/** Deletes what the product and local Microsoft 365 know, and nothing else that is in the folder; the log goes on. */
function forgetEverything(dataDir: string): void {
  for (const name of readdirSync(dataDir))
    if (/^(database(\.unfinished)?|microsoft365\.sqlite(-\w+)?)$/.test(name))
      rmSync(join(dataDir, name), { recursive: true });
}

function end(error: unknown): never {
  process.stderr.write(`${whyNotStarted(error)}\n`);
  process.exit(1);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

await main().catch(end);
