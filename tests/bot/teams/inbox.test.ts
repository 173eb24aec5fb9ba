import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Db } from '../../../bot/database/tables.ts';
import { startInbox, type Inbox } from '../../../bot/teams/inbox.ts';
import type { Received } from '../../../bot/teams/inbox-rows.ts';
import { PermanentError, RetryableError } from '../../../bot/messages/delivery-errors.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';

const database = createEngines();
afterAll(() => database.stop());

const log = pino({ level: 'silent' });

interface Said extends Received {
  readonly text: string;
}

function said(
  id: string,
  { conversation = 'chat', text = id, type = 'message' }: { conversation?: string; text?: string; type?: string } = {},
): Said {
  return { id, type, conversation: { id: conversation }, text };
}

describe.each(engines)('the inbox on %s', engine => {
  let opened: OpenedEngine;
  let inbox: Inbox<Said>;
  let done: string[];
  let gaveUp: string[];
  let failures: Error[];
  const hold: { until?: Promise<void>; begun?: () => void } = {};

  beforeAll(async () => {
    opened = await database.open(engine);
  });
  beforeEach(async () => {
    await opened.database.db.deleteFrom('inbox').execute();
    [done, gaveUp, failures] = [[], [], []];
    delete hold.until;
    delete hold.begun;
    inbox = start();
  });
  afterEach(() => inbox.stop());
  afterAll(() => opened.close());

  function start({
    db = opened.database.db,
    lease = 30_000,
    read = value => (typeof (value as Partial<Said>).text === 'string' ? (value as Said) : undefined),
    run,
  }: {
    db?: Db;
    lease?: number;
    read?: (value: unknown) => Said | undefined;
    run?: (activity: Said) => Promise<void>;
  } = {}): Inbox<Said> {
    return startInbox<Said>({
      db,
      lease,
      log,
      read,
      run:
        run ??
        (async activity => {
          hold.begun?.();
          await hold.until;
          const failure = failures.shift();
          if (failure) throw failure;
          done.push(activity.text);
        }),
      gaveUp: async activity => void gaveUp.push(activity.text),
    });
  }
  function rows() {
    return opened.database.db
      .selectFrom('inbox')
      .select(['activity', 'next_at', 'attempts'])
      .orderBy('position')
      .execute();
  }
  /** As if so many tries had been made, and the time of the next had come. */
  async function hurryTo(attempts: number): Promise<void> {
    await sql`UPDATE inbox SET next_at = clock_timestamp(), attempts = ${attempts} WHERE next_at IS NOT NULL`.execute(
      opened.database.db,
    );
  }

  test('does at once what comes in, and forgets what was said', async () => {
    await inbox.add(said('1', { text: 'help' }));

    await eventually('the turn', async () => (await rows()).every(row => row.next_at === null));
    expect(done).toEqual(['help']);
    expect(await rows()).toEqual([{ activity: null, next_at: null, attempts: 1 }]);
  });

  test('takes the same activity once, in whatever conversation its id is the same', async () => {
    const taken = [
      await inbox.add(said('1')),
      await inbox.add(said('1')),
      await inbox.add(said('1', { conversation: 'another', text: 'elsewhere' })),
    ];

    await eventually('both turns', () => done.length === 2);
    expect(taken).toEqual([true, false, true]);
    expect(done.toSorted()).toEqual(['1', 'elsewhere']);
  });

  test('what could not be read is kept, once, and read anew by the next server', async () => {
    const unread = { type: 'message', conversation: { id: 'chat' }, text: 7 };
    const taken = [await inbox.addUnread(unread), await inbox.addUnread({ ...unread })];
    await inbox.add(said('1'));
    await eventually('the one that can be read', () => done.length === 1);

    expect(taken).toEqual([true, false]);
    expect((await rows()).map(({ activity, next_at }) => ({ activity, next_at }))).toEqual([
      { activity: JSON.stringify(unread), next_at: null },
      { activity: null, next_at: null },
    ]);

    await inbox.stop();
    inbox = start({ read: value => ({ ...(value as Said), text: String((value as Said).text) }) });
    await eventually('the turn', () => done.includes('7'));
    await eventually('the end', async () => (await rows()).every(({ activity }) => activity === null));
  });

  test('what still cannot be read waits on, and in no one’s way', async () => {
    await inbox.addUnread({ type: 'message', conversation: { id: 'chat' } });
    await inbox.stop();
    inbox = start();
    await inbox.add(said('1'));
    await eventually('the other one of its conversation', () => done.length === 1);

    await eventually('the unread one to be set aside', async () => {
      const [unread] = await rows();
      return unread?.activity !== null && unread?.next_at === null;
    });
  });

  test('activities that have no id are all new', async () => {
    const { id: _, ...nameless } = said('');

    expect([await inbox.add(nameless), await inbox.add(nameless)]).toEqual([true, true]);
  });

  test('keeps the order of a conversation, also when the first has to be tried again, and others do not wait for it', async () => {
    failures = [new Error('not now')];
    await inbox.add(said('1'));
    await eventually('the first attempt', () => failures.length === 0);
    for (const id of ['2', '3']) await inbox.add(said(id));
    await inbox.add(said('x', { conversation: 'another' }));
    await eventually('the other conversation', () => done.includes('x'));
    expect(done).toEqual(['x']);

    await eventually('the rest', () => done.length === 4);
    expect(done).toEqual(['x', '1', '2', '3']);
  });

  test.each([
    { type: 'message', failure: new Error('not now'), tries: 5, reason: 'a person is told after a few tries' },
    {
      type: 'conversationUpdate',
      failure: new Error('not now'),
      tries: 16,
      reason: 'what happens in a team is tried for longer',
    },
  ])('gives up a $type after $tries tries: $reason', async ({ type, failure, tries }) => {
    failures = Array<Error>(100).fill(failure);

    await inbox.add(said('1', { type }));
    await eventually('the first try', async () => (await rows())[0]?.attempts === 1 && failures.length < 100);
    if (tries > 1) await hurryTo(tries - 1);
    await eventually('the end', () => gaveUp.length > 0);

    await eventually('its note', async () => (await rows())[0]?.next_at === null);
    expect({ gaveUp, rows: await rows() }).toEqual({
      gaveUp: ['1'],
      rows: [{ activity: null, next_at: null, attempts: tries }],
    });
    await inbox.add(said('2'));
    failures = [];
    await eventually('the next', () => done.includes('2'));
  });

  test.each([
    { failure: new PermanentError('blocked', '403 BlockedByUser'), reason: 'Teams does not take the answer' },
    { failure: new RetryableError('unavailable', '504', { uncertain: true }), reason: 'the answer may have arrived' },
  ])('leaves it at one try and says no more when $reason', async ({ failure }) => {
    failures = [failure, failure];

    await inbox.add(said('1'));

    await eventually('its note', async () => (await rows())[0]?.next_at === null);
    expect({ failures: failures.length, gaveUp, rows: await rows() }).toEqual({
      failures: 1,
      gaveUp: [],
      rows: [{ activity: null, next_at: null, attempts: 1 }],
    });
  });

  test('what a server took up and left behind is done by another', async () => {
    const [begun, killed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const run = (): Promise<void> => {
      begun.resolve();
      return killed.promise;
    };
    const first = start({ lease: 300, run });
    await inbox.stop();
    await first.add(said('1'));
    await begun.promise;
    // A killed process renews nothing.
    const dead = first.stop();
    await sql`UPDATE inbox SET next_at = clock_timestamp() + interval '300 milliseconds'`.execute(opened.database.db);
    killed.reject(new Error('killed'));
    await dead;

    inbox = start();

    await eventually('the turn', () => done.length === 1);
    expect(done).toEqual(['1']);
  });

  test('a turn that takes longer than the lease is not taken from who is at it', async () => {
    await inbox.stop();
    const gate = Promise.withResolvers<void>();
    hold.until = gate.promise;
    const slow = start({ lease: 300 });
    await slow.add(said('1'));
    const other = start({ lease: 300 });

    await new Promise(resolve => setTimeout(resolve, 1500));
    gate.resolve();
    await Promise.all([slow.stop(), other.stop()]);

    expect(done).toEqual(['1']);
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
  });

  test('stopping lets the turn in flight finish and begins no other', async () => {
    const [gate, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    hold.until = gate.promise;
    hold.begun = begun.resolve;
    await inbox.add(said('1'));
    await inbox.add(said('2'));
    await begun.promise;

    const stopped = inbox.stop();
    gate.resolve();
    await stopped;

    expect(done).toEqual(['1']);
    expect(await rows()).toMatchObject([{ attempts: 1, next_at: null }, { attempts: 0 }]);
  });

  test('what the database hands out while it is stopping goes back at once', async () => {
    await inbox.stop();
    await inbox.add(said('1'));
    const [locked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const locking = opened.database.db.transaction().execute(async transaction => {
      await sql`LOCK TABLE inbox IN EXCLUSIVE MODE`.execute(transaction);
      locked.resolve();
      await gate.promise;
    });
    await locked.promise;

    const stopped = start().stop();
    gate.resolve();
    await Promise.all([stopped, locking]);

    expect({ done, rows: await rows() }).toEqual({
      done: [],
      rows: [expect.objectContaining({ attempts: 0, next_at: expect.any(Date) })],
    });
  });

  test('keeps letters that a database would refuse', async () => {
    await inbox.add(said('1', { text: 'nul \u0000 and half a pair \ud800' }));

    await eventually('the turn', () => done.length === 1);
    expect(done).toEqual(['nul \u0000 and half a pair \ud800']);
  });

  test('remembers for two days that it had an activity', async () => {
    await inbox.add(said('old'));
    await inbox.add(said('young'));
    await eventually('both', async () => (await rows()).every(row => row.next_at === null));
    await sql`UPDATE inbox SET received_at = clock_timestamp() - interval '49 hours' WHERE position = (SELECT min(position) FROM inbox)`.execute(
      opened.database.db,
    );
    await inbox.stop();

    inbox = start();

    await eventually('the cleaning', async () => (await rows()).length === 1);
    expect([await inbox.add(said('young')), await inbox.add(said('old'))]).toEqual([false, true]);
  });
});

test('three servers share what comes in: each once, each conversation in order', async () => {
  const opened = await database.open('PostgreSQL');
  const others = await Promise.all([opened.another(), opened.another()]);
  const done: string[] = [];
  const inboxes = [opened.database, ...others].map(({ db }) =>
    startInbox<Said>({
      db,
      log,
      read: value => value as Said,
      gaveUp: async () => {},
      async run({ text }) {
        await new Promise(resolve => setTimeout(resolve, Math.random() * 5));
        done.push(text);
      },
    }),
  );

  const sent = Array.from({ length: 120 }, (_, index) => ({
    conversation: `c${index % 10}`,
    id: String(Math.floor(index / 10)).padStart(2, '0'),
  }));
  for (const { conversation, id } of sent) {
    // Teams sends each to one of them, and now and then again to another.
    const activity = said(id, { conversation, text: `${conversation}/${id}` });
    await inboxes[Number(id) % 3]!.add(activity);
    if (Number(id) % 4 === 0) await inboxes[(Number(id) + 1) % 3]!.add(activity);
  }

  await eventually('all', () => done.length >= 120);
  await Promise.all(inboxes.map(inbox => inbox.stop()));
  for (let index = 0; index < 10; index++) {
    expect(done.filter(text => text.startsWith(`c${index}/`))).toEqual(
      Array.from({ length: 12 }, (_, place) => `c${index}/${String(place).padStart(2, '0')}`),
    );
  }
  await Promise.all(others.map(other => other.close()));
  await opened.close();
});
