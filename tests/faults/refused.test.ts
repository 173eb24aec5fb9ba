import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DeliveryReason, DeliveryState } from '../../domain/delivery/delivery.ts';
import type { ConnectorFault } from '../../infra/local/connector/faults.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { startCluster, type Settled, type Cluster } from '../support/cluster.ts';
import { faultless } from '../support/ledger.ts';

/** Each newcomer meets a trouble of their own on the way to their welcome; the outbox says what became of each. */

interface Trouble {
  readonly what: string;
  readonly fault: Omit<ConnectorFault, 'to'>;
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  /** Copies that may arrive. */
  readonly copies: readonly number[];
}

const once = { state: 'sent', reason: null, copies: [1] } as const;
const perhapsTwice = { state: 'sent', reason: null, copies: [1, 2] } as const;
const never = { state: 'refused', copies: [0] } as const;

const troubles: readonly Trouble[] = [
  { what: 'no trouble', fault: { count: 0, answer: 'reset' }, ...once },
  {
    what: 'another call to the chat was under way',
    fault: { call: 'send', count: 3, answer: { status: 412, code: 'PreconditionFailed' } },
    ...once,
  },
  {
    what: 'too many calls for a moment',
    fault: { call: 'send', count: 2, answer: { status: 429, retryAfter: 1 } },
    ...once,
  },
  {
    what: 'too many calls, and Teams does not say how long',
    fault: { call: 'create', count: 2, answer: { status: 429 } },
    ...once,
  },
  { what: 'Teams has an error', fault: { call: 'send', count: 2, answer: { status: 500 } }, ...perhapsTwice },
  { what: 'a bad gateway', fault: { call: 'send', count: 2, answer: { status: 502 } }, ...perhapsTwice },
  { what: 'Teams is not available', fault: { call: 'send', count: 2, answer: { status: 503 } }, ...once },
  {
    what: 'Teams takes it and the gateway gives up waiting',
    fault: { call: 'send', count: 1, answer: { status: 504 }, taken: true },
    ...perhapsTwice,
  },
  { what: 'the connection breaks before Teams takes it', fault: { call: 'send', count: 1, answer: 'reset' }, ...once },
  {
    what: 'the connection breaks after Teams took it',
    fault: { call: 'send', count: 1, answer: 'reset', taken: true },
    ...perhapsTwice,
  },
  { what: 'Teams never answers', fault: { call: 'send', count: 1, answer: 'silence' }, ...once },
  { what: 'opening the chat breaks', fault: { call: 'create', count: 1, answer: 'reset', taken: true }, ...once },
  {
    what: 'the person has blocked the app',
    fault: { answer: { status: 403, code: 'MessageWritesBlocked' } },
    ...never,
    reason: 'blocked',
  },
  {
    what: 'the person is not in the roster',
    fault: { answer: { status: 403, code: 'BotNotInConversationRoster' } },
    ...never,
    reason: 'not-in-roster',
  },
  {
    what: 'the app is switched off for them',
    fault: { answer: { status: 403, code: 'BotDisabledByAdmin' } },
    ...never,
    reason: 'app-removed',
  },
  {
    what: 'the chat is gone',
    fault: { call: 'send', answer: { status: 404, code: 'ConversationNotFound' } },
    ...never,
    reason: 'conversation-gone',
  },
  {
    what: 'the card is too large',
    fault: { call: 'send', answer: { status: 413, code: 'MessageSizeTooBig' } },
    ...never,
    reason: 'too-large',
  },
];

let postgres: Postgres;
let cluster: Cluster;
let settled: Settled;
const keys = new Map<string, string>();
beforeAll(async () => {
  postgres = await startPostgres();
  cluster = await startCluster({ seed: 1, servers: 1, communities: 1, databaseUrl: await postgres.database() });
  const [community] = cluster.communities;
  const people = cluster.people(troubles.length);
  for (const [index, { what, fault }] of troubles.entries()) {
    if (fault.count !== 0) cluster.microsoft365.connector.faults.add({ ...fault, to: people[index]! });
    keys.set(what, `${community!.team.id} welcome once ${people[index]}`);
  }

  await cluster.join(community!, people);
  settled = await cluster.settle();
}, 300_000);
afterAll(async () => {
  await cluster.stop();
  await postgres.stop();
});

test.each(troubles)('$what', ({ what, state, reason, copies }) => {
  const key = keys.get(what)!;

  const kept = settled.kept.find(row => row.key === key);

  expect(kept).toEqual({ key, state, reason, uncertain: expect.any(Number) });
  expect(copies).toContain(settled.arrived.get(key) ?? 0);
});

test('all in all nothing is missing, doubled without being counted, or without a reason', () => {
  expect({ verdict: settled.verdict, crashes: cluster.instances.crashes }).toEqual({ verdict: faultless, crashes: [] });
});
