import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { api } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { Microsoft365 } from '../local/microsoft365.ts';
import { tenant } from '../local/directory.ts';
import { localOutside } from '../local/product.ts';
import { createEntraClient } from '../../bot/graph/entra.ts';
import { fillPlan } from './fill.ts';
import { bodyOf, middles, timed, withRig, type Line, type Rig } from './rig.ts';
import { monday, people, setUp, team } from './tenant.ts';

/** What a call of Graph takes, in milliseconds: as much as from one part of the world to another. */
const latency = 200;
const looks = 30;
const directLooks = 10;
/** Somebody looks again and again, at this pace in milliseconds. */
const pace = 250;
const week = 7 * 24 * 3_600_000;
const screens = ['overview', 'plan', 'charter', 'roles', 'digest'] as const;

/** What `npm run bench` says of opening a screen while Graph is far away, and of what a quiet week costs. */
export async function measureScreens(): Promise<readonly Line[]> {
  return withRig(null, rig => opening(rig), { graphUnitsAMinute: 100_000 });
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

  fillPlan(microsoft365, community.id, 200);
  microsoft365.faults.latencyMs = latency;
  const direct = await directly(microsoft365);
  for (const name of screens) {
    // Whoever comes after a while has what changed read in each list that the screen is made of.
    microsoft365.clock.moveTo(new Date(microsoft365.clock.now().getTime() + 120_000));
    graph.lists.clear();
    await look(api[name]);
    const lists = [...graph.lists];
    const readings = await again(() => direct(lists), directLooks);
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
      `${middles(figures)} (a static file of that size: ${middles(plain)}; calls of Graph behind ${looks} requests: ${calls})`,
      looks,
    ]);
    lines.push([
      `… its lists read from Graph itself, all at once: milliseconds, and calls a request`,
      `${middles(readings)}; ${lists.length} (behind one request from the copy: ${(calls / looks).toFixed(2)})`,
      directLooks,
    ]);
  }
  lines.push(...(await afterAWhile(microsoft365, () => look(api.plan))));

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
  return [['… the plan after nobody looked for two minutes', middles(figures), figures.length]];
}

/** Reads lists as a product without a copy would: the items of each, in one call. Gives the milliseconds it takes. */
async function directly(microsoft365: Microsoft365): Promise<(lists: readonly string[]) => Promise<number>> {
  const credential = { kind: 'secret', secret: tenant.appSecret } as const;
  const registration = { appId: tenant.appId, credential, tenantId: tenant.id };
  const entra = createEntraClient(registration, localOutside(microsoft365).networkClient);
  const scopes = ['https://graph.microsoft.com/.default'];
  const { accessToken = '' } = (await entra.acquireTokenByClientCredential({ scopes })) ?? {};
  return async lists => {
    const began = performance.now();
    const addresses = lists.map(list => `${microsoft365.url}/graph/v1.0${list}/items?$expand=fields&$top=1000`);
    await Promise.all(addresses.map(address => bodyOf(address, accessToken)));
    return performance.now() - began;
  };
}

async function again(look: () => Promise<number>, most = looks): Promise<readonly number[]> {
  const figures: number[] = [];
  for (let times = 0; times < most; times++) {
    figures.push(await look());
    await wait(pace);
  }
  return figures;
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

/** Counts what reaches SharePoint from now on: calls, units, and the paths of the lists that are spoken of. */
function countCalls({ graph: { throttle } }: Microsoft365) {
  const counted = { calls: 0, units: 0, lists: new Set<string>() };
  const admit = throttle.admit.bind(throttle);
  throttle.admit = request => {
    const before = throttle.spent();
    admit(request);
    const units = throttle.spent() - before;
    const [list] = /\/sites\/[^/]+\/lists\/[^/?]+/.exec(request.url) ?? [];
    if (list !== undefined) counted.lists.add(list);
    counted.calls += units > 0 ? 1 : 0;
    counted.units += Math.max(0, units);
  };
  return counted;
}
