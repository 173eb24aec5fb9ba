import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { startQueue, type Queue, type Work } from '../../../bot/scheduler/queue.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';

const database = createEngines();
afterAll(() => database.stop());

const log = pino({ level: 'silent' });
const works = (count: number, urgent = false): Work[] =>
  Array.from({ length: count }, (_none, index) => ({ key: `${urgent} ${index}`, data: { index, urgent }, urgent }));

describe.each(engines)('the queue on %s', engine => {
  let opened: OpenedEngine;
  let queue: Queue;
  beforeEach(async () => {
    opened = await database.open(engine);
    queue = await startQueue(opened.database, log);
  });
  afterEach(async () => {
    await queue.stop();
    await opened.close();
  });

  test('does one piece of work after the other, without a pause in between', async () => {
    const done: number[] = [];
    await queue.work<{ index: number }>('occasion', 2, async ({ index }) => void done.push(index));
    await queue.add(opened.database.db, 'occasion', works(200));

    const began = performance.now();
    queue.wake('occasion');
    await eventually('all of it', () => done.length >= 200, 60_000);

    // With a pause for the next poll after each it takes more than three minutes.
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_none, index) => index));
  }, 90_000);

  test('does what people wait for before what they do not', async () => {
    const done: boolean[] = [];
    await queue.add(opened.database.db, 'occasion', [...works(10), ...works(10, true)]);

    await queue.work<{ urgent: boolean }>('occasion', 1, async ({ urgent }) => void done.push(urgent));
    await eventually('all of it', () => done.length >= 20);

    expect(done).toEqual([...Array<boolean>(10).fill(true), ...Array<boolean>(10).fill(false)]);
  });

  test('work with the same key that still waits is not doubled', async () => {
    const done: number[] = [];
    await queue.add(opened.database.db, 'occasion', works(3));
    await queue.add(opened.database.db, 'occasion', works(5));

    await queue.work<{ index: number }>('occasion', 1, async ({ index }) => void done.push(index));
    await eventually('all of it', () => done.length >= 5);
    await new Promise(resolve => setTimeout(resolve, 300));

    expect(done.toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  test('what a server took up that has gone silent, one that starts then does within a minute', async () => {
    const { db } = opened.database;
    const done: number[] = [];
    await queue.add(db, 'occasion', works(1));
    // Somebody took it, was seen at it, and is killed.
    await sql`UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() - interval '18 seconds' WHERE name = 'occasion'`.execute(
      db,
    );
    await eventually(
      'a look at who is at work',
      async () =>
        (await sql`SELECT FROM pgboss.queue WHERE name = 'occasion' AND active_count = 1`.execute(db)).rows.length > 0,
      30_000,
    );
    await queue.stop();

    queue = await startQueue(opened.database, log);
    await queue.work<{ index: number }>('occasion', 1, async ({ index }) => void done.push(index));
    await eventually('the work of the silent one', () => done.length > 0, 40_000);

    expect(done).toEqual([0]);
  }, 90_000);
});
