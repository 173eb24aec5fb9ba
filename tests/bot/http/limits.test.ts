import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { Writable } from 'node:stream';
import { openDatabase } from '../../../bot/database/connection.ts';
import { createLimitStore } from '../../../bot/database/limit-store.ts';
import { createClientAddresses } from '../../../bot/http/client-address.ts';
import type { Sender } from '../../../bot/http/noise.ts';
import { budgets, createAddressLimits, createLimits, type Limits } from '../../../bot/http/limits.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';
import { startPostgres } from '../../support/postgres.ts';

const databases = createEngines();
afterAll(() => databases.stop());

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
});
const log = pino(
  { base: null },
  new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  }),
);

/** How often it could be done, and what the first refusal said. */
async function until(refused: () => Promise<void>, most = 2000): Promise<{ done: number; refusal: unknown }> {
  for (let done = 0; done < most; done++) {
    const refusal = await refused().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refusal !== undefined) return { done, refusal };
  }
  return { done: most, refusal: null };
}

describe.each(['in memory', 'in PostgreSQL'])('%s', where => {
  let opened: OpenedEngine | undefined;
  let limits: Limits;
  beforeAll(async () => {
    opened = where === 'in PostgreSQL' ? await databases.open('PostgreSQL') : undefined;
  });
  afterAll(() => opened?.close());
  beforeEach(async () => {
    if (opened) await sql`TRUNCATE rate_limits`.execute(opened.database.db);
    limits = createLimits({ store: opened ? createLimitStore(opened.database) : null, log });
  });

  test('a person who has spent their budget is told how long to wait, and nobody else is', async () => {
    const { done, refusal } = await until(() => limits.person('loop', 'request'));

    expect(done).toBe(budgets.person.points);
    expect(refusal).toMatchObject({ code: 'too-many-requests', details: { retryAfter: expect.any(Number) } });
    expect((refusal as CommunityError).details['retryAfter']).toBeLessThanOrEqual(60);
    await expect(limits.person('somebody else', 'request')).resolves.toBeUndefined();
  });

  test('a change costs more than a reading, and words cost most', async () => {
    expect((await until(() => limits.person('changes', 'change'))).done).toBe(120);
    expect((await until(() => limits.person('types', 'message'))).done).toBe(30);
  });

  test('a storm is one line in the log', async () => {
    for (let times = 0; times < budgets.person.points + 100; times++)
      await limits.person('loop', 'request').catch(() => undefined);

    expect(lines).toEqual([expect.objectContaining({ msg: 'a person spends more than their budget', person: 'loop' })]);
  });

  test('a whole team of 5,000 may open a card and the tab at once; the loops of a small one may not go on', async () => {
    const large = await Promise.all(
      Array.from({ length: 2000 }, () => limits.community('large', 5000, 'press').then(() => 'served')),
    );
    const small = await until(() => limits.community('small', 30, 'press'));

    expect(new Set(large)).toEqual(new Set(['served']));
    expect(small.done).toBe(500);
    expect(small.refusal).toMatchObject({ code: 'too-many-requests', details: { context: 'community' } });
    await expect(limits.community('large', 5000, 'press')).resolves.toBeUndefined();
  });

  test('somebody who types too much is told once a minute', async () => {
    expect([await limits.mayTell('p'), await limits.mayTell('p'), await limits.mayTell('q')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('one link may be asked for thirty times a minute', async () => {
    expect((await until(() => limits.feed('token'))).done).toBe(30);
  });
});

test('servers that share a PostgreSQL share the budget', async () => {
  const opened = await databases.open('PostgreSQL');
  const other = await opened.another();
  const [one, two] = [opened.database, other].map(database =>
    createLimits({ store: createLimitStore(database), log }),
  ) as [Limits, Limits];

  let turn = 0;
  const { done } = await until(() => (turn++ % 2 === 0 ? one : two).person('loop', 'request'));

  expect(done).toBe(budgets.person.points);
  await other.close();
  await opened.close();
});

test('what is over the budget asks the database nothing', async () => {
  const opened = await databases.open('PostgreSQL');
  const limits = createLimits({ store: createLimitStore(opened.database), log });
  await until(() => limits.person('loop', 'request'));
  const points = async () =>
    (
      await sql<{ points: number }>`SELECT points FROM rate_limits WHERE key = 'person:loop'`.execute(
        opened.database.db,
      )
    ).rows[0]?.points;
  const before = await points();

  await Promise.all(Array.from({ length: 100 }, () => limits.person('loop', 'request').catch(() => undefined)));

  expect(await points()).toBe(before);
  await opened.close();
});

test('while PostgreSQL is away people are served, and each server still counts by itself', async () => {
  const postgres = await startPostgres();
  const database = await openDatabase({ databaseUrl: await postgres.database(), dataDir: null });
  const limits = createLimits({ store: createLimitStore(database), log });
  await postgres.down();

  const { done } = await until(() => limits.person('loop', 'request'));
  await expect(limits.person('somebody', 'request')).resolves.toBeUndefined();

  expect(done).toBe(budgets.person.points);
  await database.close();
  await postgres.stop();
});

test('a database that does not answer keeps nobody waiting for long', async () => {
  const opened = await databases.open('PostgreSQL');
  const other = await opened.another();
  const limits = createLimits({ store: createLimitStore(opened.database), log });
  const began = performance.now();

  await other.db.transaction().execute(async transaction => {
    await sql`LOCK TABLE rate_limits IN ACCESS EXCLUSIVE MODE`.execute(transaction);
    await limits.person('somebody', 'request');
  });

  expect(performance.now() - began).toBeLessThan(3000);
  await other.close();
  await opened.close();
});

test('the embedded database has one server only, which counts in memory', async () => {
  const opened = await databases.open('the embedded database');

  expect(createLimitStore(opened.database)).toBeNull();
  await opened.close();
});

describe('addresses', () => {
  const { addressOf } = createClientAddresses([]);
  const from = (remoteAddress: string): Sender => ({ headers: {}, socket: { remoteAddress } as Sender['socket'] });

  test('refusals are counted, and the IPv6 network of one house is one address', async () => {
    const limits = createAddressLimits({ log, addressOf });
    let host = 0;
    const { done } = await until(() => limits.refused(from(`2001:db8:7:1::${(++host).toString(16)}`)));

    expect(done).toBe(budgets.refusals.points);
    await expect(limits.refused(from('2001:db8:7:2::1'))).resolves.toBeUndefined();
    await expect(limits.refused(from('2001:0db8:0007:0001:aaaa:bbbb:cccc:dddd'))).rejects.toMatchObject({
      code: 'too-many-requests',
    });
    await expect(limits.refused(from('192.0.2.1'))).resolves.toBeUndefined();
    await expect(limits.open(from('2001:db8:7:1::1'))).resolves.toBeUndefined();
  });

  test('an IPv4 address is the same however the system writes it', async () => {
    const limits = createAddressLimits({ log, addressOf });
    await until(() => limits.refused(from('::ffff:192.0.2.1')));

    await expect(limits.refused(from('192.0.2.1'))).rejects.toMatchObject({ code: 'too-many-requests' });
  });
});

test('a budget is there again when its minute is over', async () => {
  jest.useFakeTimers();
  try {
    const limits = createLimits({ store: null, log });
    const { refusal } = await until(() => limits.person('loop', 'request'));
    jest.advanceTimersByTime(Number((refusal as CommunityError).details['retryAfter']) * 1000);

    await expect(limits.person('loop', 'request')).resolves.toBeUndefined();
  } finally {
    jest.useRealTimers();
  }
});
