import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingPlatformPackages, withIntegrity, withoutIntegrity, type LockFile } from '../../infra/complete-lock.ts';

const root = join(import.meta.dirname, '../..');

test('package-lock.json has the packages of every system, so that npm ci works on each (else run: node infra/complete-lock.ts)', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;

  expect(Object.keys(missingPlatformPackages(lock))).toEqual([]);
});

test('package-lock.json says what is in each package of a registry (else run: node infra/complete-lock.ts)', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;

  expect(withoutIntegrity(lock)).toEqual([]);
  expect(
    Object.entries(lock.packages).filter(([path, { integrity }]) => path !== '' && !integrity?.startsWith('sha512-')),
  ).toEqual([]);
});

test('a hash is asked for where one is missing, and written where npm writes it', () => {
  const packages = {
    '': {},
    'node_modules/known': { version: '1.0.0', integrity: 'sha512-known' },
    'node_modules/unknown': { version: '2.0.0', dev: true },
    'node_modules/known/node_modules/bundled': { version: '1.0.0', inBundle: true },
    'node_modules/ours': { link: true },
  };

  expect(withoutIntegrity({ packages })).toEqual(['node_modules/unknown']);
  expect(
    JSON.stringify(
      withIntegrity({ packages }, { 'node_modules/unknown': 'sha512-asked' }).packages['node_modules/unknown'],
    ),
  ).toBe('{"version":"2.0.0","integrity":"sha512-asked","dev":true}');
});

describe('a package for another system', () => {
  const wanting = (name: string) => ({
    '': {},
    'node_modules/tool': { version: '1.0.0', dev: true, optionalDependencies: { [name]: '1.0.0' } },
  });

  test.each([
    ['@tool/core-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@tool/core-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
    ['@tool/core-linux-x64-gnu', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
    ['@tool/core-linux-arm-musleabihf', { os: ['linux'], cpu: ['arm'], libc: ['musl'] }],
    ['tool-freebsd-x64', { os: ['freebsd'], cpu: ['x64'] }],
  ])('%s is put back, for its system only', (name, platform) => {
    const missing = missingPlatformPackages({ packages: wanting(name) });

    expect(missing).toEqual({ [`node_modules/${name}`]: { version: '1.0.0', dev: true, optional: true, ...platform } });
  });

  test.each([
    ['beside the package', 'node_modules/tool-linux-x64'],
    ['inside the package', 'node_modules/tool/node_modules/tool-linux-x64'],
  ])('is not missing when it is there: %s', (_where, path) => {
    const missing = missingPlatformPackages({
      packages: { ...wanting('tool-linux-x64'), [path]: { version: '1.0.0' } },
    });

    expect(missing).toEqual({});
  });

  test('whose name does not tell its system is left to a person', () => {
    expect(() => missingPlatformPackages({ packages: wanting('fsevents') })).toThrow(
      'package-lock.json lacks fsevents, whose name does not say which system it is for',
    );
  });
});
