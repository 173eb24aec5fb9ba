import { beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareDataFolder } from '../../../bot/database/data-folder.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

let folder: string;
beforeEach(async () => {
  folder = (await temporaryFolder('data')).path;
  await writeFile(join(folder, 'file'), '');
});

async function modeOf(...path: readonly string[]): Promise<string> {
  return ((await stat(join(folder, ...path))).mode & 0o777).toString(8);
}
async function make(name: string, files: readonly string[] = []): Promise<void> {
  await mkdir(join(folder, name));
  await chmod(join(folder, name), 0o755);
  for (const file of files) await writeFile(join(folder, name, file), '', { mode: 0o644 });
}

describe('the folder is for the account of the server alone', () => {
  test('when it is made, with all above it that was not there', async () => {
    prepareDataFolder(join(folder, 'new/data'));

    expect([await modeOf('new'), await modeOf('new/data')]).toEqual(['700', '700']);
    expect(await readdir(join(folder, 'new/data'))).toEqual([]);
  });

  test('when an earlier version left it open', async () => {
    await make('old', ['microsoft365.sqlite', 'microsoft365.sqlite-wal']);
    await make('old/database');

    prepareDataFolder(join(folder, 'old'));

    expect(
      await Promise.all(
        ['', 'database', 'microsoft365.sqlite', 'microsoft365.sqlite-wal'].map(name => modeOf('old', name)),
      ),
    ).toEqual(['700', '700', '600', '600']);
  });

  test('but not when others keep something there, such as in /tmp: then it is what is ours in it', async () => {
    await make('shared', ['of-somebody-else']);
    await make('shared/database');

    prepareDataFolder(join(folder, 'shared'));

    expect(await Promise.all(['', 'of-somebody-else', 'database'].map(name => modeOf('shared', name)))).toEqual([
      '755',
      '644',
      '700',
    ]);
  });
});

describe('where nothing can be kept, a sentence says so', () => {
  test.each([
    [
      'no folder can be made',
      () => '/proc/nope',
      /^DATA_DIR is \/proc\/nope, and nothing can be kept there: no folder can be made in this place\. Whoever runs the server mends that, or sets DATA_DIR /,
    ],
    ['a file is in its place', () => join(folder, 'file'), /: it, or what it should be in, is a file and no folder\. /],
    [
      'a file is where it should be in',
      () => join(folder, 'file/data'),
      /: it, or what it should be in, is a file and no folder\. /,
    ],
    ['nothing can be written', () => '/proc/self', /^DATA_DIR is \/proc\/self, and nothing can be kept there: /],
  ])('%s', (_what, where, says) => {
    expect(() => prepareDataFolder(where())).toThrow(says);
  });

  test('the folder belongs to somebody else', async () => {
    await mkdir(join(folder, 'shut'), { mode: 0o500 });
    await chmod(folder, 0o711);
    // Root may write everywhere, so it becomes somebody else first, once it has read the program.
    const script = `import(${JSON.stringify(join(import.meta.dirname, '../../../bot/database/data-folder.ts'))}).then(({ prepareDataFolder }) => {
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
      try { prepareDataFolder(${JSON.stringify(join(folder, 'shut/data'))}); } catch (error) { console.log(error.message); }
    })`;

    const { stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', script], {
      encoding: 'utf8',
    });

    expect(stdout).toMatch(/: the server’s account may not write there\. Whoever runs the server /);
  });
});
