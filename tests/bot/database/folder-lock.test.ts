import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { openDatabase } from '../../../bot/database/connection.ts';
import { lockFolder } from '../../../bot/database/folder-lock.ts';
import { temporaryFolder, untilEnd } from '../../support/clean-up.ts';
import { fillWithDatabase } from '../../support/prepared.ts';

const taken = /another program has the database there open: .* stops the other one first/;

test('an embedded database that is open is opened by nobody else, and by the next once it is closed', async () => {
  const { path: dataDir } = await temporaryFolder('lock');
  await fillWithDatabase(dataDir);
  const place = { databaseUrl: null, dataDir };
  const first = await openDatabase(place);

  await expect(openDatabase(place).then(({ close }) => close())).rejects.toThrow(taken);

  await first.close();
  const second = await openDatabase(place);
  expect(await second.db.selectFrom('communities').select('id').execute()).toEqual([]);
  await second.close();
});

test('one that could not be opened is not held', async () => {
  const { path: dataDir } = await temporaryFolder('lock');
  await fillWithDatabase(dataDir);
  const place = { databaseUrl: null, dataDir };
  const first = await openDatabase(place);
  await first.db
    .insertInto('cop_migrations' as 'communities')
    .values({ name: '999-later', timestamp: '' } as never)
    .execute();
  await first.close();
  const refused = /later version of CoP Companion/;

  await expect(openDatabase(place).then(({ close }) => close())).rejects.toThrow(refused);

  await expect(openDatabase(place).then(({ close }) => close())).rejects.toThrow(refused);
});

test('another process keeps us off for as long as it lives, however it ends', async () => {
  const { path: dataDir } = await temporaryFolder('lock');
  const lock = pathToFileURL(join(import.meta.dirname, '../../../bot/database/folder-lock.ts')).href;
  const program = `import { lockFolder } from ${JSON.stringify(lock)};
    lockFolder(${JSON.stringify(dataDir)}); console.log('locked'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  untilEnd(async () => void other.kill('SIGKILL'));
  await once(other.stdout, 'data');

  expect(() => lockFolder(dataDir)).toThrow(taken);

  other.kill('SIGKILL');
  await once(other, 'close');
  lockFolder(dataDir)();
});
