import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createErasureLog, whom } from '../../../bot/personal-data/erasure-log.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

let folder: { readonly path: string; remove(): Promise<void> };
beforeEach(async () => {
  folder = await temporaryFolder('erasures');
});
afterEach(() => folder.remove());

const directory = (): string => join(folder.path, 'erasures');
const lars = { community: 'bees', person: 'lars', quiet: true, at: new Date('2026-11-27T09:00:00Z') };

test('what was noted is there for whoever reads it later, whole files alone', async () => {
  const log = createErasureLog(directory(), () => {});
  expect(await log.all()).toEqual([]);
  const noted = await log.note(lars);

  expect(noted).toMatchObject({ community: 'bees', whom: whom('bees', 'lars'), quiet: true });
  expect(await createErasureLog(directory(), () => {}).all()).toEqual([noted]);
  expect(await readdir(directory())).toEqual([`${noted.id}.json`]);
});

test.each([
  '',
  '{"id":"1","comm',
  '[]',
  '{"id":"1","community":"bees","whom":7,"quiet":true,"at":"2026-11-27T09:00:00Z"}',
])('a file that is broken (%j) is told of by its name, and keeps no other from being read', async content => {
  const unreadable: string[] = [];
  const log = createErasureLog(directory(), file => void unreadable.push(file));
  const noted = await log.note(lars);
  await writeFile(join(directory(), 'broken.json'), content);

  expect(await log.all()).toEqual([noted]);
  expect(unreadable).toEqual([join(directory(), 'broken.json')]);
  await log.forgetOld(new Date('2027-11-27T09:00:00Z'));
  expect(await readdir(directory())).toContain('broken.json');
});

test('after 400 days nothing is left of it', async () => {
  const log = createErasureLog(directory(), () => {});
  await log.note(lars);
  await log.forgetOld(new Date('2028-01-01T09:00:00Z'));
  expect(await log.all()).toHaveLength(1);
  await log.forgetOld(new Date('2028-01-03T09:00:00Z'));

  expect(await readdir(directory())).toEqual([]);
});
