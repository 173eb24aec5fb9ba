import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '../support/engines.ts';

const root = join(import.meta.dirname, '../..');
let clone = '';

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'launch-'));
  for (const file of ['infra/dev/launch.mjs', 'infra/dev/install.mjs']) cpSync(join(root, file), join(clone, file));
  lock({ zod: '4.0.0' });
  // npm as the launcher sees it: it notes each call and, when it works, leaves behind what npm leaves behind.
  write(
    'path/npm',
    `#!${process.execPath}
    const fs = require('node:fs');
    fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
    if (process.env.NPM_FAILS) { console.error('npm error network'); process.exit(7); }
    fs.mkdirSync('node_modules', { recursive: true });
    fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
  `,
  );
  chmodSync(join(clone, 'path/npm'), 0o755);
  write('infra/package/package-app.ts', "console.log(`packaged with ${process.argv.slice(2).join(' ')}`);");
});
afterEach(() => {
  rmSync(clone, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(clone, file)), { recursive: true });
  writeFileSync(join(clone, file), text);
}

/**
 * Writes package-lock.json: packages and their versions; an optional one starts with a question mark, one for
 * development with a plus.
 */
function lock(packages: Record<string, string>): void {
  const entries = Object.entries(packages).map(([name, version]) => [
    `node_modules/${name}`,
    {
      version: version.replace(/^[?+]/, ''),
      ...(version.startsWith('?') && { optional: true }),
      ...(version.startsWith('+') && { dev: true }),
    },
  ]);
  write('package-lock.json', JSON.stringify({ packages: { '': { name: 'sample' }, ...Object.fromEntries(entries) } }));
}

/** The environment of a newcomer: our npm first, nothing of the npm that runs these tests. */
function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { npm_execpath: _npm, CHROMIUM_PATH: _browser, ...rest } = process.env;
  return { ...rest, PATH: `${join(clone, 'path')}:${process.env['PATH']}`, ...more };
}

function launch(args: readonly string[], more: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/dev/launch.mjs', ...args], {
    cwd: clone,
    encoding: 'utf8',
    env: environment(more),
  });
  return { status, stdout, stderr };
}

function npmCalls(): readonly string[] {
  const file = join(clone, 'npm-calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

describe('what is missing is installed', () => {
  test('on a fresh clone, once', () => {
    const first = launch(['package']);
    const second = launch(['package']);

    expect(first).toEqual({
      status: 0,
      stdout: 'packaged with \n',
      stderr: 'cop-companion: installing packages with npm ci (none are here yet) …\n',
    });
    expect(second).toEqual({ status: 0, stdout: 'packaged with \n', stderr: '' });
    expect(npmCalls()).toEqual([expect.stringMatching(/^ci /)]);
  });

  test.each([
    ['another version is wanted', { zod: '4.0.1' }, 'zod 4.0.1 is wanted, 4.0.0 is here'],
    ['one is new', { zod: '4.0.0', pino: '10.0.0' }, 'pino is missing'],
    ['one for development is new', { zod: '4.0.0', jest: '+30.0.0' }, 'jest is missing'],
  ])('when package-lock.json changed: %s', (_reason, packages, says) => {
    launch(['package']);
    lock(packages);

    const { status, stderr } = launch(['package']);

    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `cop-companion: installing packages with npm ci (${says}) …\n`,
    });
  });

  test('not when only a package for other machines is absent', () => {
    launch(['package']);
    lock({ zod: '4.0.0', fsevents: '?2.0.0' });

    const { stderr } = launch(['package']);

    expect(stderr).toBe('');
  });

  test.each(['doctor', 'grant', 'move-to-postgresql'])(
    'not for %s either, which an administrator runs beside it',
    command => {
      launch(['package']);
      lock({ zod: '4.0.0', vite: '+8.0.0' });
      for (const file of ['bot/doctor.ts', 'bot/move-to-postgresql.ts', 'infra/tenant/grant-command.ts'])
        write(file, "console.log('looked');");

      expect(launch([command])).toEqual({ status: 0, stdout: 'looked\n', stderr: '' });
    },
  );

  test('not for the production server when only packages for development are absent', () => {
    launch(['package']);
    lock({ zod: '4.0.0', jest: '+30.0.0' });
    write('dist/tabs/index.html', '');
    write('bot/index.ts', "console.log('serving');");

    expect(launch(['serve'])).toEqual({ status: 0, stdout: 'serving\n', stderr: '' });
  });
});

