import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createSubscriptionStore } from '../../../bot/lists/subscription-store.ts';
import { createSubscriptions, type Notification, type Subscriptions } from '../../../bot/lists/subscriptions.ts';
import { samplePeople } from '../../../infra/local/sample-people.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';
import { knownCommunity } from '../../support/known-community.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';

const all = createEngines();
afterAll(() => all.stop());

/** What Graph sends, as the address of notifications reads it. */
interface Sent {
  readonly value: readonly { readonly subscriptionId: string; readonly clientState: string }[];
}

describe.each(engines)('subscriptions to lists, kept in %s', engine => {
  let over: ListsOverHttp;
  let opened: OpenedEngine;
  let listener: Server;
  let address: string;
  let proves = true;
  /** The server that hears what Graph tells. */
  let hearing: Subscriptions | undefined;
  const changed: string[] = [];
  const running: Subscriptions[] = [];
  let offset = 0;
  const now = () => new Date(over.microsoft365.clock.now().getTime() + offset);

  beforeAll(async () => {
    over = await startListsOverHttp();
    // Before the app's first token, which it keeps for an hour.
    over.microsoft365.entra.consent.setApplication(['Sites.Selected', 'Sites.ReadWrite.All']);
    await over.provision(over.team);
    opened = await all.open(engine);
    await knownCommunity(opened.database.db, over.team);
    listener = createServer((request, response) => {
      const token = new URL(request.url ?? '', 'http://here').searchParams.get('validationToken');
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (token === null) void hear(JSON.parse(Buffer.concat(parts).toString()) as Sent);
        response.writeHead(token === null ? 202 : proves ? 200 : 404, { 'content-type': 'text/plain' });
        response.end(token ?? '');
      });
    });
    await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/told`;
  });
  afterAll(async () => {
    listener.close();
    await opened.close();
    await over.stop();
  });
  beforeEach(async () => {
    offset = 0;
    proves = true;
    changed.length = 0;
    for (const { id } of subscribed()) over.microsoft365.graph.subscriptions.lose(id);
    await opened.database.db.deleteFrom('list_subscriptions').execute();
  });
  afterEach(() => {
    hearing = undefined;
    for (const one of running.splice(0)) one.stop();
  });

  const subscribed = () => over.microsoft365.graph.subscriptions.all();
  const hear = async ({ value }: Sent): Promise<void> => {
    const told = value.map(
      (one): Notification => ({ id: one.subscriptionId, secret: one.clientState, lifecycle: null }),
    );
    await hearing?.take(told);
  };
  function server(): Subscriptions {
    const made = createSubscriptions({
      store: createSubscriptionStore(opened.database.db),
      graph: over.graphAs('app'),
      findPlace: over.places.find,
      address,
      now,
      log: pino({ level: 'silent' }),
      inBackground: work => work(),
      changed: async (_community, list) => void changed.push(list),
      toldWithin: 700,
    });
    running.push(made);
    return made;
  }
  async function covered(one: Subscriptions): Promise<void> {
    one.want(over.team);
    await eventually('all lists to be covered', () => one.covers(over.team), 10_000);
  }
  function byHand(): void {
    const { graph } = over.microsoft365;
    const by = samplePeople[0]!.id;
    graph.byHand.saveRow({ teamId: over.team, list: 'CoP Plan', by, row: null, fields: { Title: 'By hand' } });
  }
  const rest = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

  test('three servers make one for each list, and hear of a change once', async () => {
    const servers = [server(), server(), server()];
    for (const one of servers) for (let times = 0; times < 3; times++) one.want(over.team);
    await eventually('nine', () => subscribed().length === 9, 10_000);
    await rest(500);
    expect(subscribed()).toHaveLength(9);

    changed.length = 0;
    hearing = servers[2];
    byHand();
    await eventually('the change', () => changed.length > 0);
    expect(changed).toEqual(['plan']);
  });

  test('a server that starts anew finds those that are there', async () => {
    await covered(server());
    const before = subscribed().map(({ id }) => id);
    await covered(server());

    expect(subscribed().map(({ id }) => id)).toEqual(before);
  });

  test('the secret itself is kept nowhere', async () => {
    await covered(server());
    const kept = JSON.stringify(await opened.database.db.selectFrom('list_subscriptions').selectAll().execute());
    for (const { clientState } of subscribed()) expect(kept).not.toContain(clientState);
  });

  test('one that tells nothing any more is noticed, and made anew', async () => {
    const one = server();
    hearing = one;
    await covered(one);
    const plan = subscribed().find(({ resource }) => resource.endsWith(planId()))!;
    over.microsoft365.graph.subscriptions.loseNotifications(1);
    byHand();
    // The look that is made now and then finds it.
    one.found(over.team, 'plan');
    await eventually('it to be given up', () => !one.covers(over.team), 5_000);
    await covered(one);

    expect(subscribed()).toHaveLength(9);
    expect(subscribed().map(({ id }) => id)).not.toContain(plan.id);
  });

  test('one that told of what was found stays', async () => {
    const one = server();
    hearing = one;
    await covered(one);
    const before = subscribed().map(({ id }) => id);
    changed.length = 0;
    byHand();
    one.found(over.team, 'plan');
    await eventually('the change', () => changed.length > 0);
    await rest(1_000);

    expect([one.covers(over.team), subscribed().map(({ id }) => id)]).toEqual([true, before]);
  });

  test('without the permission it is tried once a day, and then it works', async () => {
    over.microsoft365.faults.add({ path: '/graph/v1.0/subscriptions', status: 403, code: 'accessDenied', count: 1 });
    const store = createSubscriptionStore(opened.database.db);
    server().want(over.team);
    await eventually('the refusal', async () => (await store.counts(now()))['not-granted'] > 0, 10_000);
    const [first] = await store.of(over.team);
    server().want(over.team);
    await rest(300);
    expect(await store.of(over.team)).toEqual([first]);
    expect(await store.counts(now())).toEqual({ active: 0, 'not-granted': 1, 'not-reached': 0, unavailable: 0 });

    const yesterday = new Date(now().getTime() - 25 * 3_600_000);
    await opened.database.db.updateTable('list_subscriptions').set({ tried_at: yesterday }).execute();
    await covered(server());
  });

  test('an address that Graph does not reach is tried again within the hour', async () => {
    proves = false;
    const store = createSubscriptionStore(opened.database.db);
    server().want(over.team);
    await eventually('the refusal', async () => (await store.counts(now()))['not-reached'] > 0, 10_000);
    proves = true;
    offset = 61 * 60_000;
    await covered(server());

    expect(await store.counts(now())).toEqual({ active: 9, 'not-granted': 0, 'not-reached': 0, unavailable: 0 });
  });

  test('a list that was made anew is subscribed to anew, and the old one is given back', async () => {
    await covered(server());
    const resource = 'sites/other/lists/other';
    await opened.database.db.updateTable('list_subscriptions').set({ resource }).where('list', '=', 'plan').execute();
    const before = subscribed().map(({ id }) => id);
    await covered(server());

    expect(subscribed()).toHaveLength(9);
    expect(subscribed().filter(({ id }) => before.includes(id))).toHaveLength(8);
  });

  function planId(): string {
    const { graph } = over.microsoft365;
    return graph.byHand.lists(over.team).find(({ displayName }) => displayName === 'CoP Plan')!.id;
  }
});
