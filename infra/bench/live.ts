import { request, type RequestOptions } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { api } from '../../domain/api.ts';
import { startPostgres, type Postgres } from '../../tests/support/postgres.ts';
import { addAction, percentile, withRig, type Line, type Rig } from './rig.ts';
import { people, setUp, team } from './tenant.ts';

/** Open tabs of one community, as many of each person as one person may have. */
const tabs = 2_000;
const tabsOfPerson = 8;
const changes = 20;

/** What `npm run bench` says about changes of others: how soon open tabs hear of them, and what it costs to hold them. */
export async function measureLive(): Promise<readonly Line[]> {
  const postgres = await startPostgres();
  try {
    return [...(await measure(1, null)), ...(await measure(3, postgres))];
  } finally {
    await postgres.stop();
  }
}

function measure(servers: number, postgres: Postgres | null): Promise<readonly Line[]> {
  return withRig(postgres, rig => hearing(rig, servers), { graphUnitsAMinute: 100_000 });
}

async function hearing({ microsoft365, instances }: Rig, servers: number): Promise<readonly Line[]> {
  const { entra } = microsoft365;
  const members = people(microsoft365, 1, tabs / tabsOfPerson);
  const community = team(microsoft365, 0, members);
  const owner = members[0]!;
  for (let place = 0; place < servers; place++) await instances.start(place);
  await setUp(microsoft365, instances.url(), community, owner);
  const address = (path: string): string => instances.url() + path.replace('{community}', community.id);
  const before = await instances.memory(0);

  const leaving = new AbortController();
  let began = 0;
  const heard: number[] = [];
  for (const [number, { id }] of members.entries()) {
    const token = await entra.issueTabToken(id);
    // On Linux every 127.x.y.z is this machine: each person has an address of their own.
    const from = `127.1.${Math.floor(number / 200)}.${(number % 200) + 1}`;
    const options = { localAddress: from, agent: false, signal: leaving.signal } as const;
    const headers = { Authorization: `Bearer ${token}` };
    await Promise.all(
      Array.from({ length: tabsOfPerson }, () =>
        listen(address(api.live.path), { ...options, headers }, () => heard.push(performance.now() - began)),
      ),
    );
  }
  const after = await instances.memory(0);

  const token = await entra.issueTabToken(owner.id);
  const latencies: number[] = [];
  let lost = 0;
  for (let change = 0; change < changes; change++) {
    heard.length = 0;
    began = performance.now();
    await addAction(address(api.saveAction.path), token);
    for (let tries = 0; heard.length < tabs && tries < 50; tries++) await wait(100);
    lost += tabs - heard.length;
    latencies.push(...heard);
  }
  leaving.abort();
  const where = servers === 1 ? 'one server with its embedded database' : `${servers} servers on one PostgreSQL`;
  const kilobytes = ((after.held - before.held) / 1024 / tabs) * servers;
  return [
    [
      `milliseconds from a person’s change to the moment at which each of ${tabs} open tabs hears of it, through ${where}, 95th percentile`,
      `${percentile(latencies, 0.95).toFixed(0)} (median ${percentile(latencies, 0.5).toFixed(0)})`,
      changes,
    ],
    [
      `… not heard of within five seconds; kilobytes of memory of a server for each tab`,
      `${lost}; ${kilobytes.toFixed(0)}`,
      1,
    ],
  ];
}

/** Opens a tab's answer; resolves once it has begun. */
function listen(url: string, options: RequestOptions, heard: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, answer => {
      if (answer.statusCode !== 200) return reject(new Error(`a tab was refused: ${answer.statusCode}`));
      resolve();
      answer.on('data', (bytes: Buffer) => void (bytes.includes('"changed"') && heard()));
      // It is cut off when the measurement is over.
      answer.on('error', () => {});
    });
    asked.on('error', reject);
    asked.end();
  });
}