describe('a failure says what to do', () => {
  test('npm cannot', () => {
    const { status, stderr } = launch(['package'], { NPM_FAILS: '1' });

    expect(status).toBe(1);
    expect(stderr).toContain('npm error network');
    expect(stderr).toContain(
      'npm ci failed (exit code 7); its words are above. It needs the npm registry and a writable folder',
    );
  });

  test('there is no npm', () => {
    const { status, stderr } = launch(['package'], { PATH: '/nowhere' });

    expect(status).toBe(1);
    expect(stderr).toContain('npm could not be started (spawnSync npm ENOENT). Install Node.js 20 or newer with npm');
  });

  test('the command is unknown', () => {
    const { status, stderr } = launch(['tset']);

    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const [, names = ''] = /^cop-companion: There is no command "tset"\. Expected one of: (.+)\.\n$/.exec(stderr) ?? [];
    expect({ status, names: names.split(', ').toSorted() }).toEqual({
      status: 1,
      names: Object.keys(scripts).toSorted(),
    });
  });

  test('an option without its number is answered with what it needs', () => {
    const { status, stderr } = launch(['faults', '--kills', 'many']);

    expect({ status, last: stderr.trim().split('\n').at(-1) }).toEqual({
      status: 1,
      last: 'cop-companion: --kills needs a whole number after it, such as --kills 2000.',
    });
  });

  test('the tabs are not built, and here they cannot be', () => {
    const { status, stderr } = launch(['serve']);

    expect(status).toBe(1);
    expect(stderr).toContain(
      'dist/tabs is not built and Vite is not installed here: run npm run build where it is, and bring dist/ along.',
    );
  });
});

describe('a command', () => {
  test('gets its arguments and hands on its exit code', () => {
    write('infra/package/package-app.ts', 'console.log(process.argv.slice(2).join()); process.exitCode = 42;');

    const { status, stdout } = launch(['package', '--draft', 'x']);

    expect({ status, stdout }).toEqual({ status: 42, stdout: '--draft,x\n' });
  });

  test('hands jest the number of workers asked for, and no other', () => {
    launch(['package']);
    write('node_modules/jest/bin/jest.js', 'console.log(process.argv.slice(2).join());');
    write('node_modules/jest/package.json', '{"type":"commonjs"}');

    // Of two numbers jest takes the first.
    expect(launch(['test', 'tests/domain', '--maxWorkers=1']).stdout).toBe('tests/domain,--maxWorkers=1\n');
    expect(launch(['test', 'tests/domain', '--runInBand']).stdout).toBe('tests/domain,--runInBand\n');
  });

  test('is asked to stop when the launcher is, and may take its time', async () => {
    write(
      'infra/package/package-app.ts',
      "process.on('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(3); }, 100)); console.log('ready'); setInterval(() => {}, 1000);",
    );
    const child = spawn(process.execPath, ['infra/dev/launch.mjs', 'package'], {
      cwd: clone,
      env: environment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';

    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
      if (text.includes('ready')) child.kill('SIGTERM');
    });
    const code = await new Promise(resolve => child.once('close', resolve));

    expect({ code, output }).toEqual({ code: 3, output: 'ready\ndrained\n' });
  });
});

describe('what Node has compiled of a server', () => {
  const caches = (): string => join(clone, 'node_modules/.cache');
  beforeEach(() => {
    launch(['package']);
    write('dist/tabs/index.html', '');
    write('bot/index.ts', "console.log('serving');");
  });

  test('is there for the next start', () => {
    launch(['serve']);

    const kept = readdirSync(join(caches(), 'compiled'), { recursive: true, withFileTypes: true });
    expect(kept.filter(entry => entry.isFile())).not.toEqual([]);
  });

  test('is left out where nothing can be kept', () => {
    // A file where the folder would be stops every account; root writes on what is only read-only for others.
    write('node_modules/.cache', '');

    expect(launch(['serve'])).toEqual({ status: 0, stdout: 'serving\n', stderr: '' });
  });
});

