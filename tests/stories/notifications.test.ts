import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { budgets } from '../../bot/http/limits.ts';
import { api } from '../../domain/api.ts';
import type { PlanView } from '../../domain/plan/api.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** Microsoft Graph tells that somebody changed a list in SharePoint itself; others only pretend to be Graph. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const leaving: AbortController[] = [];
afterEach(() => {
  for (const one of leaving.splice(0)) one.abort();
});

/** Topics that this person's open tab hears of from now on. */
async function listens(who: string): Promise<string[]> {
  const abort = new AbortController();
  leaving.push(abort);
  const response = await fetch(system.productUrl + api.live.path.replace('{community}', system.team), {
    headers: { authorization: `Bearer ${await system.microsoft365.entra.issueTabToken(personOf(who).id)}` },
    signal: abort.signal,
  });
  const heard: string[] = [];
  const read = async (): Promise<void> => {
    for await (const bytes of response.body!)
      heard.push(
        ...(/"changed":\[([^\]]*)\]/.exec(Buffer.from(bytes).toString())?.[1] ?? '').split(',').filter(Boolean),
      );
  };
  read().catch(() => {});
  return heard;
}
const wait = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

const subscriptions = () => system.microsoft365.graph.subscriptions.all();
const rows = () => system.microsoft365.graph.byHand.rows(system.team, 'CoP Plan');
function byHand(state: string): void {
  const row = String(rows()[0]!.id);
  const { byHand: hand } = system.microsoft365.graph;
  hand.saveRow({ teamId: system.team, list: 'CoP Plan', by: personOf('Lars').id, row, fields: { CopState: state } });
}
async function planOf(who: string): Promise<PlanView> {
  return (await system.ask(who, api.plan)).body as PlanView;
}
async function post(body: unknown, query = ''): Promise<Response> {
  return fetch(`${system.productUrl}/notifications${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
/** As Graph would say it. */
const notice = (id: string, clientState: string | null, more: object = {}) => ({
  value: [
    {
      ...{ subscriptionId: id, clientState, changeType: 'updated', resource: 'sites/x/lists/y' },
      ...{ tenantId: randomUUID(), resourceData: null, subscriptionExpirationDateTime: '2026-12-20T00:00:00Z' },
      ...more,
    },
  ],
});

/** Until nothing has been asked of Graph for two and a half seconds: what still comes, somebody new has asked for. */
async function quiet(): Promise<void> {
  const spent = () => system.microsoft365.graph.throttle.spent();
  for (let before = -1; before !== spent(); ) {
    before = spent();
    await wait(2_500);
  }
}

test('without the permission there is none, and it is not asked for again and again', async () => {
  await listens('Amara');
  await eventually('the refusal', () => system.log.some(({ refusal }) => refusal === 'not-granted'));
  await listens('Priya');
  await wait(500);

  expect(subscriptions()).toEqual([]);
  expect(system.log.filter(({ refusal }) => refusal === 'not-granted')).toHaveLength(1);
});

describe('with the permission', () => {
  beforeAll(async () => {
    system.microsoft365.entra.consent.setApplication(['Sites.Selected', 'Sites.ReadWrite.All']);
    system.microsoft365.clock.moveTo(new Date(system.microsoft365.clock.now().getTime() + 2 * 86_400_000));
    await system.restart();
    await planOf('Amara');
    await listens('Amara');
    await eventually('a subscription of each list', () => subscriptions().length === 9, 10_000);
  });

  test('each list is subscribed to once, for less than thirty days, with a secret of its own', () => {
    const now = system.microsoft365.clock.now().getTime();
    expect(new Set(subscriptions().map(({ resource }) => resource)).size).toBe(9);
    expect(new Set(subscriptions().map(({ clientState }) => clientState)).size).toBe(9);
    for (const { expirationDateTime } of subscriptions())
      expect((Date.parse(expirationDateTime) - now) / 60_000).toBeLessThanOrEqual(42_300);
  });

  test('a row that is edited by hand is on an open page within five seconds', async () => {
    const amara = await listens('Amara');
    await planOf('Amara');
    await wait(2_500);
    amara.length = 0;
    const state = rows()[0]!.values['CopState'] === 'doing' ? 'to-do' : 'doing';
    const began = performance.now();
    byHand(state);
    await eventually('the plan to be told of', () => amara.includes('"plan"'), 5_000);

    const { actions } = await planOf('Amara');
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(actions.map(one => one.state)).toContain(state);
  });

  test('what was told while nobody looked is there with the first look', async () => {
    await planOf('Amara');
    const other = rows()[0]!.values['CopState'] === 'doing' ? 'to-do' : 'doing';
    byHand(other);
    await wait(700);
    const { actions } = await planOf('Amara');
    const title = String(rows()[0]!.values['CopTitle']);
    expect(actions.find(one => one.title === title)?.state).toBe(other);
  });

  describe('whoever is not Graph changes nothing and tells nothing', () => {
    const quietly = async (
      send: () => Promise<Response>,
    ): Promise<{ status: number; units: number; heard: string[] }> => {
      const heard = await listens('Amara');
      await quiet();
      heard.length = 0;
      const before = system.microsoft365.graph.throttle.spent();
      const { status } = await send();
      await wait(700);
      return { status, units: system.microsoft365.graph.throttle.spent() - before, heard };
    };

    test.each([
      ['an unknown subscription', () => post(notice(randomUUID(), subscriptions()[0]!.clientState))],
      ['a wrong secret', () => post(notice(subscriptions()[0]!.id, 'wrong'))],
      ['no secret', () => post(notice(subscriptions()[0]!.id, null))],
      [
        'the end of a subscription, without its secret',
        () => post(notice(subscriptions()[0]!.id, 'wrong', { lifecycleEvent: 'subscriptionRemoved' })),
      ],
    ])('%s', async (_what, send) => {
      expect(await quietly(send)).toEqual({ status: 202, units: 0, heard: [] });
      expect(subscriptions()).toHaveLength(9);
    });

    test('what is no notification', async () => {
      expect((await post('nothing')).status).toBe(400);
      expect((await post({ value: [] })).status).toBe(400);
      expect((await post({ value: Array.from({ length: 1_001 }, () => ({})) })).status).toBe(400);
      expect((await post({ value: [{ subscriptionId: "' OR 1=1", clientState: {} }] })).status).toBe(202);
      expect((await post(`{"value":["${'x'.repeat(300_000)}"]}`)).status).toBe(413);
    });

    test('a good one, sent again a hundred times, is one look or two', async () => {
      const plan = subscriptions().find(({ listId }) => listId === planList())!;
      const heard = await listens('Amara');
      await planOf('Amara');
      await quiet();
      heard.length = 0;
      const before = system.microsoft365.graph.throttle.spent();
      // At once: on a busy machine a hundred that wait for each other take as long as several looks.
      await Promise.all(Array.from({ length: 100 }, () => post(notice(plan.id, plan.clientState))));
      await quiet();

      expect(system.microsoft365.graph.throttle.spent() - before).toBeLessThanOrEqual(4);
      expect(heard).toEqual([]);
    });

    test('the proof is plain text, and only as long as Graph’s', async () => {
      const token = '<script>alert(1)</script> ü';
      const proof = await fetch(`${system.productUrl}/notifications?validationToken=${encodeURIComponent(token)}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
      });
      expect([proof.status, proof.headers.get('content-type'), proof.headers.get('x-content-type-options')]).toEqual([
        200,
        'text/plain; charset=utf-8',
        'nosniff',
      ]);
      expect(await proof.text()).toBe(token);
      const long = await fetch(`${system.productUrl}/notifications?validationToken=${'x'.repeat(3_000)}`, {
        method: 'POST',
      });
      expect(long.status).toBe(400);
    });

    const planList = (): string =>
      system.microsoft365.graph.byHand.lists(system.team).find(({ displayName }) => displayName === 'CoP Plan')!.id;
  });

  test('one that Graph ended is made anew while somebody looks, and its old secret is worth nothing', async () => {
    const [first] = subscriptions();
    await system.microsoft365.graph.subscriptions.tellLifecycle(first!.id, 'subscriptionRemoved');
    await listens('Amara');
    await eventually('a new one', () => subscriptions().length === 9, 10_000);

    expect(subscriptions().map(({ id }) => id)).not.toContain(first!.id);
    expect((await post(notice(first!.id, first!.clientState))).status).toBe(202);
  });

  test('they are renewed before they end', async () => {
    const before = subscriptions()
      .map(({ id }) => id)
      .toSorted();
    const { clock } = system.microsoft365;
    clock.moveTo(new Date(clock.now().getTime() + 26 * 86_400_000));
    await system.night();

    expect(
      subscriptions()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(before);
    for (const { expirationDateTime } of subscriptions())
      expect(Date.parse(expirationDateTime) - clock.now().getTime()).toBeGreaterThan(20 * 86_400_000);
  });

  test('those of a community that left are deleted, and what still comes is about nobody', async () => {
    const [one] = subscriptions();
    await system.microsoft365.connector.uninstallApp(system.team, personOf('Priya').id);
    await eventually('it to be gone', async () => (await system.ask('Amara', api.plan)).status === 404);
    expect((await post(notice(one!.id, one!.clientState))).status).toBe(202);
    const { clock } = system.microsoft365;
    clock.moveTo(new Date(clock.now().getTime() + 2 * 3_600_000));
    await system.night();

    expect(subscriptions()).toEqual([]);
  });
});

test('an address that sends what is not believed is told to wait', async () => {
  const statuses = new Set<number>();
  // Forty at a time, so that they come within the minute for which the limit counts on a busy machine too.
  for (let sent = 0; sent < budgets.refusals.points + 40; sent += 40)
    for (const { status } of await Promise.all(Array.from({ length: 40 }, () => post(notice(randomUUID(), 'wrong')))))
      statuses.add(status);
  expect(statuses).toEqual(new Set([202, 429]));
}, 60_000);
