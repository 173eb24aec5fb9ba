// Looks at everything the app needs: `npm run doctor`, with the server's environment. It changes nothing.
import { parseArgs } from 'node:util';
import { checksText, createChecks, type FoundInCommunity } from './checks/checks.ts';
import { linesOf, reportOf } from './checks/report.ts';
import { readConfig, type Config } from './config.ts';
import { lookIntoDatabase, type Database } from './database/connection.ts';
import { createChannelTabs } from './graph/channel-tabs.ts';
import { createGraph } from './graph/client.ts';
import { identityToken } from './graph/credential.ts';
import { createEntraClient } from './graph/entra.ts';
import { createGraphThrottle } from './graph/throttle.ts';
import { whyNotStarted } from './start-error.ts';
import { createTexts } from './text.ts';
import { readVersion } from './version.ts';

const usage = `npm run doctor [-- --json]

Looks at everything CoP Companion needs, and says of each gap what happened, who can mend it, and how. Run it with the
server's environment (.env, or the variables themselves). It ends with 1 when something needs mending.

  --json   the same for programs`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const config = readConfig();
  // An embedded database takes one program at a time, and cannot tell that another has it open.
  const { databaseUrl, databaseIdentity, cloud } = config;
  const password = databaseIdentity === null ? null : identityToken(databaseIdentity, cloud.databases);
  const database = databaseUrl === null ? null : lookIntoDatabase(databaseUrl, password);
  try {
    const report = await look(config, database);
    const t = createTexts(checksText).for('checks', 'en');
    process.stdout.write(
      `${values.json ? JSON.stringify(reportOf(report, t), null, 2) : linesOf(reportOf(report, t), t)}\n`,
    );
    process.exitCode = reportOf(report, t).gaps > 0 ? 1 : 0;
  } finally {
    await database?.close();
  }
}

async function look(config: Config, database: Database | null): Promise<Parameters<typeof reportOf>[0]> {
  const client = createEntraClient(config);
  const throttle = createGraphThrottle({ unitsAMinute: config.graphUnitsAMinute });
  const graph = createGraph({ client, people: client, fetch, throttle, cloud: config.cloud })('app');
  const channelTabs = createChannelTabs({ graph, config, channelOf: async () => undefined });
  const checks = createChecks({ config, client, graph, db: database?.db ?? null, channelTabs, fetch });

  const server = await checks.server();
  const communities: FoundInCommunity[] = [];
  // Without a database there is nothing to go through, which the server's own part has said.
  const isOpen = server.some(({ check, finding }) => check === 'database' && finding.state === 'good');
  if (isOpen) for await (const community of checks.communities()) communities.push(community);
  return { version: readVersion(), publicUrl: config.publicUrl, server, communities };
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${whyNotStarted(error)}\n`);
  process.exitCode = 1;
}