describe('the pages', () => {
  beforeEach(() => {
    const vite =
      "const page = process.argv.at(-1).includes('desk') ? 'desk' : 'tabs'; const fs = require('fs'); fs.mkdirSync(`dist/${page}`, { recursive: true }); fs.writeFileSync(`dist/${page}/index.html`, ''); fs.appendFileSync('built', `${page} `);";
    write('node_modules/vite/bin/vite.js', vite);
    write('node_modules/vite/package.json', '{"type":"commonjs"}');
    for (const source of ['tabs/app.tsx', 'domain/plan/plan.ts', 'infra/local/desk/web/main.tsx']) write(source, '');
    write('infra/local/start.ts', "console.log('started', ...process.argv.slice(2));");
  });
  const built = () => (existsSync(join(clone, 'built')) ? readFileSync(join(clone, 'built'), 'utf8').trim() : '');

  test('are built before the first start, and not again', () => {
    launch(['start']);
    const { stdout } = launch(['playground']);

    expect({ built: built(), stdout }).toEqual({ built: 'tabs desk', stdout: 'started --playground\n' });
  });

  test.each([
    ['tabs/app.tsx', 'tabs desk tabs', 'a source of the tabs'],
    ['infra/local/desk/web/main.tsx', 'tabs desk desk', 'a source of the desk'],
    ['domain/plan/plan.ts', 'tabs desk tabs desk', 'both are made of the rules'],
  ])('are built again after a change to %s: %s', (file, expected) => {
    launch(['start']);
    const later = new Date(Date.now() + 10_000);
    utimesSync(join(clone, file), later, later);

    launch(['start']);

    expect(built()).toBe(expected);
  });

  test('that cannot be built stop the start, with the reason', () => {
    write('node_modules/vite/bin/vite.js', "console.error('Could not resolve ./app.tsx'); process.exit(1);");

    const { status, stdout, stderr } = launch(['start']);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(
      'Could not resolve ./app.tsx\nThe tabs could not be built: tabs/vite.config.ts says how, the reason is above.',
    );
  });
});

