import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { api } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { StoredItem, StoredList } from '../local/graph/stored.ts';
import type { Microsoft365 } from '../local/microsoft365.ts';
import type { Line } from './delivery.ts';
import { percentile, withRig, type Rig } from './rig.ts';
import { monday, people, setUp, team } from './tenant.ts';

/** What a call of Graph takes, in milliseconds: as much as from one part of the world to another. */
const latency = 200;
const looks = 30;
/** Somebody looks again and again, at this pace in milliseconds. */
const pace = 250;
const week = 7 * 24 * 3_600_000;
const screens = ['overview', 'plan', 'charter', 'roles', 'digest'] as const;

/** What `npm run bench` says of opening a screen while Graph is far away, and of what a quiet week costs. */
export async function measureScreens(): Promise<readonly Line[]> {
  return withRig(null, rig => opening(rig), 100_000);
}

async function opening({ microsoft365, instances }: Rig): Promise<readonly Line[]> {
  const owner = people(microsoft365, 1, 1)[0]!;
  const community = team(microsoft365, 0, [owner]);
  const graph = countCalls(microsoft365);
  await instances.start(0);
  await setUp(microsoft365, instances.url(), community, owner);
  const token = await microsoft365.entra.issueTabToken(owner.id);
  const look = (screen: AnyEndpoint): Promise<number> =>
    timed(instances.url() + screen.path.replace('{community}', community.id), token);
  const lines: Line[] = [];

  fill(microsoft365, community.id, 200);
  microsoft365.faults.latencyMs = latency;
  for (const name of screens) {
    await look(api[name]);
    await wait(1_000);
    graph.calls = 0;
    const figures = await again(() => look(api[name]));
    const { calls } = graph;
    const file = await staticFile(
      await bodyOf(instances.url() + api[name].path.replace('{community}', community.id), token),
    );
    const plain = await again(() => timed(file.url, token));
    await file.close();
    lines.push([
      `milliseconds of a request of ${name} that is looked at again and again, Graph at ${latency} ms a call, 50th and 95th percentile`,
      `${shown(figures)} (a static file of that size: ${shown(plain)}; calls of Graph behind ${looks} requests: ${calls})`,
      looks,
    ]);
  }
  lines.push(...(await afterAWhile(microsoft365, () => look(api.plan))));
  lines.push(...(await longList({ microsoft365, instances, community: community.id, look: () => look(api.plan) })));

  microsoft365.faults.latencyMs = 0;
  for (const [index, name] of ['first', 'second', 'third'].entries()) {
    graph.units = 0;
    microsoft365.clock.moveTo(new Date(monday.getTime() + index * week));
    await instances.check();
    await wait(8_000);
    lines.push([
      `SharePoint’s units of a community’s ${name} Monday, the night’s look at its lists included`,
      String(graph.units),
      1,
    ]);
  }
  return lines;
}

/** Whoever comes after a while waits for what changed. */
async function afterAWhile(microsoft365: Microsoft365, look: () => Promise<number>): Promise<readonly Line[]> {
  const figures: number[] = [];
  for (let times = 0; times < 5; times++) {
    microsoft365.clock.moveTo(new Date(microsoft365.clock.now().getTime() + 120_000));
    await wait(300);
    figures.push(await look());
  }
  return [['… the plan after nobody looked for two minutes', shown(figures), figures.length]];
}

/** The first screen and the memory with a hundred times as many rows. */
async function longList({
  microsoft365,
  instances,
  community,
  look,
}: Pick<Rig, 'microsoft365' | 'instances'> & {
  readonly community: string;
  readonly look: () => Promise<number>;
}): Promise<readonly Line[]> {
  const few = { figures: await again(look), memory: (await instances.memory(0)).held };
  fill(microsoft365, community, 20_000);
  microsoft365.clock.moveTo(new Date(microsoft365.clock.now().getTime() + 120_000));
  await look();
  await wait(15_000);
  const many = { figures: await again(look), memory: (await instances.memory(0)).held };
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);
  return [
    ['… the plan with 200 rows, and with 20,000', `${shown(few.figures)}; ${shown(many.figures)}`, looks],
    ['megabytes the server holds with either', `${megabytes(few.memory)}; ${megabytes(many.memory)}`, 1],
  ];
}

function shown(figures: readonly number[]): string {
  return [0.5, 0.95].map(share => percentile(figures, share).toFixed(1)).join(' and ');
}

async function again(look: () => Promise<number>): Promise<readonly number[]> {
  const figures: number[] = [];
  for (let times = 0; times < looks; times++) {
    figures.push(await look());
    await wait(pace);
  }
  return figures;
}

async function bodyOf(url: string, token: string): Promise<string> {
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

async function timed(url: string, token: string): Promise<number> {
  const began = performance.now();
  await bodyOf(url, token);
  return performance.now() - began;
}

/** The same bytes from a server that does nothing else. */
async function staticFile(body: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(body));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}

/** Counts what reaches SharePoint, calls and units, from now on. */
function countCalls({ graph: { throttle } }: Microsoft365): { calls: number; units: number } {
  const counted = { calls: 0, units: 0 };
  const admit = throttle.admit.bind(throttle);
  throttle.admit = request => {
    const before = throttle.spent();
    admit(request);
    const units = throttle.spent() - before;
    counted.calls += units > 0 ? 1 : 0;
    counted.units += Math.max(0, units);
  };
  return counted;
}

/** Puts actions into a community's plan until it has so many, as if people had added them over years. */
function fill({ store }: Microsoft365, community: string, count: number): void {
  const plan = store
    .collection<StoredList>('graph.lists')
    .values()
    .find(({ teamId, displayName }) => teamId === community && displayName === 'CoP Plan');
  if (!plan) throw new Error('the community of the benchmark has no plan');
  const items = store.collection<StoredItem>(`graph.items.${plan.id}`);
  const deleted = store.collection(`graph.deleted.${plan.id}`);
  const actor = { user: null };
  store.together(() => {
    for (let number = items.values().length; number < count; number++) {
      const change = deleted.next();
      const key = crypto.randomUUID();
      const at = '2026-11-01T10:00:00Z';
      items.put(String(number + 1), {
        id: number + 1,
        guid: crypto.randomUUID(),
        number: 1,
        created: at,
        modified: at,
        createdBy: actor,
        modifiedBy: actor,
        change,
        values: { Title: key, CopKey: key, ...action(number) },
      });
      store.collection<number>('graph.reached').put(plan.id, change);
    }
  });
}

function action(number: number): StoredItem['values'] {
  const person = JSON.stringify({ id: 'somebody', name: 'Somebody' });
  const at = '2026-11-01T10:00:00Z';
  return {
    CopTitle: `Look at chart ${number}`,
    CopOwners: '[]',
    CopState: number % 10 === 0 ? 'to-do' : 'done',
    CopWeight: 'baseline',
    CopNotes: 'What it shows, and what it does not.',
    CopAddedBy: person,
    CopAddedAt: at,
    CopChangedBy: person,
    CopChangedAt: at,
    ...(number % 10 === 0 ? {} : { CopDoneAt: at }),
  };
}
