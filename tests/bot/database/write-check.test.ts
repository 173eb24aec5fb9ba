import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import fs from 'node:fs';
import { checkWrites } from '../../../bot/database/write-check.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';

const databases = createEngines();
let opened: OpenedEngine | undefined;
afterEach(() => opened?.close());
afterAll(() => databases.stop());

describe.each(engines)('%s', engine => {
  test('takes writes, and keeps nothing of the check but one row', async () => {
    opened = await databases.open(engine);
    const { db } = opened.database;
    await checkWrites(db);
    const size = async () =>
      (await sql<{ size: string }>`SELECT pg_total_relation_size('room') AS size`.execute(db)).rows[0]?.size;
    const before = await size().catch(() => '0');

    for (let time = 0; time < 20; time++) await checkWrites(db);

    expect(Number(await size().catch(() => '0'))).toBeLessThanOrEqual(Number(before));
    expect(await db.selectFrom('pace').select('name').orderBy('name').execute()).toEqual([
      { name: 'health' },
      { name: 'tenant' },
    ]);
  });

  test('that can only be read does not pass', async () => {
    opened = await databases.open(engine);
    const { db } = opened.database;
    await sql`SET default_transaction_read_only = on`.execute(db);

    await expect(checkWrites(db)).rejects.toThrow('read-only transaction');
  });
});

test('the embedded database on a full disk does not pass, and passes again when there is room', async () => {
  opened = await databases.open('the embedded database');
  const { db } = opened.database;
  await checkWrites(db);

  // A disk of its own, which could be filled, is for root alone: every write of this process is answered as a full one
  // answers.
  const full = jest.spyOn(fs, 'writeSync').mockImplementation(() => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      errno: -28,
      syscall: 'write',
    });
  });
  const answer = await checkWrites(db).then(
    () => 'passes',
    (error: Error) => error.message,
  );
  full.mockRestore();

  expect(answer).toMatch(/No space left on device/);
  await checkWrites(db);
});
