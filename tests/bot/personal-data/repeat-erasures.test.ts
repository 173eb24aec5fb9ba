import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { createErasureLog, type ErasureLog } from '../../../bot/personal-data/erasure-log.ts';
import { createPersonalData } from '../../../bot/personal-data/personal-data.ts';
import { createRepeatErasures, type RepeatErasures } from '../../../bot/personal-data/repeat-erasures.ts';
import { forgetOld } from '../../../bot/personal-data/retention.ts';
import type { PersonalData } from '../../../bot/ports.ts';
import { temporaryFolder } from '../../support/clean-up.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';
import { createInMemoryLists, type InMemoryLists } from '../../support/in-memory-lists.ts';

// A backup that is brought back does not know whom the app has forgotten since: here, rows are put back as it would.

const engines = createEngines();
const jonas = { id: '0c6f2a10-0000-4000-8000-000000000001', name: 'Jonas Weber' };
const amara = { id: '0c6f2a10-0000-4000-8000-000000000002', name: 'Amara Okafor' };
const at = new Date('2026-11-23T09:00:00Z');
let opened: OpenedEngine;
let lists: InMemoryLists;
let folder: string;
let erasures: ErasureLog;
let data: PersonalData;
let repeat: RepeatErasures;
beforeAll(async () => {
  opened = await engines.open('the embedded database');
});
afterAll(async () => {
  await opened.close();
  await engines.stop();
});
beforeEach(async () => {
  const { db } = opened.database;
  await db.deleteFrom('communities').execute();
  await db.deleteFrom('erasures').execute();
  await db
    .insertInto('communities')
    .values({ id: 'cedar', name: 'Cedar', thread_id: '', channel_id: '', service_url: '', installed_at: at } as never)
    .execute();
  lists = createInMemoryLists();
  folder = join((await temporaryFolder('keys')).path, 'erasures');
  erasures = createErasureLog(folder, () => {});
  data = createPersonalData({ db, lists, now: () => at, erasures });
  repeat = createRepeatErasures({ db, lists, log: pino({ level: 'silent' }), erasures });
  await kept();
});

/** What a backup has of both. */
async function kept(): Promise<void> {
  for (const { id } of [jonas, amara])
    await opened.database.db
      .insertInto('memberships')
      .values({ community: 'cedar', person: id })
      .onConflict(conflict => conflict.doNothing())
      .execute();
  for (const each of [jonas, amara])
    if (!(await lists.of('cedar').agreements.find(each.id)))
      await lists
        .of('cedar')
        .agreements.create({ key: each.id, section: 'purpose', person: each, fingerprint: 'v', at: at.toISOString() });
}

async function broughtBack(): Promise<void> {
  await opened.database.db.deleteFrom('erasures').execute();
  await kept();
}

async function people(): Promise<{ readonly members: readonly string[]; readonly agree: readonly string[] }> {
  const members = await opened.database.db.selectFrom('memberships').select('person').orderBy('person').execute();
  const agree = await lists.of('cedar').agreements.all();
  return { members: members.map(row => row.person), agree: agree.map(({ value }) => value.person.name) };
}

const onlyAmara = { members: [amara.id], agree: [amara.name] };

test('whom a backup brings back is forgotten again, and nobody else', async () => {
  await data.forget('cedar', jonas, true);
  await broughtBack();
  expect((await people()).members).toEqual([jonas.id, amara.id]);

  await repeat.everywhere();

  expect(await people()).toEqual(onlyAmara);
  const quiet = await opened.database.db.selectFrom('opt_outs').select('person').execute();
  expect(quiet).toEqual([{ person: jonas.id }]);
});

test('once: whoever has come back since is not forgotten a second time', async () => {
  await data.forget('cedar', jonas, false);
  await kept();

  await repeat.inTables();
  await repeat.everywhere();

  expect((await people()).members).toEqual([jonas.id, amara.id]);
});

test('the tables are done before anything is sent; what SharePoint does not take yet is done later', async () => {
  await data.forget('cedar', jonas, true);
  await broughtBack();
  lists.beforeNext('remove', 'agreements', () => {
    throw new Error('SharePoint is away');
  });

  await repeat.inTables();
  expect((await people()).members).toEqual([amara.id]);
  await kept();
  await repeat.everywhere();
  expect((await people()).agree.toSorted()).toEqual([amara.name, jonas.name]);

  await repeat.everywhere();
  expect(await people()).toEqual(onlyAmara);
});

test('an erasure that broke off is finished by the next start', async () => {
  lists.beforeNext('remove', 'agreements', () => {
    throw new Error('the process ended');
  });
  await expect(data.forget('cedar', jonas, true)).rejects.toThrow('the process ended');

  await repeat.everywhere();

  expect(await people()).toEqual(onlyAmara);
});

test('the log names nobody, and lets go when no backup is left', async () => {
  await data.forget('cedar', jonas, true);
  const [file] = await readdir(folder);
  const words = await readFile(join(folder, file!), 'utf8');
  expect(words).not.toMatch(new RegExp(`${jonas.id}|Jonas`));
  const later = (days: number) => new Date(at.getTime() + days * 86_400_000);

  // The database knows for longer: otherwise it would be done again.
  await forgetOld(opened.database.db, later(401));
  await erasures.forgetOld(later(399));
  expect(await erasures.all()).toHaveLength(1);
  expect(await opened.database.db.selectFrom('erasures').selectAll().execute()).toHaveLength(1);

  await erasures.forgetOld(later(401));
  await forgetOld(opened.database.db, later(431));
  expect(await erasures.all()).toEqual([]);
  expect(await opened.database.db.selectFrom('erasures').selectAll().execute()).toEqual([]);
});