test('while code is changed, the server begins anew with each change, and no page of that time is left', async () => {
  write(
    'node_modules/vite/bin/vite.js',
    `const page = process.argv.at(-1).includes('desk') ? 'desk' : 'tabs';
    require('node:fs').mkdirSync('dist/' + page, { recursive: true });
    require('node:fs').writeFileSync('dist/' + page + '/index.html', process.argv.join(' '));
    console.log('built in 1s');
    setInterval(() => {}, 1000);`,
  );
  write('node_modules/vite/package.json', '{"type":"commonjs"}');
  write('infra/local/start.ts', "console.log('first'); setInterval(() => {}, 1000);");
  const child = spawn(process.execPath, ['infra/dev/launch.mjs', 'dev'], {
    cwd: clone,
    env: environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  let pages: readonly string[] = [];
  child.stdout.setEncoding('utf8').on('data', text => {
    output += text;
    if (text.includes('first')) write('infra/local/start.ts', "console.log('second'); setInterval(() => {}, 1000);");
    if (!text.includes('second')) return;
    pages = ['tabs', 'desk'].map(page => readFileSync(join(clone, `dist/${page}/index.html`), 'utf8'));
    child.kill('SIGTERM');
  });

  await new Promise(resolve => child.once('close', resolve));

  expect(output).toMatch(/^first\n[^]*second\n/);
  expect(pages.map(page => page.includes('--watch --mode development'))).toEqual([true, true]);
  expect(['tabs', 'desk'].filter(page => existsSync(join(clone, 'dist', page)))).toEqual([]);
}, 30_000);

/** What jest says of a file of tests, as far as the launcher reads it. */
interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

describe('a full test run', () => {
  /** The parts a full run calls, each of which can be made to fail. */
  function parts({
    tsc = 0,
    eslint = 0,
    biome = 0,
    knip = 0,
    browser = 0,
    results = {},
  }: {
    tsc?: number;
    eslint?: number;
    biome?: number;
    knip?: number;
    browser?: number;
    results?: Partial<Record<'others' | 'measured' | 'again', readonly FileResult[]>>;
  }): void {
    cpSync(join(clone, 'package-lock.json'), join(clone, 'node_modules/.package-lock.json'));
    write('tsconfig.json', '{}');
    write('node_modules/typescript/bin/tsc', `console.log('types'); process.exit(${tsc});`);
    write('node_modules/eslint/bin/eslint.js', `console.log('walls'); process.exit(${eslint});`);
    write('node_modules/knip/bin/knip.js', `console.log('unused'); process.exit(${knip});`);
    write('node_modules/@biomejs/biome/bin/biome', `console.log('format'); process.exit(${biome});`);
    write(
      'infra/dev/browser.ts',
      browser === 0 ? "console.log('/a/browser');" : `console.error('none to be had'); process.exit(${browser});`,
    );
    write(
      'node_modules/jest/bin/jest.js',
      `
      const has = name => process.argv.includes(name);
      const part = has('--runTestsByPath') ? 'again' : has('--testPathPatterns') ? 'measured' : 'others';
      const file = process.argv.find(arg => arg.startsWith('--outputFile=')).slice('--outputFile='.length);
      const testResults = ${JSON.stringify(results)}[part] ?? [];
      require('node:fs').writeFileSync(file, JSON.stringify({ testResults }));
      console.log(part + ' with ' + process.env.CHROMIUM_PATH);
      if (part === 'again') console.log(process.argv.slice(process.argv.indexOf('--runTestsByPath') + 1).join());
      process.exit(testResults.some(({ status }) => status === 'failed') ? 1 : 0);`,
    );
    for (const name of ['typescript', 'eslint', '@biomejs/biome', 'knip', 'jest'])
      write(`node_modules/${name}/package.json`, '{"type":"commonjs"}');
    for (const page of ['tabs', 'desk']) write(`dist/${page}/index.html`, '');
    for (const source of ['tabs', 'domain', 'infra/local/desk']) mkdirSync(join(clone, source), { recursive: true });
    const later = new Date(Date.now() + 60_000);
    for (const page of ['tabs', 'desk']) utimesSync(join(clone, `dist/${page}/index.html`), later, later);
  }

  test('checks, finds a browser, runs the tests with it and ends with plain figures', () => {
    parts({});

    const { status, stdout, stderr } = launch(['test']);

    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'others with /a/browser\nmeasured with /a/browser\n0 passed, 0 failed\n',
    });
    const steps = stderr
      .split('\n')
      .filter(Boolean)
      .map(line => line.replace(/\(.* s\)/, '(n s)'))
      .sort();
    expect(steps).toEqual([
      'cop-companion: ✔ format (n s)',
      'cop-companion: ✔ lint and walls (n s)',
      'cop-companion: ✔ nothing unused, nothing unlisted (n s)',
      'cop-companion: ✔ types (n s)',
    ]);
  });

  /** A file of tests as jest tells of it: each test's name and how it ended. */
  function fileOf(name: string, tests: Readonly<Record<string, string>>, message = ''): FileResult {
    const failed = message !== '' || Object.values(tests).includes('failed');
    const assertionResults = Object.entries(tests).map(([fullName, status]) => ({ fullName, status }));
    return { name: join(clone, name), status: failed ? 'failed' : 'passed', message, assertionResults };
  }
  const both = (files: readonly FileResult[]) => ({ others: files, again: files });

  test.each([
    [
      'skipped tests are told',
      { others: [fileOf('a', { one: 'passed', two: 'pending' })], measured: [fileOf('b', { one: 'todo' })] },
      0,
      '1 passed, 0 failed, 2 skipped',
    ],
    [
      'failed tests are told',
      both([fileOf('a', { one: 'failed', two: 'passed', three: 'failed' })]),
      1,
      '1 passed, 2 failed',
    ],
    ['a file that did not run is a failure', both([fileOf('a', {}, 'It does not\ncompile')]), 1, '0 passed, 1 failed'],
    [
      'what failed and passed alone has passed',
      { others: [fileOf('a', { one: 'failed' })], again: [fileOf('a', { one: 'passed' })] },
      0,
      '1 passed, 0 failed',
    ],
    [
      'what failed and did not run again has failed',
      { others: [fileOf('a', { one: 'failed' })] },
      1,
      '0 passed, 1 failed',
    ],
  ])('%s', (_reason, results, status, line) => {
    parts({ results });

    const run = launch(['test']);

    expect({ status: run.status, last: run.stdout.trim().split('\n').at(-1) }).toEqual({ status, last: line });
  });

  test('runs what failed once more, alone, and says which of it is unsteady and which failed', () => {
    const [unsteady, broken] = [fileOf('a.test.ts', { one: 'failed' }), fileOf('b.test.ts', { two: 'failed' })];
    parts({
      results: {
        others: [unsteady, fileOf('c.test.ts', { three: 'passed' })],
        measured: [broken],
        again: [fileOf('a.test.ts', { one: 'passed' }), broken],
      },
    });

    const { stdout, stderr } = launch(['test']);

    expect(stdout).toContain(`again with /a/browser\n${unsteady.name},${broken.name}\n`);
    expect(stderr).toContain('failed beside others and passed alone, so it is unsteady: a.test.ts: one\n');
    expect(stderr).toContain('failed: b.test.ts: two\n');
    expect(stdout).toContain('2 passed, 1 failed\n');
  });

  test('runs nothing once more where much failed', () => {
    parts({ results: both(Array.from({ length: 9 }, (_none, index) => fileOf(`${index}`, { one: 'failed' }))) });

    const { stdout } = launch(['test']);

    expect(stdout).not.toContain('again');
    expect(stdout).toContain('0 passed, 9 failed\n');
  });

  test('names the ten files that took longest, those that took longest first', () => {
    const took = Array.from({ length: 12 }, (_none, index) => ((index * 5) % 12) + 1);
    const others = took.map(seconds => ({
      ...fileOf(`tests/${seconds}.test.ts`, {}),
      startTime: 1000,
      endTime: 1000 + 1000 * seconds,
    }));
    parts({ results: { others } });

    const lines = launch(['test']).stderr.split('\n');

    expect(lines.filter(line => line.includes('.test.ts'))).toEqual(
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map(seconds => `cop-companion: ${seconds}.0 s tests/${seconds}.test.ts`),
    );
  });

  test.each([
    ['types do not fit', { tsc: 2 }, 'types', 'failed: types'],
    ['a wall is broken', { eslint: 1 }, 'walls', 'failed: lint and walls'],
    ['a function is left over', { knip: 1 }, 'unused', 'failed: nothing unused, nothing unlisted'],
    ['a line is too wide', { biome: 1 }, 'format', 'npm run format mends it'],
    [
      'there is no browser',
      { browser: 1 },
      '',
      'none to be had\ncop-companion: no browser for the browser tests; what was tried is above.',
    ],
  ])('stops before the tests when %s', (_reason, failing, shown, says) => {
    parts(failing);

    const { status, stdout, stderr } = launch(['test']);

    expect({ status, stdout: stdout.trim() }).toEqual({ status: 1, stdout: shown });
    expect(stderr).toContain(says);
  });

  describe('leaves nothing behind', () => {
    /** Tests that make a folder and start a server, and then end as told. */
    function untidy(ending: string): void {
      parts({});
      mkdirSync(join(clone, 'temporary'));
      write(
        'node_modules/jest/bin/jest.js',
        `
        const server = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/left-');
        console.log('server ' + server.pid);
        ${ending}`,
      );
    }
    const temporary = () => ({ TMPDIR: join(clone, 'temporary') });
    /** Whether it runs; one that has ended and that nobody has waited for yet does not. */
    function runs(pid: number): boolean {
      try {
        process.kill(pid, 0);
        return !existsSync('/proc') || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return false;
      }
    }
    const serverOf = (output: string) => Number(/server (\d+)/.exec(output)?.[1]);

    test.each([
      ['that fails', 'process.exit(1);', 1],
      ['that is killed', "process.kill(process.pid, 'SIGKILL');", 137],
    ])('a run %s', async (_reason, ending, expected) => {
      untidy(ending);

      const { status, stdout } = launch(['test', 'tests/domain'], temporary());

      expect({ status, left: readdirSync(join(clone, 'temporary')) }).toEqual({ status: expected, left: [] });
      expect(serverOf(stdout)).toBeGreaterThan(0);
      await eventually('the server to end', () => !runs(serverOf(stdout)), 5000);
    });

    test.each(['SIGINT', 'SIGTERM'] as const)('a run that is ended with %s', async signal => {
      untidy('setInterval(() => {}, 1000);');
      const child = spawn(process.execPath, ['infra/dev/launch.mjs', 'test', 'tests/domain'], {
        cwd: clone,
        env: environment(temporary()),
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', text => {
        output += text;
        if (/server \d+\n/.test(output)) child.kill(signal);
      });

      await new Promise(resolve => child.once('close', resolve));

      expect(readdirSync(join(clone, 'temporary'))).toEqual([]);
      await eventually('the server to end', () => !runs(serverOf(output)), 5000);
    });
  });
});

describe('the variables in .env', () => {
  test('are there for the server, and what is set already counts more', () => {
    launch(['package']);
    write('bot/index.ts', 'console.log(process.env.PUBLIC_URL, process.env.PORT);');
    mkdirSync(join(clone, 'dist/tabs'), { recursive: true });
    write('dist/tabs/index.html', '');
    write('.env', 'PUBLIC_URL=https://cop.example.org\nPORT=4000\n');

    expect(launch(['serve'], { PORT: '5000' }).stdout).toBe('https://cop.example.org 5000\n');
  });
});
