import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectConsoleError, expectConsoleWarning } from '../support/console.ts';

const root = join(import.meta.dirname, '../..');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a test that says so may write to the console, and reads what was written', () => {
  const errors = expectConsoleError();
  const warnings = expectConsoleWarning();

  console.error('list %s is missing', 'CoP Charter');
  console.warn('slow');

  expect(errors()).toEqual(['list CoP Charter is missing']);
  expect(warnings()).toEqual(['slow']);
});

test('any other line on the console fails its test, and so does an expected one that never comes', () => {
  writeFileSync(
    join(folder, 'sample.test.ts'),
    `
    import { expectConsoleError } from ${JSON.stringify(join(root, 'tests/support/console.ts'))};
    test('quiet', () => {});
    test('error', () => { console.error('boom'); });
    test('warning', () => { console.warn('careful'); });
    test('expected', () => { expectConsoleError(); console.error('boom'); });
    test('expected, but another came', () => { expectConsoleError(); console.error('boom'); console.warn('careful'); });
    test('expected, never came', () => { expectConsoleError(); });
  `,
  );
  const {
    jest: { testSequencer: _order, globalSetup: _start, globalTeardown: _end, ...jest },
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const config = {
    ...jest,
    rootDir: folder,
    testMatch: ['<rootDir>/*.test.ts'],
    setupFilesAfterEnv: [join(root, 'tests/support/setup.ts')],
  };
  config.transform['^.+\\.tsx?$'][0] = join(root, 'node_modules/@swc/jest');
  writeFileSync(join(folder, 'jest.json'), JSON.stringify(config));
  const results = join(folder, 'results.json');

  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--config',
      join(folder, 'jest.json'),
      '--json',
      `--outputFile=${results}`,
    ],
    { cwd: root },
  );

  const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
  const outcomes = Object.fromEntries(
    testResults[0].assertionResults.map(({ title, status }: { title: string; status: string }) => [title, status]),
  );
  expect(outcomes).toEqual({
    quiet: 'passed',
    error: 'failed',
    warning: 'failed',
    expected: 'passed',
    'expected, but another came': 'failed',
    'expected, never came': 'failed',
  });
});
