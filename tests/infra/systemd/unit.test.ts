import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentVariables } from '../../../bot/config.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

const root = join(import.meta.dirname, '../../..');
const unit = readFileSync(join(root, 'infra/systemd/cop-companion.service'), 'utf8');
const settings = new Map(
  unit
    .split('\n')
    .filter(line => /^\w+=/.test(line))
    .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

test('the unit starts what the image starts, again when it ends, and gives it time to end', () => {
  const command = /^CMD (\[.*\])$/m.exec(readFileSync(join(root, 'infra/image/Dockerfile'), 'utf8'))?.[1] ?? '[]';
  const [program, ...args] = JSON.parse(command) as readonly string[];

  // The image packs what a clone runs as it is.
  expect(args.at(-1)).toBe('dist/server/index.js');
  expect(settings.get('ExecStart')).toBe(`/usr/bin/${program} ${args.slice(0, -1).join(' ')} bot/index.ts`);
  expect(settings.get('Restart')).toBe('always');
  expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(20);
});

test('it sets what the server reads, by its names, and lets it write to its data alone', () => {
  const set = (settings.get('Environment') ?? '').split(' ').map(each => each.split('=') as [string, string]);
  const names = environmentVariables().map(({ name }) => name);

  expect(set.filter(([name]) => !names.includes(name))).toEqual([]);
  expect(Object.fromEntries(set)['DATA_DIR']).toBe(`/var/lib/${settings.get('StateDirectory')}`);
  expect(settings.get('ProtectSystem')).toBe('strict');
});

test('systemd finds nothing to complain of, where it is here to ask', async () => {
  const { path } = await temporaryFolder('unit');
  const file = join(path, 'cop-companion.service');
  mkdirSync(join(path, 'app'));
  // It looks whether the program and the folder are there.
  const here = unit.replace('/usr/bin/node', process.execPath).replace('/opt/cop-companion', join(path, 'app'));
  writeFileSync(file, here);
  const verify = (content: string): { error: unknown; said: string } => {
    writeFileSync(file, content);
    const { error, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    // Other units of this machine may have faults of their own.
    const said = `${stdout}${stderr}`.split('\n').filter(line => line.includes('cop-companion.service'));
    return { error: (error as NodeJS.ErrnoException | undefined)?.code, said: said.join('\n') };
  };

  const { error, said } = verify(here);
  if (error === 'ENOENT') return expect(process.platform === 'linux' ? unit : '').toContain('[Service]');
  expect(said).toBe('');
  expect(verify(here.replace('ProtectSystem=strict', 'ProtectSystems=strict')).said).toContain('ProtectSystems');
});
